//! The bar on top: is the phone registered, as whom, and what to do if not.

use leptos::prelude::*;
use phone::{Command, LinkFault, LinkView};
use softphone::notices::Notice;
use softphone::words;

use super::icon::{self, Icon};
use super::{Ui, notice};

/// The registration, told truthfully.
#[component]
pub(super) fn Status(ui: Ui) -> impl IntoView {
    let link = ui.part(|view| view.link.clone());
    let address = ui.part(|view| {
        let address = view.address.as_deref()?;
        Some(address.strip_prefix("sip:").unwrap_or(address).to_owned())
    });
    let text = Memo::new(move |_| {
        if ui.desk.worker_lost.with(Option::is_some) {
            return words::STOPPED.to_owned();
        }
        if ui.desk.page.get().is_none() {
            return words::link(&LinkView::Connecting, 0);
        }
        link.with(|link| words::link(link, ui.clock.get()))
    });
    let tone = move || link.with(tone);
    // A countdown read aloud every second would drown everything else.
    let live = move || {
        link.with(|link| {
            if matches!(link, LinkView::Waiting { .. }) {
                "off"
            } else {
                "polite"
            }
        })
    };
    let waits = Memo::new(move |_| link.with(|link| matches!(link, LinkView::Waiting { .. })));
    let known = Memo::new(move |_| link.with(|link| *link != LinkView::Idle));

    view! {
        <header class="status" data-tone=tone>
            <span class="lamp" aria-hidden="true"></span>
            <div class="status-text">
                <p class="status-word" role="status" aria-live=live>{text}</p>
                {move || address.get().map(|address| view! { <p class="status-address">{address}</p> })}
            </div>
            {move || {
                waits.get().then(|| view! {
                    <button type="button" class="button quiet" on:click=move |_| ui.desk.send(Command::Retry)>
                        <Icon d=icon::RETRY/>
                        "Retry"
                    </button>
                })
            }}
            {move || {
                known.get().then(|| view! {
                    <button type="button" class="button quiet sign-out" title="Sign out" aria-label="Sign out"
                        on:click=move |_| ui.desk.send(Command::Disconnect)>
                        <Icon d=icon::LOG_OUT/>
                    </button>
                })
            }}
        </header>
        <LinkProblem ui/>
    }
}

/// Why the phone is not registered, where that takes more than the word on top.
#[component]
fn LinkProblem(ui: Ui) -> impl IntoView {
    let problem = ui.part(|view| match &view.link {
        // A flow that worked a moment ago usually comes back before anyone has read why it went.
        LinkView::Waiting {
            fault: LinkFault::Lost,
            ..
        } => None,
        LinkView::Waiting { fault, .. } => Some((Notice::from(fault), false)),
        LinkView::Refused(fault) => Some((Notice::from(fault), true)),
        LinkView::Idle | LinkView::Connecting | LinkView::Ready | LinkView::Offline => None,
    });
    // Asking again helps where the server may have changed its mind, not where something was mistyped.
    let worth_asking = ui.part(|view| match &view.link {
        LinkView::Refused(LinkFault::Refused { .. } | LinkFault::UnsupportedAuth) => true,
        LinkView::Refused(_)
        | LinkView::Idle
        | LinkView::Connecting
        | LinkView::Ready
        | LinkView::Waiting { .. }
        | LinkView::Offline => false,
    });
    move || {
        problem.get().map(|(told, given_up)| {
            let retry = worth_asking.get().then(|| {
                view! {
                    <button type="button" class="button small" on:click=move |_| ui.desk.send(Command::Retry)>
                        <Icon d=icon::RETRY/>
                        "Retry"
                    </button>
                }
            });
            // The status element carries the title already when the phone has given up.
            notice::told(
                &told,
                if given_up { "bad" } else { "wait" },
                !given_up,
                retry.into_any(),
            )
        })
    }
}

/// Names the colour of the lamp.
fn tone(link: &LinkView) -> &'static str {
    match link {
        LinkView::Ready => "good",
        LinkView::Connecting | LinkView::Waiting { .. } => "wait",
        LinkView::Offline | LinkView::Refused(_) => "bad",
        LinkView::Idle => "idle",
    }
}
