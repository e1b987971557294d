//! One new user.

use leptos::prelude::*;
use protocol::PhoneNumber;
use protocol::admin::users::{Added, NewUser};
use softphone::language::{fill, t};

use super::{PATH, path_of};
use crate::elements::live::maybe;
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::field::{Field, entry, form, line, tick};
use crate::screens::pieces::head::{head, link};

pub(super) fn draw(admin: Admin) -> AnyView {
    let actions = link("button quiet", "/admin/users".to_owned(), t("All users"));
    let added = RwSignal::new(None::<Added>);
    view! {
        {head(t("Add a user"), t("Makes an agent of the app in use. One whom the platform has already is left as they are."), actions)}
        <div class="narrow">
            {fields(admin, added)}
            {maybe(move || added.get().map(|added| told(&added)))}
        </div>
    }
    .into_any()
}

/// The form; also a step of the set-up path.
pub(crate) fn fields(admin: Admin, added: RwSignal<Option<Added>>) -> AnyView {
    let id = Field::new("id", "");
    let name = Field::new("name", "");
    let vendor_name = Field::new("vendor_name", "");
    let email = Field::new("email", "");
    let number = Field::new("number", "");
    let virtual_number = Field::new("virtual_number", "");
    let understood = RwSignal::new(false);
    let act = Act::new();
    let all = [id, name, vendor_name, email, number, virtual_number];
    let send = move || {
        let needed = [
            id.needed(t("Enter an id.")),
            name.needed(t("Enter a first and a last name.")),
            email.needed(t("Enter a mail address.")),
            virtual_number.needed(t("Enter the number that their calls show.")),
        ];
        if needed.contains(&false) {
            return;
        }
        let new = NewUser {
            id: id.now(),
            name: name.now(),
            vendor_name: vendor_name.now(),
            email: email.now(),
            number: PhoneNumber::new(number.now()),
            virtual_number: PhoneNumber::new(virtual_number.now()),
        };
        act.run_form(all.to_vec(), async move {
            let told: Added = admin.send("POST", PATH, &new).await?;
            for field in all {
                field.put("");
            }
            understood.set(false);
            added.set(Some(told));
            Ok(String::new())
        });
    };
    let inside = view! {
        {hint("wait", t("A mail address that the account does not know makes a new user of the account, who may cost money."))}
        {line(id, t("Id"), t("Your own id of the person. It cannot be changed later."))}
        {line(name, t("Name"), t("First and last name, each of 3 to 20 letters."))}
        {line(vendor_name, t("Name in the account"), t("The same as the name if left empty."))}
        {entry(email, t("Mail address"), "", "email", "off")}
        {entry(number, t("Telephone"), t("Where they ring when their browser does not. May be empty."), "tel", "off")}
        {entry(virtual_number, t("Virtual number"), t("The number that their outbound calls show."), "tel", "off")}
        {tick(understood, t("This may create a billable user"), t("Tick it to go on."))}
        {act.told()}
        <div class="actions">
            <button type="submit" class="button primary" disabled=move || act.busy() || !understood.get()>{t("Add the user")}</button>
        </div>
    };
    form("stack", send, inside.into_any())
}

/// What became of it.
pub(crate) fn told(added: &Added) -> AnyView {
    let name = &added.user.name;
    let sentence = if added.was_there {
        fill(
            "{0} was there already, with the same id and mail address. Nothing was changed.",
            &[name],
        )
    } else {
        fill("{0} was added.", &[name])
    };
    view! {
        <div class="stack">
            {crate::screens::pieces::act::done(&sentence)}
            {link("button small", path_of(&added.user.id), t("Open the user"))}
        </div>
    }
    .into_any()
}
