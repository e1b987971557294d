//! What a person does on a tab: press, type, choose, paste.

use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::json;

use super::tab::Tab;
use super::wait::until;

/// Notes the next click in the document; a document that comes in its place knows of none.
const EXPECT_CLICK: &str = "
    window.clicked = false;
    document.addEventListener('click', () => { window.clicked = true; }, { capture: true, once: true });";
const CLICKED: &str = "return window.clicked;";

impl Tab {
    /// Wait for a visible element of this role and accessible name, and click it.
    pub(crate) async fn click(&self, role: &str, name: &str) {
        until(&format!("a {role} {name:?} to click"), async || {
            let element = self.find(role, Some(name)).await?;
            if !element.is_enabled().await.unwrap_or(false) {
                return None;
            }
            self.run(EXPECT_CLICK, vec![]).await;
            match element.click().await {
                // What moves between press and release gets no click; a person would press again.
                Ok(()) => (self.run(CLICKED, vec![]).await != false).then_some(()),
                // Replaced or moved by a new view between the two commands: look again.
                Err(e) if is_moving(&e) => None,
                Err(e) => panic!("cannot click {role} {name:?}: {e}"),
            }
        })
        .await;
    }

    /// Press a button.
    pub(crate) async fn press(&self, name: &str) {
        self.click("button", name).await;
    }

    /// Replace what a field holds.
    pub(crate) async fn fill(&self, field: &str, text: &str) {
        let element = until(&format!("a field {field:?}"), async || {
            self.find("textbox", Some(field)).await
        })
        .await;
        element.click().await.expect("a field that takes the focus");
        // As a person would: everything marked, then typed over. `clear` alone tells the page nothing.
        element
            .send_keys("\u{e009}a\u{e000}")
            .await
            .expect("a field that takes keys");
        element
            .send_keys(if text.is_empty() { "\u{e003}" } else { text })
            .await
            .expect("a field that takes keys");
    }

    /// Choose an entry of a list by its words.
    pub(crate) async fn choose(&self, list: &str, entry: &str) {
        const CHOOSE: &str = "
            const list = __story.find('combobox', arguments[0]);
            const entry = [...(list?.options ?? [])].find((o) => o.text === arguments[1]);
            if (!entry) return false;
            list.value = entry.value;
            list.dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        until(&format!("an entry {entry:?} of {list:?}"), async || {
            (self.run(CHOOSE, vec![json!(list), json!(entry)]).await == true).then_some(())
        })
        .await;
    }

    /// Type without a field in mind.
    pub(crate) async fn type_anywhere(&self, keys: &str) {
        let mut typing = KeyActions::new("keyboard".into());
        for key in keys.chars() {
            typing = typing
                .then(KeyAction::Down { value: key })
                .then(KeyAction::Up { value: key });
        }
        self.front()
            .await
            .perform_actions(typing)
            .await
            .expect("a keyboard");
    }

    /// The same as a quick person does it: a key after the other.
    pub(crate) async fn type_in_turn(&self, keys: &str) {
        const BETWEEN: Duration = Duration::from_millis(60);
        let mut typing = KeyActions::new("keyboard".into());
        for key in keys.chars() {
            typing = typing
                .then(KeyAction::Down { value: key })
                .then(KeyAction::Up { value: key })
                .then(KeyAction::Pause { duration: BETWEEN });
        }
        self.front()
            .await
            .perform_actions(typing)
            .await
            .expect("a keyboard");
    }

    /// Choose one of a field's values, by what it is on the wire.
    pub(crate) async fn choose_value(&self, field: &str, value: &str) {
        let script = "
            const field = __story.find('combobox', arguments[0]);
            if (!field || ![...field.options].some((option) => option.value === arguments[1])) return false;
            field.value = arguments[1];
            field.dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        until(&format!("{value:?} to choose in {field:?}"), async || {
            let done = self.run(script, vec![json!(field), json!(value)]).await;
            (done == true).then_some(())
        })
        .await;
    }

    /// Put a long text into a field at once, as pasting does.
    pub(crate) async fn paste(&self, field: &str, text: &str) {
        let script = "
            const field = __story.find('textbox', arguments[0]);
            if (!field) return false;
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));
            return true;";
        until(&format!("a field {field:?}"), async || {
            (self.run(script, vec![json!(field), json!(text)]).await == true).then_some(())
        })
        .await;
    }
}

fn is_moving(error: &CmdError) -> bool {
    let CmdError::Standard(e) = error else {
        return false;
    };
    [
        ErrorStatus::StaleElementReference,
        ErrorStatus::ElementClickIntercepted,
        ErrorStatus::ElementNotInteractable,
        ErrorStatus::NoSuchElement,
    ]
    .contains(&e.error)
}
