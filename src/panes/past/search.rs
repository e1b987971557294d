//! Which past calls are wanted: a text to look for, and a sort of calls.

use leptos::prelude::*;
use softphone::language::t;
use softphone::web::place;

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{press, text};

/// What is wanted.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Part of a name or a number, words of a note, or a call's id; empty for all.
    pub(super) text: String,
    /// Which calls.
    pub(super) sort: Sort,
}

/// A sort of calls.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// All.
    #[default]
    All,
    /// Customers called.
    In,
    /// The agent called.
    Out,
    /// Nobody answered a customer.
    Missed,
}

impl Sort {
    const ALL: [Self; 4] = [Self::All, Self::In, Self::Out, Self::Missed];

    fn label(self) -> &'static str {
        match self {
            Self::All => t("All"),
            Self::In => t("Incoming"),
            Self::Out => t("Outgoing"),
            Self::Missed => t("Missed"),
        }
    }

    fn query(self) -> &'static str {
        match self {
            Self::All => "",
            Self::In => "&direction=inbound",
            Self::Out => "&direction=outbound",
            Self::Missed => "&outcome=missed",
        }
    }
}

impl Wanted {
    /// As parameters of the address.
    pub(super) fn query(&self) -> String {
        match self.text.trim() {
            "" => self.sort.query().to_owned(),
            text => [self.sort.query(), "&search=", &place::segment(text)].concat(),
        }
    }

    /// Nothing in particular.
    pub(super) fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// The field and the sorts.
#[component]
pub(super) fn Search(board: Board) -> AnyView {
    let past = board.past;
    let sort = |sort: Sort| {
        view! {
            <button
                type="button"
                class="choice"
                aria-pressed=text(move || past.wanted.with(|wanted| wanted.sort == sort).to_string())
                on:click=press(move || past.want(board, |wanted| wanted.sort = sort))
            >
                {sort.label()}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="search">
            <label class="unseen" for="past-search">{t("Search calls")}</label>
            <Icon d=icon::SEARCH/>
            <input
                id="past-search"
                type="search"
                autocomplete="off"
                spellcheck="false"
                maxlength="100"
                placeholder=t("Name, number, note or call id")
                prop:value=move || past.wanted.with(|wanted| wanted.text.clone())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    past.want(board, |wanted| wanted.text = text);
                }
            />
        </div>
        <div class="choices" role="group" aria-label=t("Which calls")>{Vec::from(Sort::ALL.map(sort))}</div>
    }
    .into_any()
}
