//! The customer: details, and their deletion.

use leptos::prelude::*;
use protocol::admin::customer::CustomerView;
use softphone::language::{fill, t};

use crate::elements::live::press;
use crate::screens::Admin;
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::{at, facts, or_dash};
use crate::screens::pieces::head::card;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::typed::{Pending, typed};

/// Where it is asked for.
const PATH: &str = "/api/admin/customer";

pub(super) fn draw(admin: Admin) -> AnyView {
    let customer = Loaded::<CustomerView>::new(admin, || PATH.to_owned());
    let over = Over::<CustomerView>::closed();
    let inside = view! {
        {customer.shown(5, move |shown| {
            let gone = shown.clone();
            view! {
                {facts(vec![
                    (t("Name"), or_dash(&shown.name)),
                    (t("Id"), or_dash(&shown.id)),
                    (t("Mail address"), or_dash(&shown.email)),
                    (t("Made"), or_dash(&at(shown.created_at))),
                    (t("Changed"), or_dash(&at(shown.updated_at))),
                ])}
                {shown.deleted.then(|| pill("bad", t("Deleted at the platform")))}
                <div class="actions">
                    <button type="button" class="button small" on:click=press(move || customer.again())>{t("Look again")}</button>
                    <button type="button" class="button quiet small bad" on:click=press(move || over.open(gone.clone()))>
                        {t("Delete the customer…")}
                    </button>
                </div>
            }
            .into_any()
        })}
        {over.drawn(t("Delete the customer"), move |shown| {
            let name = if shown.name.trim().is_empty() { &shown.id } else { &shown.name };
            let says = vec![
                fill("{0} will be deleted at the platform with every app, setting and user, for good. This cannot be undone.", &[name]),
                t("Nobody can call or be called afterwards, and this server can no longer sign in at the platform.").to_owned(),
            ];
            let deed = move |body| -> Pending {
                Box::pin(async move {
                    admin.tell("DELETE", PATH, body).await?;
                    customer.again();
                    over.close();
                    Ok(String::new())
                })
            };
            typed(says, name, t("Delete the customer"), Box::new(deed))
        })}
    };
    card(t("Customer"), inside.into_any())
}
