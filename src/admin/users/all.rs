//! The list of users, with search, and the removal of all.

use leptos::prelude::*;
use protocol::admin::apps::AppList;
use protocol::admin::users::{UserPage, UserView};
use softphone::language::{fill, t};
use softphone::web::place;

use super::{PATH, path_of, words};
use crate::elements::live::{maybe, press};
use crate::screens::Admin;
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::field::{Field, entry, form};
use crate::screens::pieces::head::{head, link};
use crate::screens::pieces::list::{list, plain, two};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::paged::{Page, Paged};
use crate::screens::pieces::typed::{Pending, typed};

impl Page for UserPage {
    type Row = UserView;
    const NEXT: &'static str = "after";

    fn open(self) -> (Vec<UserView>, Option<String>) {
        (self.users, self.next)
    }
}

pub(super) fn draw(admin: Admin) -> AnyView {
    let search = Field::new("search", "");
    let asked = RwSignal::new(String::new());
    let users = Paged::new::<UserPage>(admin, move || {
        [PATH, "?limit=100&search=", &place::segment(&asked.get())].concat()
    });
    let over = Over::<()>::closed();
    let actions = view! {
        {link("button primary", "/admin/users/add".to_owned(), t("Add a user"))}
        {link("button", "/admin/jobs/users".to_owned(), t("Add many"))}
    };
    let look = move || asked.set(search.now());
    let found = move || asked.with(|text| !text.is_empty());
    view! {
        {head(t("Users"), t("Agents of the app in use: who may call, and on which device they ring."), actions.into_any())}
        {form("bar", look, view! {
            {entry(search, t("Search"), t("Id, name, mail or number"), "search", "off")}
            <button type="submit" class="button">{t("Search")}</button>
            {maybe(move || found().then(|| {
                let clear = press(move || { search.put(""); asked.set(String::new()); });
                view! { <button type="button" class="button quiet" on:click=clear>{t("Show all")}</button> }.into_any()
            }))}
        }.into_any())}
        {list(
            t("Users"),
            "users",
            &[t("User"), t("Number"), t("Rings on"), t("Virtual number"), t("VoIP")],
            users,
            cells,
            move || none(found()),
        )}
        <footer class="danger">
            <button type="button" class="button quiet bad" on:click=press(move || over.open(()))>{t("Delete all users…")}</button>
        </footer>
        {over.drawn(t("Delete all users"), move |()| delete_all(admin, over, users))}
    }
    .into_any()
}

fn cells(user: &UserView) -> Vec<AnyView> {
    let name = user.name.clone();
    let title = view! { <a href=path_of(&user.id)>{name}</a> }.into_any();
    let account = user.account.as_deref();
    let account = account
        .map(|account| [" · ", account].concat())
        .unwrap_or_default();
    let number = user.number.reveal();
    vec![
        two(title, [&user.id, " · ", &user.email, &account].concat()),
        plain(if number.is_empty() { "–" } else { number }),
        plain(words::device(user.device)),
        plain(user.virtual_number.reveal()),
        words::voip(&user.voip),
    ]
}

fn none(searched: bool) -> AnyView {
    if searched {
        return view! {
            <h2>{t("Nobody found")}</h2>
            <p>{t("No user's id, name, mail address or number holds this text.")}</p>
        }
        .into_any();
    }
    view! {
        <h2>{t("No users yet")}</h2>
        <p>{t("Add the first one, then switch their device to Browser and let them sign in.")}</p>
        {link("button primary", "/admin/users/add".to_owned(), t("Add a user"))}
    }
    .into_any()
}

/// The name of the app in use must be typed, so it is asked for first.
fn delete_all(admin: Admin, over: Over<()>, users: Paged<UserView>) -> AnyView {
    let apps = Loaded::<AppList>::new(admin, || "/api/admin/apps".to_owned());
    apps.shown(3, move |apps| {
        let Some(app) = apps.apps.into_iter().find(|app| app.used) else {
            return view! {
                <p>{t("The app that this server works with is none of the customer's. Choose one first: its users are then deleted.")}</p>
                <div class="actions">{link("button", "/admin/account".to_owned(), t("Customer and apps"))}</div>
            }
            .into_any();
        };
        let name = if app.name.trim().is_empty() { app.id } else { app.name };
        let says = vec![
            fill(
                "All users of the app {0} will be deleted at the platform, for good. This cannot be undone.",
                &[&name],
            ),
            t("None of them can call or be called until they are added again. Calls under way go on.")
                .to_owned(),
        ];
        let deed = move |body| -> Pending {
            Box::pin(async move {
                admin.tell("DELETE", PATH, body).await?;
                users.again();
                over.close();
                Ok(String::new())
            })
        };
        typed(says, &name, t("Delete all users"), Box::new(deed))
    })
}
