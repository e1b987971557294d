//! The parts of a view that change, and what a press does, each behind one type: every closure given to `view!` as it is
//! would have the framework's code compiled once more for itself, and the page is downloaded.

use std::sync::{Arc, Mutex};

use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// A part of the page that is drawn anew when what it reads has changed.
pub(crate) fn live(draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let draw: Arc<Mutex<dyn FnMut() -> AnyView + Send>> = Arc::new(Mutex::new(draw));
    draw.into_any()
}

/// A part that is there only as long as `draw` says so.
pub(crate) fn maybe(mut draw: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    live(move || draw().unwrap_or_else(nothing))
}

/// No element at all.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// A text, or an attribute's value, that follows what it reads.
pub(crate) type Text = Arc<Mutex<dyn FnMut() -> String + Send>>;

/// Makes one.
pub(crate) fn text(read: impl FnMut() -> String + Send + 'static) -> Text {
    Arc::new(Mutex::new(read))
}

/// A class or attribute that is there or not.
pub(crate) type Flag = Arc<Mutex<dyn FnMut() -> bool + Send>>;

/// Makes one.
pub(crate) fn flag(read: impl FnMut() -> bool + Send + 'static) -> Flag {
    Arc::new(Mutex::new(read))
}

/// What a click or a key on a button does.
pub(crate) type Press = Box<dyn FnMut(MouseEvent)>;

/// Makes one.
pub(crate) fn press(mut act: impl FnMut() + 'static) -> Press {
    Box::new(move |_| act())
}
