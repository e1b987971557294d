//! The phone's own words on a tab: signing in, calling, answering.

use super::tab::{Stats, Tab};
use super::wait::{pass, until};

impl Tab {
    /// Fill the connect form and send it.
    pub(crate) async fn sign_in(&self, server: &str, address: &str, password: &str) {
        self.fill("Server address", server).await;
        self.fill("SIP address", address).await;
        self.fill("Password", password).await;
        self.press("Connect").await;
    }

    /// Type a number and call it.
    pub(crate) async fn dial(&self, number: &str) {
        self.fill("Number", number).await;
        self.press("Call").await;
    }

    /// Wait until the call card says that the call is up.
    pub(crate) async fn is_connected(&self) {
        self.says("Connected").await;
        self.appears("button", "Hang up").await;
    }

    /// Wait until the call card is gone.
    pub(crate) async fn is_free(&self) {
        self.vanishes("button", "Hang up").await;
        self.appears("button", "Call").await;
    }

    /// Press a toggle and wait until it is on or off.
    pub(crate) async fn toggle(&self, name: &str, on: bool) {
        self.press(name).await;
        self.is_toggled(name, on).await;
    }

    /// Wait until a toggle is on or off.
    pub(crate) async fn is_toggled(&self, name: &str, on: bool) {
        until(&format!("{name} to be pressed: {on}"), async || {
            (self.attribute("button", name, "aria-pressed").await? == on.to_string()).then_some(())
        })
        .await;
    }

    /// Audio flows both ways: both counters grow.
    pub(crate) async fn talks(&self) {
        let before = self.stats().await;
        until(&format!("packets both ways after {before:?}"), async || {
            let now = self.stats().await;
            (now.sent >= before.sent + 25 && now.received >= before.received + 25).then_some(())
        })
        .await;
    }

    /// Nothing is sent: not one packet in two seconds, once what was under way is out.
    pub(crate) async fn is_silent(&self) -> Stats {
        let settled = until("the counter of sent packets to stand still", async || {
            let before = self.stats().await;
            pass(300).await;
            let after = self.stats().await;
            (before.sent == after.sent).then_some(after)
        })
        .await;
        pass(2_000).await;
        let now = self.stats().await;
        assert_eq!(now.sent, settled.sent, "packets were sent on hold");
        now
    }
}
