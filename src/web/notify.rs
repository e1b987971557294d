//! Notifications of the system, and the number on the program's icon.

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget};

use super::page::window;
use super::{Listener, reflect};

/// Whether this site may show notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// It may.
    Yes,
    /// The person has not been asked.
    Ask,
    /// The person, or a policy, has said no.
    No,
    /// The browser has none, or not for a page inside a frame.
    Never,
}

/// A call that rings, in words.
pub struct Alert<'a> {
    /// Names the call.
    pub call: &'a str,
    /// What happens.
    pub title: &'a str,
    /// Who it is.
    pub body: &'a str,
    /// The word on the button that answers.
    pub answer: &'a str,
    /// The word on the button that declines.
    pub decline: &'a str,
}

/// What was pressed on an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// *Answer*.
    Answer,
    /// *Decline*.
    Decline,
    /// The alert itself: the tab has come to the front.
    Show,
}

fn notification() -> Option<JsValue> {
    reflect::get(&js_sys::global(), "Notification")
}

/// What the browser says now.
pub fn may() -> May {
    let framed = window()
        .parent()
        .ok()
        .flatten()
        .is_some_and(|parent| parent != window());
    let Some(notification) = notification().filter(|_| !framed) else {
        return May::Never;
    };
    match reflect::text(&notification, "permission").as_str() {
        "granted" => May::Yes,
        "denied" => May::No,
        _ => May::Ask,
    }
}

/// Asks the person; only from a press.
pub fn ask() -> impl Future<Output = May> + use<> {
    let request = || {
        let notification = notification()?;
        let promise = reflect::method(&notification, "requestPermission")?.call0(&notification);
        promise.ok()?.dyn_into::<Promise>().ok()
    };
    let asking = if may() == May::Ask { request() } else { None };
    async move {
        if let Some(asking) = asking {
            let _ = JsFuture::from(asking).await;
        }
        may()
    }
}

fn container() -> Option<JsValue> {
    reflect::get(&window().navigator(), "serviceWorker")
}

/// Shows an alert, unless a tab of ours is in front; then nothing.
pub async fn show(alert: &Alert<'_>) {
    if may() != May::Yes {
        return;
    }
    let text = JsValue::from_str;
    let options = Object::new();
    reflect::set(&options, "body", &text(alert.body));
    reflect::set(&options, "tag", &text(alert.call));
    reflect::set(&options, "data", &text(alert.call));
    reflect::set(&options, "requireInteraction", &JsValue::TRUE);
    let button = |action: &str, title: &str| {
        let button = Object::new();
        reflect::set(&button, "action", &text(action));
        reflect::set(&button, "title", &text(title));
        button
    };
    match ready().await {
        Some(worker) => {
            let buttons = Array::of2(&button("answer", alert.answer), &button("decline", alert.decline));
            reflect::set(&options, "actions", &buttons);
            let message = Object::new();
            reflect::set(&message, "show", &text(alert.title));
            reflect::set(&message, "options", &options);
            post(&worker, &message);
        }
        // Without a service worker there are no buttons: a press brings the tab to the front.
        None => plain(alert.title, &options),
    }
}

/// Takes an alert away.
pub async fn close(call: &str) {
    if may() == May::Yes
        && let Some(worker) = ready().await
    {
        let message = Object::new();
        reflect::set(&message, "close", &JsValue::from_str(call));
        post(&worker, &message);
    }
}

/// The service worker, started if need be. `None` where the browser has none, or keeps it from starting.
async fn ready() -> Option<JsValue> {
    let container = container()?;
    let boot = reflect::get(&js_sys::global(), "softphone")?;
    let starting: Promise = reflect::method(&boot, "alerts")?
        .call0(&boot)
        .ok()?
        .dyn_into()
        .ok()?;
    JsFuture::from(starting).await.ok()?;
    let ready: Promise = reflect::get(&container, "ready")?.dyn_into().ok()?;
    let registration = JsFuture::from(ready).await.ok()?;
    reflect::get(&registration, "active")
}

fn post(worker: &JsValue, message: &Object) {
    if let Some(post) = reflect::method(worker, "postMessage") {
        let _ = post.call1(worker, message);
    }
}

fn plain(title: &str, options: &Object) {
    let Some(made) = notification().and_then(|class| class.dyn_into::<Function>().ok()) else {
        return;
    };
    let arguments = Array::of2(&JsValue::from_str(title), options);
    if let Ok(shown) = js_sys::Reflect::construct(&made, &arguments) {
        let focus = reflect::method(&window(), "focus");
        reflect::set(&shown, "onclick", &focus.map_or(JsValue::NULL, Into::into));
    }
}

/// Hears what is pressed on alerts: which button, and of which call.
pub fn on_press(hear: impl Fn(Press, &str) + 'static) -> Option<Listener> {
    let container = container()?;
    let listener = Listener::new(
        container.unchecked_ref::<EventTarget>(),
        &["message"],
        move |event: Event| {
            let Some(told) = reflect::get(&event, "data") else {
                return;
            };
            let press = match reflect::text(&told, "press").as_str() {
                "answer" => Press::Answer,
                "decline" => Press::Decline,
                "show" => Press::Show,
                _ => return,
            };
            hear(press, &reflect::text(&told, "call"));
        },
    );
    // Messages wait until somebody says that he listens.
    if let Some(start) = reflect::method(&container, "startMessages") {
        let _ = start.call0(&container);
    }
    Some(listener)
}

/// Puts a number on the program's icon, where it has one; 0 takes it away.
pub fn badge(count: usize) {
    let navigator = window().navigator();
    let set = match count {
        0 => reflect::method(&navigator, "clearAppBadge").map(|clear| clear.call0(&navigator)),
        _ => reflect::method(&navigator, "setAppBadge")
            .map(|set| set.call1(&navigator, &JsValue::from_f64(count as f64))),
    };
    // Its promise fails where the page is not installed: nobody minds.
    if let Some(Ok(promise)) = set
        && let Ok(promise) = promise.dyn_into::<Promise>()
    {
        super::spawn(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}
