//! One user: what the platform says of them, which device rings, and their removal.

use leptos::prelude::*;
use protocol::admin::users::{UserView, Voip};
use protocol::phone::{DeviceName, SetDevice};
use softphone::language::{fill, t};
use softphone::web::moments;

use super::{api_of, words};
use crate::elements::live::{flag, press};
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::facts::{facts, or_dash};
use crate::screens::pieces::head::{card, head, link};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::typed::sure;

pub(super) fn draw(admin: Admin, id: &str) -> AnyView {
    let api = api_of(id);
    let path = api.clone();
    let user = Loaded::<UserView>::new(admin, move || path.clone());
    let over = Over::<UserView>::closed();
    let act = Act::new();
    let actions = link("button quiet", "/admin/users".to_owned(), t("All users"));
    let (switch, remove) = (api.clone(), api);
    view! {
        {head(t("User"), t("As the platform has them now."), actions)}
        {user.shown(8, move |shown| {
            let gone = shown.clone();
            view! {
                <div class="cards">
                    {about(&shown)}
                    {device(admin, user, act, &switch, &shown)}
                </div>
                <footer class="danger">
                    <button type="button" class="button quiet bad" on:click=press(move || over.open(gone.clone()))>
                        {t("Delete this user…")}
                    </button>
                </footer>
            }
            .into_any()
        })}
        {over.drawn(t("Delete the user"), move |user| {
            let api = remove.clone();
            let says = vec![
                fill("{0} will be deleted at the platform, for good: they can no longer call or be called.", &[&user.name]),
                t("Their local account, their past calls and notes stay.").to_owned(),
            ];
            sure(says, t("Delete the user"), move || {
                let api = api.clone();
                Box::pin(async move {
                    admin.tell("DELETE", &api, None).await?;
                    over.close();
                    admin.go("/admin/users");
                    Ok(String::new())
                })
            })
        })}
    }
    .into_any()
}

fn about(user: &UserView) -> AnyView {
    let moment = |at: Option<i64>| {
        at.and_then(|at| u64::try_from(at).ok())
            .map_or_else(String::new, moments::day_and_time)
    };
    let active = match user.active {
        Some(true) => t("Yes"),
        Some(false) => t("No"),
        None => "",
    };
    let rows = vec![
        (t("Name"), or_dash(&user.name)),
        (t("Id"), or_dash(&user.id)),
        (t("Name in the account"), or_dash(&user.vendor_name)),
        (t("Platform's id"), or_dash(&user.vendor_id)),
        (t("Mail address"), or_dash(&user.email)),
        (t("Telephone"), or_dash(user.number.reveal())),
        (t("Virtual number"), or_dash(user.virtual_number.reveal())),
        (t("Role at the platform"), or_dash(&user.role)),
        (t("May call"), or_dash(active)),
        (
            t("Local account"),
            or_dash(user.account.as_deref().unwrap_or_default()),
        ),
        (t("Added"), or_dash(&moment(user.created_at))),
        (t("Changed"), or_dash(&moment(user.updated_at))),
    ];
    card(t("About"), facts(rows))
}

fn device(admin: Admin, user: Loaded<UserView>, act: Act, api: &str, shown: &UserView) -> AnyView {
    let api = StoredValue::new([api, "/device"].concat());
    let active = shown.device;
    let one = |wanted: Option<DeviceName>| {
        let switch = press(move || {
            act.run(async move {
                let path = api.get_value();
                let told: UserView = admin.send("PUT", &path, &SetDevice { active: wanted }).await?;
                let word = words::device(told.device);
                user.put(told);
                Ok(fill("The platform says: {0}.", &[word]))
            });
        });
        view! {
            <button type="button" class="choice" aria-pressed=(active == wanted).to_string() disabled=flag(move || act.busy()) on:click=switch>
                {words::device(wanted)}
            </button>
        }
        .into_any()
    };
    let why = match &shown.voip {
        Voip::Ready => None,
        Voip::Missing { why } => Some(hint("wait", why)),
    };
    let account = shown.account.is_none().then(|| {
        hint(
            "wait",
            t("No local account belongs to this user yet: nobody can sign in as them. Add one under People."),
        )
    });
    let inside = view! {
        <p class="hint">{t("A call under way is not touched. The next one rings where you say.")}</p>
        <div class="choices" role="group" aria-label=t("Device that rings")>
            {one(Some(DeviceName::Phone))} {one(Some(DeviceName::Sip))} {one(None)}
        </div>
        {act.told()}
        <p>{words::voip(&shown.voip)}</p>
        {why}
        {account}
    };
    card(t("Device that rings"), inside.into_any())
}
