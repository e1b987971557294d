//! Recent calls as the server tells them, newest first; a click calls.

use leptos::prelude::*;
use phone::view::Way;
use softphone::companion::{History, Outcome, Past};
use softphone::notices::Notice;
use softphone::number::{Dialled, grouped};
use softphone::web::{clock, spawn};
use softphone::words::{UNKNOWN, past};

use super::icon::{self, Icon};
use super::live::{maybe, nothing, press, text};
use super::{Ui, notice};

/// What is known of the past. Old calls stay on the screen while new ones are asked for.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Recent {
    /// Asked; these were there before.
    Asking(History),
    /// Told.
    Told(History),
    /// Not told, and why.
    Failed(History, Notice),
}

impl Recent {
    /// Nothing yet.
    pub(super) const fn nothing() -> Self {
        Self::Asking(History {
            calls: Vec::new(),
            next: None,
        })
    }

    fn history(&self) -> &History {
        match self {
            Self::Asking(history) | Self::Failed(history, _) | Self::Told(history) => history,
        }
    }
}

/// Reads the newest page now and after each call that ends.
#[component]
pub(super) fn Recents(ui: Ui) -> AnyView {
    let signed_in = Memo::new(move |_| ui.desk.standing.with(|standing| standing.features().is_some()));
    let ends = ui.part(|view| (view.ended.as_ref().map(|ended| ended.id), view.missed.len()));
    Effect::new(move |_| {
        ends.track();
        ui.desk.gaps.track();
        if signed_in.get() {
            spawn(settle(ui));
        }
    });
    maybe(move || signed_in.get().then(|| view! { <List ui/> }.into_any()))
}

/// Reads the newest page, and again while the server has not heard how one of its calls ended.
async fn settle(ui: Ui) {
    let run = ui.desk.run();
    for wait in [0, 1_000, 4_000, 15_000] {
        clock::sleep(wait).await;
        if !ui.desk.goes_on(run) {
            return;
        }
        read(ui, None).await;
        let open = |call: &Past| call.outcome.is_none();
        if !ui
            .recent
            .with_untracked(|recent| recent.history().calls.iter().any(open))
        {
            return;
        }
    }
}

/// Reads the page that begins at `before`, behind what is there, or the newest one in its place. Of two readings at once
/// the later one counts.
async fn read(ui: Ui, before: Option<String>) {
    ui.reading.update_value(|reading| *reading += 1);
    let reading = ui.reading.get_value();
    let old = ui.recent.with_untracked(|recent| recent.history().clone());
    ui.recent.set(Recent::Asking(old.clone()));
    let Some(told) = ui.desk.history(before.as_deref()).await else {
        return;
    };
    if ui.reading.get_value() != reading {
        return;
    }
    let told = match told {
        Ok(history) if before.is_some() => Recent::Told(History {
            calls: old.calls.into_iter().chain(history.calls).collect(),
            next: history.next,
        }),
        Ok(history) => Recent::Told(history),
        Err(why) => Recent::Failed(old, why),
    };
    ui.recent.set(told);
}

#[component]
fn List(ui: Ui) -> AnyView {
    let calls = Memo::new(move |_| ui.recent.with(|recent| recent.history().calls.clone()));
    // It stays while a page is being read: who pressed it keeps the focus.
    let more = Memo::new(move |_| ui.recent.with(|recent| recent.history().next.is_some()));
    let asking = move || ui.recent.with(|recent| matches!(recent, Recent::Asking(_)));
    let told = Memo::new(move |_| ui.recent.with(|recent| matches!(recent, Recent::Told(_))));
    let failed = Memo::new(move |_| match ui.recent.get() {
        Recent::Failed(_, why) => Some(why),
        Recent::Asking(_) | Recent::Told(_) => None,
    });
    let again = move || {
        let again = press(move || spawn(read(ui, None)));
        view! { <button type="button" class="button small" on:click=again>"Try again"</button> }.into_any()
    };
    view! {
        <section class="recent" aria-labelledby="recent-title">
            <div class="section-head"><h2 id="recent-title">"Recent calls"</h2></div>
            {maybe(move || failed.get().map(|why| notice::told(&why, "bad", true, again())))}
            {maybe(move || {
                let calls = calls.get();
                if calls.is_empty() && !told.get() {
                    return None;
                }
                let none = || view! { <p class="hint">"No calls yet."</p> }.into_any();
                let rows = |calls: Vec<Past>| calls.into_iter().map(|call| row(ui, call)).collect::<Vec<_>>();
                Some(if calls.is_empty() { none() } else { view! { <ul class="plain">{rows(calls)}</ul> }.into_any() })
            })}
            {maybe(move || more.get().then(|| {
                let read = press(move || {
                    let next = ui.recent.with_untracked(|recent| recent.history().next.clone());
                    if let (Some(next), false) = (next, ui.recent.with_untracked(|recent| matches!(recent, Recent::Asking(_)))) {
                        spawn(read(ui, Some(next)));
                    }
                });
                view! {
                    <button type="button" class="button quiet small" aria-disabled=text(move || asking().to_string()) on:click=read>
                        "Show more"
                    </button>
                }
                .into_any()
            }))}
        </section>
    }
    .into_any()
}

/// One call. A number that is masked, or none, cannot be called.
fn row(ui: Ui, call: Past) -> AnyView {
    let target = match Dialled::read(&call.number) {
        Dialled::Number(target) | Dialled::Address(target) => Some(target),
        Dialled::Empty | Dialled::Neither => None,
    };
    let title = if call.number.is_empty() {
        UNKNOWN.to_owned()
    } else {
        grouped(&call.number)
    };
    let glyph = match (call.outcome, call.way) {
        (Some(Outcome::Missed | Outcome::AnsweredElsewhere | Outcome::Declined), _) => icon::PHONE_MISSED,
        (_, Way::In) => icon::PHONE_IN,
        (_, Way::Out) => icon::PHONE_OUT,
    };
    let name = if target.is_some() {
        ["Call ", &title].concat()
    } else {
        title.clone()
    };
    // Said after the name, which hides what stands in the row.
    let id = ["past-", &call.sid].concat();
    let below = id.clone();
    let about = text(move || past::about(&call, ui.clock.get()));
    let callable = target.is_some();
    let action = if callable {
        view! { <span class="row-action" aria-hidden="true"><Icon d=icon::PHONE/></span> }.into_any()
    } else {
        nothing()
    };
    let dial = press(move || {
        if let Some(target) = &target {
            ui.dial(target);
        }
    });
    view! {
        <li>
            <button type="button" class="row" aria-disabled=(!callable).then_some("true") aria-label=name aria-describedby=id on:click=dial>
                <Icon d=glyph/>
                <span class="row-text">
                    <span class="row-title">{title}</span>
                    <span class="row-about" id=below>{about}</span>
                </span>
                {action}
            </button>
        </li>
    }
    .into_any()
}
