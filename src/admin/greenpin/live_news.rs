//! What happens with allocations, as it happens.

use leptos::prelude::*;
use protocol::event::{Event, GreenPinHappened, GreenPinNews};
use softphone::language::t;
use softphone::web::moments;

use super::path_of;
use crate::elements::live::live;
use crate::screens::Admin;
use crate::screens::pieces::list::pill;

/// How many are shown.
const SHOWN: usize = 20;

/// A list of the newest; `happened` is told of each that `about` is for (all, if none).
pub(super) fn draw(admin: Admin, about: Option<String>, happened: impl Fn() + 'static) -> AnyView {
    let news = RwSignal::new(Vec::<GreenPinNews>::new());
    admin.news.hear(move |event| match event {
        Event::GreenPin(one) if about.as_ref().is_none_or(|id| *id == one.greenpin_id) => {
            news.update(|news| {
                news.insert(0, one.clone());
                news.truncate(SHOWN);
            });
            happened();
        }
        Event::Lost { .. } => happened(),
        Event::GreenPin(_)
        | Event::Call(_)
        | Event::Device { .. }
        | Event::Push { .. }
        | Event::Job(_)
        | Event::Policy(_) => {}
    });
    view! {
        <div aria-live="polite">
            {live(move || {
                let rows: Vec<AnyView> = news.with(|news| news.iter().map(row).collect());
                if rows.is_empty() {
                    return view! { <p class="hint">{t("Nothing since you opened this. Calls and pins show here as they come.")}</p> }.into_any();
                }
                view! { <ul class="plain rows">{rows}</ul> }.into_any()
            })}
        </div>
    }
    .into_any()
}

fn row(news: &GreenPinNews) -> AnyView {
    let (tone, word) = match news.what {
        GreenPinHappened::CallCompleted => ("good", t("Call completed")),
        GreenPinHappened::Deallocated => ("", t("Given back")),
        GreenPinHappened::Verified => ("good", t("Right pin")),
        GreenPinHappened::VerificationFailed => ("bad", t("Wrong pin")),
    };
    let at = moments::time(u64::try_from(news.at).unwrap_or(0));
    let which = if news.greenpin_id.is_empty() {
        t("The platform does not say which").into_any()
    } else {
        view! { <a href=path_of(&news.greenpin_id)>{news.greenpin_id.clone()}</a> }.into_any()
    };
    view! {
        <li>
            <span class="two"><span class="two-title">{which}</span><span class="two-below">{at}</span></span>
            {pill(tone, word)}
        </li>
    }
    .into_any()
}
