//! Fields of forms: a label, a hint, what is wrong.

use std::cell::Cell;

use leptos::prelude::*;

use crate::elements::live::text;

/// One field's text and what is wrong with it.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// Its name on the wire, as a refusal names it.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) value: RwSignal<String>,
    /// A sentence about it, until it is changed.
    pub(crate) error: RwSignal<Option<String>>,
}

impl Field {
    /// One that holds `value`.
    pub(crate) fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: RwSignal::new(value.into()),
            error: RwSignal::new(None),
        }
    }

    /// What it holds now, without blanks around it.
    pub(crate) fn now(self) -> String {
        self.value.with_untracked(|value| value.trim().to_owned())
    }

    /// The same, or nothing where it is empty.
    pub(crate) fn given(self) -> Option<String> {
        Some(self.now()).filter(|text| !text.is_empty())
    }

    /// Says what is wrong with it.
    pub(crate) fn fault(self, sentence: impl Into<String>) {
        self.error.try_set(Some(sentence.into()));
    }

    /// Replaces what it holds.
    pub(crate) fn put(self, value: impl Into<String>) {
        self.value.set(value.into());
        self.error.set(None);
    }

    /// Whether it holds something; if not, `sentence` says so.
    pub(crate) fn needed(self, sentence: &'static str) -> bool {
        let there = self.given().is_some();
        if !there {
            self.fault(sentence);
        }
        there
    }
}

thread_local! {
    static IDS: Cell<u32> = const { Cell::new(0) };
}

/// An id that no other element of the page has.
pub(crate) fn fresh_id() -> String {
    let id = IDS.get();
    IDS.set(id + 1);
    ["f", &id.to_string()].concat()
}

/// A line of text.
pub(crate) fn line(field: Field, label: &'static str, hint: &'static str) -> AnyView {
    entry(field, label, hint, "text", "off")
}

/// A line of another kind: `email`, `tel`, `number`, `date`, `password`.
pub(crate) fn entry(
    field: Field,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
) -> AnyView {
    let id = fresh_id();
    let below = [&id, "-below"].concat();
    let input = view! {
        <input
            id=id.clone()
            type=kind
            autocomplete=autocomplete
            autocapitalize="none"
            spellcheck="false"
            aria-invalid=text(move || field.error.with(Option::is_some).to_string())
            aria-describedby=below.clone()
            prop:value=field.value
            on:input=move |event| typed(field, event_target_value(&event))
        />
    };
    around(field, id, below, label, hint, input.into_any())
}

/// Many lines.
pub(crate) fn area(field: Field, label: &'static str, hint: &'static str, rows: &'static str) -> AnyView {
    let id = fresh_id();
    let below = [&id, "-below"].concat();
    let input = view! {
        <textarea
            id=id.clone()
            rows=rows
            spellcheck="false"
            aria-invalid=text(move || field.error.with(Option::is_some).to_string())
            aria-describedby=below.clone()
            prop:value=field.value
            on:input=move |event| typed(field, event_target_value(&event))
        ></textarea>
    };
    around(field, id, below, label, hint, input.into_any())
}

/// One of several values, each with its words.
pub(crate) fn choice(
    field: Field,
    label: &'static str,
    hint: &'static str,
    options: Vec<(String, String)>,
) -> AnyView {
    let id = fresh_id();
    let below = [&id, "-below"].concat();
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(value, words)| {
            let own = value.clone();
            let chosen = move || field.value.with(|now| *now == own);
            view! { <option value=value selected=chosen>{words}</option> }.into_any()
        })
        .collect();
    let input = view! {
        <select
            id=id.clone()
            aria-describedby=below.clone()
            on:change=move |event| typed(field, event_target_value(&event))
        >
            {options}
        </select>
    };
    around(field, id, below, label, hint, input.into_any())
}

fn typed(field: Field, value: String) {
    field.error.set(None);
    field.value.set(value);
}

fn around(
    field: Field,
    id: String,
    below: String,
    label: &'static str,
    hint: &'static str,
    input: AnyView,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {input}
            <div id=below class="field-below">
                <p class="hint">{hint}</p>
                <p class="field-error" aria-live="polite">{text(move || field.error.get().unwrap_or_default())}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Yes or no.
pub(crate) fn tick(value: RwSignal<bool>, label: &'static str, hint: &'static str) -> AnyView {
    let id = fresh_id();
    let below = [&id, "-below"].concat();
    view! {
        <div class="tick">
            <input
                id=id.clone()
                type="checkbox"
                aria-describedby=below.clone()
                prop:checked=value
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <div>
                <label for=id>{label}</label>
                <p id=below class="hint">{hint}</p>
            </div>
        </div>
    }
    .into_any()
}

/// A form, sent by its button or the key Enter.
pub(crate) fn form(class: &'static str, mut send: impl FnMut() + 'static, inside: AnyView) -> AnyView {
    let sent: Box<dyn FnMut(leptos::ev::SubmitEvent)> = Box::new(move |event| {
        event.prevent_default();
        send();
    });
    view! { <form class=class novalidate on:submit=sent>{inside}</form> }.into_any()
}
