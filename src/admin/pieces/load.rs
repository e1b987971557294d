//! Something read from the server and drawn: a skeleton first, old figures while new ones come, a way on where it fails.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use softphone::web::spawn;

use super::act::{refused, try_again};
use crate::elements::live::{live, maybe, nothing};
use crate::screens::Admin;
use crate::screens::ask::Refusal;

/// Something read.
pub(crate) struct Loaded<T: 'static> {
    /// What was read last; it stays while it is read anew.
    pub(crate) here: RwSignal<Option<T>>,
    /// Why the last reading failed.
    pub(crate) failed: RwSignal<Option<Refusal>>,
    again: RwSignal<u32>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T: Clone + Send + Sync + DeserializeOwned + 'static> Loaded<T> {
    /// Reads what `path` names, and anew whenever that changes.
    pub(crate) fn new(admin: Admin, path: impl Fn() -> String + 'static) -> Self {
        let loaded = Self {
            here: RwSignal::new(None),
            failed: RwSignal::new(None),
            again: RwSignal::new(0),
        };
        let reading = StoredValue::new(0_u32);
        Effect::new(move |_| {
            loaded.again.track();
            let path = path();
            let this = reading.get_value() + 1;
            reading.set_value(this);
            spawn(async move {
                let told = admin.get::<T>(&path).await;
                // Of several readings the last one counts; none does once the screen is gone.
                if reading.try_get_value() != Some(this) {
                    return;
                }
                match told {
                    Ok(value) => {
                        loaded.failed.set(None);
                        loaded.here.set(Some(value));
                    }
                    Err(refusal) => loaded.failed.set(Some(refusal)),
                }
            });
        });
        loaded
    }

    /// Reads it anew.
    pub(crate) fn again(self) {
        self.again.try_update(|again| *again += 1);
    }

    /// Puts in place what an answer brought.
    pub(crate) fn put(self, value: T) {
        self.failed.set(None);
        self.here.set(Some(value));
    }

    /// Draws it, with `lines` grey lines until it has come.
    pub(crate) fn shown(self, lines: usize, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        view! {
            {self.trouble()}
            {live(move || match self.here.get() {
                Some(value) => draw(value),
                None if self.failed.with(Option::is_some) => nothing(),
                None => skeleton(lines),
            })}
        }
        .into_any()
    }

    /// Why it could not be read.
    pub(crate) fn trouble(self) -> AnyView {
        maybe(move || {
            let refusal = self.failed.get()?;
            Some(
                view! { <div class="stack">{refused(&refusal)} {try_again(move || self.again())}</div> }
                    .into_any(),
            )
        })
    }
}

/// Grey lines in place of what is being read.
pub(crate) fn skeleton(lines: usize) -> AnyView {
    let lines: Vec<AnyView> = (0..lines).map(|_| view! { <i></i> }.into_any()).collect();
    view! { <div class="skeleton" aria-hidden="true">{lines}</div> }.into_any()
}
