//! One tab, used as a person uses it: by what is on the screen; and measured as only a test can.

use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::elements::Element;
use fantoccini::wd::WindowHandle;
use serde::Deserialize;
use serde_json::{Value, json};

use super::wait::{PATIENCE, pass, until, within};
use super::webdriver::Chrome;

/// A tab. Every method brings it to the front first.
#[derive(Clone)]
pub(crate) struct Tab {
    client: Client,
    window: WindowHandle,
}

/// Audio counters of a tab's connections.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Stats {
    /// Connections not closed.
    pub(crate) peers: u32,
    /// RTP packets sent.
    pub(crate) sent: u64,
    /// RTP packets received.
    pub(crate) received: u64,
    /// State of the newest connection.
    pub(crate) state: Option<String>,
    /// Codec of the received audio.
    pub(crate) codec: Option<String>,
}

impl Tab {
    /// The tab behind a window handle.
    pub(crate) fn new(client: Client, window: WindowHandle) -> Self {
        Self { client, window }
    }

    /// Go to an address.
    pub(crate) async fn goto(&self, url: &str) {
        self.front()
            .await
            .goto(url)
            .await
            .unwrap_or_else(|e| panic!("cannot open {url}: {e}"));
    }

    /// Close the tab. Another one must be left, and comes to the front.
    pub(crate) async fn close(self) {
        self.front().await.close_window().await.expect("a tab to close");
        let left = self
            .client
            .windows()
            .await
            .unwrap_or_default()
            .pop()
            .expect("another tab");
        self.client.switch_to_window(left).await.expect("another tab");
    }

    /// Wait until a script of the page says yes.
    pub(crate) async fn sees(&self, what: &str, script: &str) {
        until(what, async || {
            (self.run(script, vec![]).await == true).then_some(())
        })
        .await;
    }

    /// Wait until an element of this role and name is on the screen.
    pub(crate) async fn appears(&self, role: &str, name: &str) {
        until(
            &format!("a {role} {name:?}; the screen says:\n{}", self.text().await),
            async || self.find(role, Some(name)).await.map(drop),
        )
        .await;
    }

    /// Wait until no element of this role and name is on the screen.
    pub(crate) async fn vanishes(&self, role: &str, name: &str) {
        until(&format!("the {role} {name:?} to go away"), async || {
            self.find(role, Some(name)).await.is_none().then_some(())
        })
        .await;
    }

    /// Whether an element of this role (and name, if any) is on the screen now.
    pub(crate) async fn has(&self, role: &str, name: Option<&str>) -> bool {
        self.find(role, name).await.is_some()
    }

    /// Wait until these words are on the screen.
    pub(crate) async fn says(&self, words: &str) {
        self.says_within(PATIENCE.as_secs(), words).await;
    }

    /// The same with another patience, in seconds.
    pub(crate) async fn says_within(&self, seconds: u64, words: &str) {
        let end = Instant::now() + Duration::from_secs(seconds);
        loop {
            let screen = self.text().await;
            if screen.contains(words) {
                return;
            }
            assert!(
                Instant::now() < end,
                "waited {seconds} s for the words {words:?}; the screen says:\n{screen}"
            );
            pass(50).await;
        }
    }

    /// Wait until these words are gone from the screen.
    pub(crate) async fn says_no_more(&self, words: &str) {
        let end = Instant::now() + PATIENCE;
        while self.text().await.contains(words) {
            assert!(Instant::now() < end, "the words {words:?} stay on the screen");
            pass(50).await;
        }
    }

