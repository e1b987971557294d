//! Boxes that say what is wrong and what to do, and the banners of sound and microphone.

use leptos::prelude::*;
use softphone::notices::Notice;
use softphone::web::screen;

use super::Ui;
use super::icon::{self, Icon};
use super::live::{maybe, nothing, press};
use crate::desk::{MicState, WorkerLost};

/// Draws a notice. `tone` is `bad` or `wait`; the title may be left out where it stands above already.
pub(super) fn told(notice: &Notice, tone: &'static str, with_title: bool, action: AnyView) -> AnyView {
    let line = |class: &'static str, text: &str| view! { <p class=class>{text.to_owned()}</p> }.into_any();
    let lines: Vec<AnyView> = [
        with_title.then(|| line("notice-title", &notice.title)),
        notice.why.as_deref().map(|why| line("notice-why", why)),
        notice.remedy.map(|remedy| line("notice-remedy", remedy)),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <div class="notice" data-tone=tone role="alert">
            <Icon d=icon::ALERT/>
            <div class="notice-text">{lines} {action}</div>
        </div>
    }
    .into_any()
}

/// Sound the browser holds back, and a microphone that will not open.
#[component]
pub(super) fn Banners(ui: Ui) -> AnyView {
    let silent = Memo::new(move |_| ui.desk.ring_blocked.get() || ui.desk.audio_blocked.get());
    let microphone = Memo::new(move |_| {
        ui.desk.microphone.with(|microphone| match microphone {
            MicState::Failed(fault) => Some(fault.clone()),
            MicState::WillAsk | MicState::Allowed | MicState::Open => None,
        })
    });
    view! {
        {maybe(move || {
            let banner = || view! {
                <div class="banner" role="alert">
                    <Icon d=icon::VOLUME_OFF/>
                    <p>"Sound is off until you click."</p>
                    // Any click is the permission the browser waits for; the shell listens for it.
                    <button type="button" class="button small">"Turn on sound"</button>
                </div>
            };
            silent.get().then(|| banner().into_any())
        })}
        {maybe(move || microphone.get().map(|fault| told(&Notice::from(&fault), "bad", true, nothing())))}
    }
    .into_any()
}

/// There is no phone behind this page.
#[component]
pub(super) fn Lost(why: WorkerLost) -> AnyView {
    let (what, report) = match why {
        WorkerLost::NotLoaded(report) => ("Its background part could not be loaded.", report),
        WorkerLost::Silent => ("Its background part does not answer.", String::new()),
        WorkerLost::Broken(report) => ("Its background part broke down.", report),
    };
    view! {
        <div class="body lost" role="alert">
            <Icon d=icon::ALERT/>
            <h2>"The phone has stopped."</h2>
            <p>{what} " Reload the page to start it again; you may have to sign in once more."</p>
            {if report.is_empty() { nothing() } else { view! { <pre class="report">{report}</pre> }.into_any() }}
            <button type="button" class="button primary" on:click=press(screen::reload)>
                <Icon d=icon::RETRY/>
                "Reload"
            </button>
        </div>
    }
    .into_any()
}
