//! A list that comes page by page, as far as it is looked at.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use softphone::web::{place, spawn};

use super::act::{refused, try_again};
use crate::elements::live::maybe;
use crate::screens::Admin;
use crate::screens::ask::Refusal;

/// A page as the server gives it.
pub(crate) trait Page: DeserializeOwned + 'static {
    /// What it has rows of.
    type Row: Clone + Send + Sync + 'static;
    /// The parameter that asks for the next one.
    const NEXT: &'static str;
    /// Its rows, and what the next one is called.
    fn open(self) -> (Vec<Self::Row>, Option<String>);
}

/// How far the list was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A page is on its way.
    Asked,
    /// There is more, called so.
    More(String),
    /// That is all.
    All,
    /// The page did not come; what was read stays. Asked for with this word, or as the first one.
    Failed(Refusal, Option<String>),
}

/// The list.
pub(crate) struct Paged<R: 'static> {
    /// The rows, as far as they were read.
    pub(crate) rows: RwSignal<Vec<R>>,
    /// How far that is.
    pub(crate) reading: RwSignal<Reading>,
    want: RwSignal<Want>,
}

/// What is to be read next; each one is new.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Want {
    no: u32,
    after: Option<String>,
}

impl<R> Clone for Paged<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Paged<R> {}

impl<R: Clone + Send + Sync + 'static> Paged<R> {
    /// Reads the first page of what `path` names (which has a query already), and anew whenever that changes.
    pub(crate) fn new<P: Page<Row = R>>(admin: Admin, path: impl Fn() -> String + 'static) -> Self {
        let list = Self {
            rows: RwSignal::new(Vec::new()),
            reading: RwSignal::new(Reading::Asked),
            want: RwSignal::new(Want { no: 0, after: None }),
        };
        let current = StoredValue::new((0_u32, None));
        Effect::new(move |_| {
            let mut want = list.want.get();
            let base = path();
            let (this, before) = current.get_value();
            // Only a page that was asked for follows those that are here.
            if before == Some(want.no) {
                want.after = None;
            }
            let this = this + 1;
            current.set_value((this, Some(want.no)));
            let path = match &want.after {
                Some(after) => [&base, "&", P::NEXT, "=", &place::segment(after)].concat(),
                None => base,
            };
            list.reading.set(Reading::Asked);
            spawn(async move {
                let told = admin.get::<P>(&path).await;
                if current.try_with_value(|(now, _)| *now) != Some(this) {
                    return;
                }
                list.came(want.after, told.map(P::open));
            });
        });
        list
    }

    fn came(self, after: Option<String>, told: Result<(Vec<R>, Option<String>), Refusal>) {
        match told {
            Ok((new, next)) => {
                let is_bare = new.is_empty();
                match after {
                    Some(_) => self.rows.update(|rows| rows.extend(new)),
                    None => self.rows.set(new),
                }
                self.reading.set(next.map_or(Reading::All, Reading::More));
                // A search may find nothing on a page: nobody can scroll to the next.
                if is_bare {
                    self.more();
                }
            }
            Err(refusal) => self.reading.set(Reading::Failed(refusal, after)),
        }
    }

    /// Reads the next page, if there is one and none is on its way.
    pub(crate) fn more(self) {
        if let Reading::More(next) = self.reading.get_untracked() {
            self.ask(Some(next));
        }
    }

    /// Reads it anew from the beginning.
    pub(crate) fn again(self) {
        self.ask(None);
    }

    fn ask(self, after: Option<String>) {
        self.want.try_update(|want| {
            want.no += 1;
            want.after = after;
        });
    }

    /// Nothing was found, and nothing more can be.
    pub(crate) fn is_empty(self) -> bool {
        self.rows.with(Vec::is_empty) && self.reading.with(|reading| *reading == Reading::All)
    }

    /// Why a page could not be read.
    pub(crate) fn trouble(self) -> AnyView {
        maybe(move || match self.reading.get() {
            Reading::Failed(refusal, after) => {
                let again = try_again(move || self.ask(after.clone()));
                Some(view! { <div class="stack">{refused(&refusal)} {again}</div> }.into_any())
            }
            Reading::Asked | Reading::More(_) | Reading::All => None,
        })
    }
}
