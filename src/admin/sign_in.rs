//! Signing in: on a page of its own, or over a screen whose session has ended.

use leptos::prelude::*;
use protocol::Secret;
use protocol::session::SignIn;
use softphone::language::t;

use super::Admin;
use super::pieces::act::Act;
use super::pieces::field::{Field, entry, form};
use super::standing::Standing;

/// The page.
pub(crate) fn page(admin: Admin) -> AnyView {
    view! {
        <main class="alone">
            <div class="card stack">
                <h1>{t("Softphone admin")}</h1>
                <p class="hint">{t("For supervisors and admins.")}</p>
                {fields(admin, String::new())}
            </div>
        </main>
    }
    .into_any()
}

/// The inside of the dialog.
pub(crate) fn again(admin: Admin) -> AnyView {
    let name = admin.standing.with_untracked(|standing| match standing {
        Standing::Expired(session) => session.name.clone(),
        Standing::Asking
        | Standing::Unreachable
        | Standing::SignedOut
        | Standing::NotAllowed(_)
        | Standing::SignedIn(_) => String::new(),
    });
    view! {
        <div class="stack">
            <p>{t("Sign in again to go on. What you have typed is still there; press its button once more.")}</p>
            {fields(admin, name)}
        </div>
    }
    .into_any()
}

fn fields(admin: Admin, name: String) -> AnyView {
    let name = Field::new("name", name);
    let password = Field::new("password", "");
    let act = Act::new();
    let send = move || {
        let named = name.needed(t("Enter your name."));
        let known = !password.value.with_untracked(String::is_empty);
        if !known {
            password.fault(t("Enter your password."));
        }
        if named && known {
            let who = SignIn {
                name: name.now(),
                password: Secret::new(password.value.get_untracked()),
            };
            act.run(async move {
                let told = admin.sign_in(&who).await;
                if told.is_err() {
                    password.value.try_set(String::new());
                }
                told.map(|()| String::new())
            });
        }
    };
    let inside = view! {
        {entry(name, t("Name"), "", "text", "username")}
        {entry(password, t("Password"), "", "password", "current-password")}
        {act.told()}
        <div class="actions">{act.submit(t("Sign in"))}</div>
    };
    form("stack", send, inside.into_any())
}
