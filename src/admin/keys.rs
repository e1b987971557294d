//! Keys with which CRMs' backends sign in: made and shown once, revoked.

use leptos::prelude::*;
use protocol::admin::keys::{KeyList, KeyView, MadeKey, NewKey};
use softphone::language::{fill, t};
use softphone::web::place;

use crate::elements::live::{maybe, press};
use crate::screens::Admin;
use crate::screens::pieces::act::Act;
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::at;
use crate::screens::pieces::field::{Field, form, line};
use crate::screens::pieces::head::{card, head};
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::secret::secret;
use crate::screens::pieces::typed::sure;

/// Where they are asked for.
const PATH: &str = "/api/admin/keys";

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let keys = Loaded::<KeyList>::new(admin, || PATH.to_owned());
    let revoked = Over::<String>::closed();
    view! {
        {head(
            t("API keys"),
            t("With a key, the backend of a CRM asks for tickets that let its agents into the phone, and tells whom to connect."),
            ().into_any(),
        )}
        <div class="narrow stack">
            {card(t("A new key"), make(admin, keys))}
            {keys.shown(3, move |list| all(list, revoked))}
        </div>
        {revoked.drawn(t("Revoke the key"), move |name| {
            let says = vec![
                fill("Whoever has the key {0} can no longer ask for anything with it. This cannot be undone.", &[&name]),
                t("Agents who are in the phone already stay in it. Give the CRM a new key first, if it is to go on.").to_owned(),
            ];
            let path = [PATH, "/", &place::segment(&name)].concat();
            sure(says, t("Revoke the key"), move || {
                let path = path.clone();
                Box::pin(async move {
                    admin.tell("DELETE", &path, None).await?;
                    keys.again();
                    revoked.close();
                    Ok(String::new())
                })
            })
        })}
    }
    .into_any()
}

fn make(admin: Admin, keys: Loaded<KeyList>) -> AnyView {
    let name = Field::new("name", "");
    let act = Act::new();
    let new = RwSignal::new(None::<MadeKey>);
    let send = move || {
        if !name.needed(t("Enter a name.")) {
            return;
        }
        let body = NewKey { name: name.now() };
        act.run_form(vec![name], async move {
            let told: MadeKey = admin.send("POST", PATH, &body).await?;
            name.put("");
            new.set(Some(told));
            keys.again();
            Ok(String::new())
        });
    };
    let inside = view! {
        {line(name, t("Name"), t("What it is for, such as the CRM: letters, digits, dots, underscores and hyphens."))}
        {act.told()}
        <div class="actions">{act.submit(t("Make the key"))}</div>
    };
    view! {
        {form("stack", send, inside.into_any())}
        {maybe(move || new.get().map(|key| shown(&key, new)))}
    }
    .into_any()
}

/// The key that was just made, until it is hidden.
fn shown(made: &MadeKey, new: RwSignal<Option<MadeKey>>) -> AnyView {
    let says = fill(
        "This is the key {0}. Put it into the CRM's backend now: it is shown this once, and kept nowhere.",
        &[&made.name],
    );
    let about = view! { <p role="status">{says}</p> }.into_any();
    secret(made.key.reveal().to_owned(), about, move || new.set(None))
}

fn all(list: KeyList, revoked: Over<String>) -> AnyView {
    if list.keys.is_empty() {
        return view! {
            <div class="empty">
                <h2>{t("No keys yet")}</h2>
                <p>{t("Without one the phone works at its own address, and not inside a CRM.")}</p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<AnyView> = list.keys.into_iter().map(|key| row(key, revoked)).collect();
    view! { <ul class="plain rows" aria-label=t("Keys")>{rows}</ul> }.into_any()
}

fn row(key: KeyView, revoked: Over<String>) -> AnyView {
    let about = fill("made {0}", &[&at(Some(key.created_at))]);
    let name = key.name.clone();
    let end = match key.revoked {
        true => pill("", t("Revoked")),
        false => {
            let label = fill("Revoke {0}", &[&name]);
            let open = press(move || revoked.open(key.name.clone()));
            view! {
                <button type="button" class="button small quiet bad" aria-label=label on:click=open>{t("Revoke…")}</button>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <span class="two"><span class="two-title">{name}</span><span class="two-below">{about}</span></span>
            <span class="actions">{end}</span>
        </li>
    }
    .into_any()
}
