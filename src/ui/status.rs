//! The bar on top: is the phone registered, as whom, and what to do if not.

use leptos::prelude::*;
use phone::{Command, LinkFault, LinkView, NewsLine};
use softphone::language::t;
use softphone::notices::Notice;
use softphone::web::spawn;
use softphone::words;

use super::{Ui, panes};
use crate::desk::{Equipment, SignedIn, Standing};
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::notice;

/// The registration, told truthfully.
#[component]
pub(super) fn Status(ui: Ui) -> AnyView {
    let link = ui.part(|view| view.link.clone());
    let address = ui.part(|view| {
        let address = view.address.as_deref()?;
        let address = address.strip_prefix("sip:").unwrap_or(address);
        // The phone works without; only what the server tells comes later.
        let late = match view.news {
            NewsLine::Waiting { .. } => [" · ", t("no news from the server")].concat(),
            NewsLine::Off | NewsLine::Opening | NewsLine::Live | NewsLine::SignedOut => String::new(),
        };
        Some([address, &late].concat())
    });
    // What the view says of the link is then of no worth.
    let lost = move || ui.desk.worker_lost.with(Option::is_some);
    let word = text(move || {
        if lost() {
            return t(words::STOPPED).to_owned();
        }
        if ui.desk.page.get().is_none() {
            return words::link(&LinkView::Connecting, 0);
        }
        if let Some(word) = standing(ui, link.with(|link| *link == LinkView::Idle)) {
            return word.to_owned();
        }
        link.with(|link| words::link(link, ui.clock.get()))
    });
    let signed_in = move || {
        ui.desk
            .standing
            .with(|standing| matches!(standing, Standing::SignedIn(_)))
    };
    let waits = move || !lost() && link.with(|link| matches!(link, LinkView::Waiting { .. }));
    // A countdown read aloud every second would drown everything else.
    let spoken = text(move || if waits() { "off" } else { "polite" }.to_owned());

    view! {
        <header class="status" data-tone=text(move || if lost() { "bad" } else { link.with(tone) }.to_owned())>
            <span class="lamp" aria-hidden="true"></span>
            <div class="status-text">
                <p class="status-word" role="status" aria-live=spoken>{word}</p>
                <p class="status-address">{text(move || address.get().unwrap_or_default())}</p>
            </div>
            {maybe(move || waits().then(|| retry(ui, "button quiet")))}
            {maybe(move || (!lost() && (signed_in() || link.with(|link| *link != LinkView::Idle))).then(|| sign_out(ui)))}
        </header>
        {maybe(move || (!lost()).then(|| view! { <LinkProblem ui/> }.into_any()))}
    }
    .into_any()
}

/// What to say of a phone that is not registered at all, where a companion server is the reason.
fn standing(ui: Ui, idle: bool) -> Option<&'static str> {
    ui.desk.standing.with(|standing| match standing {
        Standing::Unreachable if idle => Some(t("Server not reached")),
        Standing::SigningIn => Some(t("Signing in")),
        Standing::SigningOut => Some(t("Signing out")),
        Standing::SignedIn(SignedIn { phone, .. }) if idle => Some(match phone {
            Equipment::Asking | Equipment::Here(_) => t("Connecting"),
            Equipment::Unknown(_) | Equipment::None(..) => t("No browser phone"),
        }),
        Standing::Asking if idle => Some(t("Connecting")),
        Standing::SignedIn(_)
        | Standing::Asking
        | Standing::Absent
        | Standing::Unreachable
        | Standing::SignedOut(_)
        | Standing::Untold
        | Standing::Ending => None,
    })
}

fn retry(ui: Ui, class: &'static str) -> AnyView {
    view! {
        <button type="button" class=class on:click=press(move || ui.desk.send(Command::Retry))>
            <Icon d=icon::RETRY/>
            {t("Retry")}
        </button>
    }
    .into_any()
}

fn sign_out(ui: Ui) -> AnyView {
    let sign_out = press(move || match ui.desk.standing.get_untracked() {
        Standing::SignedIn(_) | Standing::Ending | Standing::Unreachable => {
            if !(ui.desk.has_drafts() && panes::asks_to_leave(ui)) {
                spawn(ui.desk.sign_out());
            }
        }
        Standing::SigningOut | Standing::SigningIn => {}
        Standing::Asking | Standing::Absent | Standing::SignedOut(_) | Standing::Untold => {
            ui.desk.send(Command::Disconnect);
        }
    });
    view! {
        <button type="button" class="button quiet sign-out" title=t("Sign out") aria-label=t("Sign out") on:click=sign_out>
            <Icon d=icon::LOG_OUT/>
        </button>
    }
    .into_any()
}

/// Why the phone is not registered, where that takes more than the word on top.
#[component]
fn LinkProblem(ui: Ui) -> AnyView {
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
    maybe(move || {
        let (told, given_up) = problem.get()?;
        let again = if worth_asking.get() {
            retry(ui, "button small")
        } else {
            nothing()
        };
        // The status element carries the title already when the phone has given up.
        Some(notice::told(
            &told,
            if given_up { "bad" } else { "wait" },
            !given_up,
            again,
        ))
    })
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
