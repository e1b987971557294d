//! Name and password.

use leptos::prelude::*;
use protocol::Secret;
use protocol::session::SignIn;
use softphone::language::t;

use crate::elements::live::flag;
use crate::room::Room;

/// The form.
pub(crate) fn form(room: Room) -> AnyView {
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let send = move || {
        if name.with_untracked(|name| name.trim().is_empty()) {
            return room.refuse(t("Enter your name."));
        }
        if password.with_untracked(String::is_empty) {
            return room.refuse(t("Enter your password."));
        }
        room.sign_in(SignIn {
            name: name.with_untracked(|name| name.trim().to_owned()),
            password: Secret::new(password.get_untracked()),
        });
        password.set(String::new());
    };
    view! {
        <form
            class="stack"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            {field("name", t("Name"), "text", "username", name)}
            {field("password", t("Password"), "password", "current-password", password)}
            <button type="submit" class="button primary wide" disabled=flag(move || room.busy.get())>{t("Sign in")}</button>
        </form>
    }
    .into_any()
}

fn field(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                type=kind
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}
