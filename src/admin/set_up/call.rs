//! The first call, as the platform tells of it.

use leptos::prelude::*;
use protocol::call::{CallState, CallView};
use protocol::event::Event;
use softphone::language::{fill, t};

use crate::elements::live::live;
use crate::screens::Admin;
use crate::screens::pieces::act::done;

pub(super) fn draw(admin: Admin) -> AnyView {
    let call = RwSignal::new(None::<CallView>);
    admin.news.hear(move |event| {
        if let Event::Call(told) = event {
            call.set(Some(told.clone()));
        }
    });
    view! {
        <p>{t("Open the phone in another browser profile, sign in as the user, and call one of your virtual numbers from any telephone.")}</p>
        <div class="actions"><a class="button small" href="/" target="_blank" rel="noopener">{t("Open the phone")}</a></div>
        <div aria-live="polite">
            {live(move || match call.get() {
                None => view! { <p class="hint">{t("Waiting for a call…")}</p> }.into_any(),
                Some(call) => done(&says(&call)),
            })}
        </div>
    }
    .into_any()
}

fn says(call: &CallView) -> String {
    let agent = if call.agent.is_empty() {
        t("nobody yet")
    } else {
        &call.agent
    };
    match call.state {
        CallState::Incoming | CallState::OutgoingInitiated => fill("A call rings at {0}.", &[agent]),
        CallState::Established => fill("{0} talks. The set-up works.", &[agent]),
        CallState::Ended => fill(
            "A call of {0} has ended. The platform's news arrive here.",
            &[agent],
        ),
    }
}
