//! Where one is signed in oneself.

use leptos::prelude::*;
use protocol::Secret;
use protocol::session::{NewPassword, OpenSession};
use softphone::language::{fill, t};
use softphone::web::{place, spawn};

use crate::screens::Admin;
use crate::screens::ask::written;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::facts::at;
use crate::screens::pieces::field::{Field, entry, form};
use crate::screens::pieces::head::{card, head};
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;

/// Where they are asked for.
const PATH: &str = "/api/sessions";

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let sessions = Loaded::<Vec<OpenSession>>::new(admin, || PATH.to_owned());
    let act = Act::new();
    let everywhere = move || {
        act.run(async move {
            admin.tell("DELETE", PATH, None).await?;
            spawn(admin.look());
            Ok(String::new())
        });
    };
    view! {
        {head(
            t("Your sessions"),
            t("Where your account is signed in. End what you do not know, then change your password."),
            act.button("button", t("Sign out everywhere"), everywhere),
        )}
        {act.told()}
        {sessions.shown(3, move |list| {
            let rows: Vec<AnyView> = list.iter().map(|one| row(admin, one, sessions, act)).collect();
            view! { <ul class="plain rows">{rows}</ul> }.into_any()
        })}
        <div class="narrow">{card(t("Your password"), password(admin, sessions))}</div>
    }
    .into_any()
}

/// Another password for oneself.
fn password(admin: Admin, sessions: Loaded<Vec<OpenSession>>) -> AnyView {
    let old = Field::new("old", "");
    let new = Field::new("new", "");
    let act = Act::new();
    let send = move || {
        let typed = old.needed(t("Enter your password so far."));
        if !new.needed(t("Enter a new password.")) || !typed {
            return;
        }
        // As typed: blanks count.
        let body = NewPassword {
            old: Secret::new(old.value.get_untracked()),
            new: Secret::new(new.value.get_untracked()),
        };
        act.run_form(vec![old, new], async move {
            admin
                .tell("POST", "/api/session/password", written(&body))
                .await?;
            old.put("");
            new.put("");
            sessions.again();
            Ok(t("Your password is changed. You are signed in here only.").to_owned())
        });
    };
    let inside = view! {
        {entry(old, t("Password so far"), "", "password", "current-password")}
        {entry(new, t("New password"), t("10 characters or more. Your other sessions end."), "password", "new-password")}
        {act.told()}
        <div class="actions">{act.submit(t("Change the password"))}</div>
    };
    form("stack", send, inside.into_any())
}

fn row(admin: Admin, one: &OpenSession, sessions: Loaded<Vec<OpenSession>>, act: Act) -> AnyView {
    let place_of = one
        .embedded_in
        .clone()
        .unwrap_or_else(|| t("In a tab of its own").to_owned());
    let about = fill(
        "since {0}, until {1} unless used",
        &[&at(Some(one.created_at)), &at(Some(one.expires_at))],
    );
    let end = (!one.current).then(|| {
        let id = one.id.clone();
        act.button("button small", t("End it"), move || {
            let path = [PATH, "/", &place::segment(&id)].concat();
            act.run(async move {
                admin.tell("DELETE", &path, None).await?;
                sessions.again();
                Ok(t("Ended.").to_owned())
            });
        })
    });
    let current = one.current.then(|| pill("good", t("This one")));
    view! {
        <li>
            <span class="two"><span class="two-title">{place_of}</span><span class="two-below">{about}</span></span>
            <span class="actions">{current} {end}</span>
        </li>
    }
    .into_any()
}
