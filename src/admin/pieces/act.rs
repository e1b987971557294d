//! Something that is asked of the server at a press: busy, refused with the form kept, or done.

use std::future::Future;

use leptos::prelude::*;
use softphone::language::{fill, t};
use softphone::web::spawn;

use super::field::Field;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{Press, flag, maybe, press};
use crate::screens::ask::Refusal;

/// How it stands.
///
/// ```text
/// Idle -> Busy -> Done | Refused -> Busy ...
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// Nothing was asked.
    Idle,
    /// Asked; a second press does nothing.
    Busy,
    /// Done, and this sentence says what.
    Done(String),
    /// Refused, and why.
    Refused(Refusal),
}

/// One such thing.
#[derive(Clone, Copy)]
pub(crate) struct Act {
    /// How it stands.
    pub(crate) doing: RwSignal<Doing>,
}

impl Act {
    /// Nothing asked yet.
    pub(crate) fn new() -> Self {
        Self {
            doing: RwSignal::new(Doing::Idle),
        }
    }

    /// Asks, unless it is being asked. What is done says what to tell.
    pub(crate) fn run(self, what: impl Future<Output = Result<String, Refusal>> + 'static) {
        self.run_form(Vec::new(), what);
    }

    /// The same for a form: a refusal that names a field is shown there.
    pub(crate) fn run_form(
        self,
        fields: Vec<Field>,
        what: impl Future<Output = Result<String, Refusal>> + 'static,
    ) {
        if self.is_busy() {
            return;
        }
        self.doing.set(Doing::Busy);
        let mut what: std::pin::Pin<Box<dyn Future<Output = Result<String, Refusal>>>> = Box::pin(what);
        // Whoever has left the screen is told nothing: what would follow the answer knows only what has gone with it.
        let what = std::future::poll_fn(move |cx| match self.doing.try_get_untracked() {
            Some(_) => what.as_mut().poll(cx).map(Some),
            None => std::task::Poll::Ready(None),
        });
        spawn(async move {
            let Some(outcome) = what.await else { return };
            let doing = match outcome {
                Ok(sentence) => Doing::Done(sentence),
                Err(refusal) => match at_field(&fields, &refusal) {
                    true => Doing::Idle,
                    false => Doing::Refused(refusal),
                },
            };
            // Gone with its screen, if somebody has left.
            self.doing.try_set(doing);
        });
    }

    /// Whether it is being asked, without following it.
    pub(crate) fn is_busy(self) -> bool {
        self.doing.with_untracked(|doing| *doing == Doing::Busy)
    }

    /// Whether it is being asked.
    pub(crate) fn busy(self) -> bool {
        self.doing.with(|doing| *doing == Doing::Busy)
    }

    /// Where the outcome is said.
    pub(crate) fn told(self) -> AnyView {
        maybe(move || match self.doing.get() {
            Doing::Idle | Doing::Busy => None,
            Doing::Done(sentence) if sentence.is_empty() => None,
            Doing::Done(sentence) => Some(done(&sentence)),
            Doing::Refused(refusal) => Some(refused(&refusal)),
        })
    }

    /// A button that does it, held while it is being done.
    pub(crate) fn button(
        self,
        class: &'static str,
        label: &'static str,
        act: impl FnMut() + 'static,
    ) -> AnyView {
        self.pressed(class, label, press(act))
    }

    fn pressed(self, class: &'static str, label: &'static str, act: Press) -> AnyView {
        view! {
            <button type="button" class=class disabled=flag(move || self.busy()) on:click=act>{label}</button>
        }
        .into_any()
    }

    /// The button of a form, held while it is being sent.
    pub(crate) fn submit(self, label: &'static str) -> AnyView {
        view! {
            <button type="submit" class="button primary" disabled=flag(move || self.busy())>{label}</button>
        }
        .into_any()
    }
}

/// Says a refusal at the field it is about; whether that says all of it.
fn at_field(fields: &[Field], refusal: &Refusal) -> bool {
    let wrong = refusal.field();
    let field = wrong.and_then(|wrong| fields.iter().find(|field| field.name.eq_ignore_ascii_case(wrong)));
    if let Some(field) = field {
        field.fault(refusal.message());
    }
    field.is_some() && refusal.vendor().is_none()
}

/// What was done.
pub(crate) fn done(sentence: &str) -> AnyView {
    view! {
        <div class="notice" data-tone="good" role="status">
            <Icon d=icon::CHECK/>
            <div class="notice-text"><p>{sentence.to_owned()}</p></div>
        </div>
    }
    .into_any()
}

/// Why something was refused, in the server's sentence and the vendor's own words.
pub(crate) fn refused(refusal: &Refusal) -> AnyView {
    let vendor = refusal.vendor().filter(|words| !words.is_empty());
    let vendor = vendor.map(|words| fill("The platform said: {0}", &[words]));
    let lines = [Some(refusal.message()), vendor];
    let mut class = "notice-title";
    let lines: Vec<AnyView> = lines
        .into_iter()
        .flatten()
        .map(|line| {
            let line = view! { <p class=class>{line}</p> }.into_any();
            class = "notice-why";
            line
        })
        .collect();
    view! {
        <div class="notice" role="alert">
            <Icon d=icon::ALERT/>
            <div class="notice-text">{lines}</div>
        </div>
    }
    .into_any()
}

/// A hint or warning that is there from the start.
pub(crate) fn hint(tone: &'static str, sentence: &str) -> AnyView {
    view! {
        <div class="notice" data-tone=tone>
            <Icon d=icon::ALERT/>
            <div class="notice-text"><p>{sentence.to_owned()}</p></div>
        </div>
    }
    .into_any()
}

/// The button that asks again.
pub(crate) fn try_again(act: impl FnMut() + 'static) -> AnyView {
    view! { <button type="button" class="button small" on:click=press(act)>{t("Try again")}</button> }
        .into_any()
}
