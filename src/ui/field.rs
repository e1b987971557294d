//! A labelled input of a form, with what is wrong with it below.

use leptos::html::Input;
use leptos::prelude::*;

use crate::elements::live::text;

/// One field's text, what is wrong with it, and where it is.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// What it holds.
    pub(super) value: RwSignal<String>,
    /// A sentence about it, until it is changed.
    pub(super) error: RwSignal<Option<&'static str>>,
    node: NodeRef<Input>,
}

impl Field {
    pub(super) fn new(value: String) -> Self {
        Self {
            value: RwSignal::new(value),
            error: RwSignal::new(None),
            node: NodeRef::new(),
        }
    }

    pub(super) fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            let _ = node.focus();
        }
    }
}

/// The field on the screen.
#[component]
pub(super) fn TextField(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    #[prop(default = "")] placeholder: &'static str,
    /// What a password manager should make of it.
    #[prop(default = "off")]
    autocomplete: &'static str,
    field: Field,
) -> AnyView {
    let error_id = [id, "-error"].concat();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                type=kind
                placeholder=placeholder
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=text(move || field.error.get().is_some().to_string())
                aria-describedby=error_id.clone()
                node_ref=field.node
                prop:value=field.value
                on:input=move |event| {
                    field.error.set(None);
                    field.value.set(event_target_value(&event));
                }
            />
            <p id=error_id class="field-error" aria-live="polite">{text(move || field.error.get().unwrap_or_default().to_owned())}</p>
        </div>
    }
    .into_any()
}
