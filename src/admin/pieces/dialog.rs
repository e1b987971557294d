//! A dialog over the screen, by the browser's own `<dialog>`: it holds the focus and gives it back.

use leptos::html::Dialog;
use leptos::prelude::*;
use softphone::language::t;
use softphone::web::{clock, page, spawn};

use super::field::fresh_id;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, press};

/// Whether a dialog is open, and what it is about.
pub(crate) struct Over<T: 'static> {
    about: RwSignal<Option<T>>,
}

impl<T> Clone for Over<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Over<T> {}

impl<T: Clone + Send + Sync + 'static> Over<T> {
    /// Closed.
    pub(crate) fn closed() -> Self {
        Self {
            about: RwSignal::new(None),
        }
    }

    /// Opens it.
    pub(crate) fn open(self, about: T) {
        self.about.set(Some(about));
    }

    /// Closes it after what it was about was done. Whatever opened it may be gone, or be drawn anew in a moment: the focus
    /// goes to the screen's title.
    pub(crate) fn close(self) {
        self.about.try_set(None);
        spawn(async {
            // Once the dialog is out of the page, which keeps the focus until then.
            clock::sleep(0).await;
            page::focus("screen-title");
        });
    }

    /// Closes it with nothing done: the browser has given the focus back to what opened it.
    fn leave(self) {
        self.about.try_set(None);
    }

    /// Where it is drawn while it is open.
    pub(crate) fn drawn(self, title: &'static str, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        maybe(move || {
            let about = self.about.get()?;
            Some(dialog(title, true, move || self.leave(), draw(about)))
        })
    }
}

/// The dialog itself; one that `may_close` has a button for it, and hears Escape.
pub(crate) fn dialog(
    title: &'static str,
    may_close: bool,
    closed: impl Fn() + Clone + 'static,
    inside: AnyView,
) -> AnyView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get()
            && !node.open()
        {
            // Fails only where it is out of the page already.
            let _ = node.show_modal();
        }
    });
    let id = fresh_id();
    let button = may_close.then(|| {
        let shut = press(move || {
            if let Some(node) = node.get_untracked() {
                node.close();
            }
        });
        view! {
            <button type="button" class="button quiet dialog-close" aria-label=t("Close") on:click=shut>
                <Icon d=icon::CROSS/>
            </button>
        }
        .into_any()
    });
    let cancel: Box<dyn FnMut(leptos::ev::Event)> = Box::new(move |event| {
        if !may_close {
            event.prevent_default();
        }
    });
    let close: Box<dyn FnMut(leptos::ev::Event)> = Box::new(move |_| {
        // A browser lets Escape be refused only once between two presses.
        match node.get_untracked().filter(|_| !may_close) {
            Some(node) => drop(node.show_modal()),
            None => closed(),
        }
    });
    view! {
        <dialog class="dialog" aria-labelledby=id node_ref=node on:cancel=cancel on:close=close>
            <div class="dialog-head"><h2 id=id.clone()>{title}</h2>{button}</div>
            <div class="dialog-body">{inside}</div>
        </dialog>
    }
    .into_any()
}