    /// Wait until the element with `role="status"` begins with these words.
    pub(crate) async fn status_is(&self, words: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let status = self.status().await;
            if status.starts_with(words) {
                return;
            }
            assert!(
                Instant::now() < end,
                "waited for the status {words:?}; it is {status:?}"
            );
            pass(50).await;
        }
    }

    /// What the status element says now.
    pub(crate) async fn status(&self) -> String {
        let status = self
            .run(
                "return (__story.find('status', null)?.innerText ?? '').trim()",
                vec![],
            )
            .await;
        status.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of an element that must be there.
    pub(crate) async fn attribute(&self, role: &str, name: &str, attribute: &str) -> Option<String> {
        let element = self
            .find(role, Some(name))
            .await
            .unwrap_or_else(|| panic!("no {role} {name:?} on the screen"));
        element.attr(attribute).await.expect("a readable attribute")
    }

    /// Everything on the screen.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body?.innerText ?? ''", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Names of the page's `performance.mark`s, in order.
    pub(crate) async fn marks(&self) -> Vec<String> {
        serde_json::from_value(self.run("return __story.marks()", vec![]).await).expect("a list of marks")
    }

    /// Wait until the page has set this mark at least `count` times.
    pub(crate) async fn marked(&self, mark: &str, count: usize) {
        self.marked_within(PATIENCE, mark, count).await;
    }

    /// The same with another patience.
    pub(crate) async fn marked_within(&self, patience: Duration, mark: &str, count: usize) {
        within(patience, &format!("mark {mark:?} number {count}"), async || {
            (self.marks().await.iter().filter(|m| *m == mark).count() >= count).then_some(())
        })
        .await;
    }

    /// Audio counters.
    pub(crate) async fn stats(&self) -> Stats {
        serde_json::from_value(self.run("return __story.stats()", vec![]).await).expect("counters")
    }

    /// Wait until the browser has let go of every microphone.
    pub(crate) async fn releases_microphone(&self) {
        until("the microphone to be released", async || {
            (self.run("return __story.liveMicrophones()", vec![]).await == 0).then_some(())
        })
        .await;
    }

    /// Run a script in the page.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.front()
            .await
            .execute(script, arguments)
            .await
            .unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// Run a script in a frame of the page.
    pub(crate) async fn run_inside(&self, frame: u16, script: &str) -> Value {
        let client = self.front().await;
        client.enter_frame(frame).await.expect("the frame");
        let done = client.execute(script, vec![]).await;
        client.enter_parent_frame().await.expect("the page around");
        done.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// One command of the Chrome DevTools Protocol.
    pub(crate) async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let told = self
            .front()
            .await
            .issue_cmd(Chrome::DevTools(command, parameters))
            .await;
        told.unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    /// Presses what a selector finds in the frame of the widget on this page.
    pub(crate) async fn press_in_frame(&self, selector: &str) {
        let client = self.enter_frame().await;
        let button = until(&format!("{selector} in the frame"), async || {
            let found = client.find(fantoccini::Locator::Css(selector)).await.ok()?;
            found.is_displayed().await.ok()?.then_some(found)
        })
        .await;
        let pressed = button.click().await;
        client
            .clone()
            .enter_parent_frame()
            .await
            .expect("the page around");
        pressed.expect("a button that takes a press");
    }

    /// Runs a script in the frame of the widget on this page.
    pub(crate) async fn run_in_frame(&self, script: &str) -> Value {
        let client = self.enter_frame().await;
        let told = client.execute(script, vec![]).await;
        client
            .clone()
            .enter_parent_frame()
            .await
            .expect("the page around");
        told.unwrap_or_else(|e| panic!("{script} in the frame: {e}"))
    }

    async fn enter_frame(&self) -> &Client {
        let client = self.front().await;
        let find = "return document.querySelector('softphone-widget').shadowRoot.querySelector('iframe')";
        let found = self.run(find, vec![]).await;
        let id = found.as_object().and_then(|it| it.values().next()?.as_str());
        let id = id.expect("the widget's frame").to_owned();
        let frame = Element::from_element_id(client.clone(), id.into());
        frame.enter_frame().await.expect("a frame to enter");
        client
    }

    pub(super) async fn find(&self, role: &str, name: Option<&str>) -> Option<Element> {
        let found = self
            .run(
                "return __story.find(arguments[0], arguments[1])",
                vec![json!(role), json!(name)],
            )
            .await;
        let id = found.as_object()?.values().next()?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }

    pub(super) async fn front(&self) -> &Client {
        let window = self.client.window().await.ok();
        if window.as_ref() != Some(&self.window) {
            self.client
                .switch_to_window(self.window.clone())
                .await
                .expect("the tab");
        }
        &self.client
    }
}
