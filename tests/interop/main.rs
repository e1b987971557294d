//! The phone against SIP servers nobody here wrote: Kamailio, rtpengine, baresip and SIPp, started by each story.
#![cfg(not(target_arch = "wasm32"))]

mod baresip;
mod bed;
mod called;
mod calls;
mod far_ends;
mod registers;
mod restart;
mod sipp;
#[path = "../support/mod.rs"]
mod support;

use bed::Bed;
use support::browser::{Browser, Setup};
use support::platform::Platform;
use support::tab::Tab;

/// Everything here is on 127.0.0.1, so the browser must offer a path there.
fn setup() -> Setup {
    Setup {
        loopback: true,
        ..Setup::default()
    }
}

/// The phone, signed in by its form as `agent` at the bed's server. The sandbox serves the page and nothing else.
async fn signed_in(browser: &Browser, bed: &Bed) -> (Platform, Tab) {
    let (platform, tab) = opened(browser).await;
    tab.sign_in(&bed.server_address(), &bed.address("agent"), "secret-agent")
        .await;
    tab.status_is("Ready").await;
    (platform, tab)
}

/// The phone, signed out.
async fn opened(browser: &Browser) -> (Platform, Tab) {
    let platform = Platform::start().await;
    let tab = browser.open(&platform.phone("manual")).await;
    (platform, tab)
}
