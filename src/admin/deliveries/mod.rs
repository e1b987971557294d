//! Webhooks that came, what they said, and taking one in once more; beside them those that went to CRMs.

mod outgoing;

use leptos::prelude::*;
use protocol::webhooks::{DeliveryPage, DeliveryView, Replayed};
use softphone::language::t;
use softphone::web::moments;

use super::Admin;
use super::pieces::act::{Act, hint};
use super::pieces::dialog::Over;
use super::pieces::facts::{at, facts, or_dash};
use super::pieces::field::tick;
use super::pieces::head::head;
use super::pieces::list::{list, pill, plain, two};
use super::pieces::paged::{Page, Paged};
use crate::elements::live::press;

/// Where this screen is, and what follows for the other list.
const PATH: &str = "/admin/deliveries";
const OUTGOING: &str = "outgoing";

impl Page for DeliveryPage {
    type Row = DeliveryView;
    const NEXT: &'static str = "before";

    fn open(self) -> (Vec<DeliveryView>, Option<String>) {
        (self.deliveries, self.next.map(|next| next.to_string()))
    }
}

pub(crate) fn draw(admin: Admin, rest: &str) -> AnyView {
    match rest {
        OUTGOING => outgoing::draw(admin),
        _ => incoming(admin),
    }
}

/// The way between the two lists.
fn ways(outgoing: bool) -> AnyView {
    let way = |here: bool, path: String, label: &'static str| {
        view! { <a class="button small" href=path aria-current=here.then_some("page")>{label}</a> }.into_any()
    };
    let to_outgoing = [PATH, "/", OUTGOING].concat();
    view! {
        <nav class="actions" aria-label=t("Which webhooks")>
            {way(!outgoing, PATH.to_owned(), t("From the platform"))}
            {way(outgoing, to_outgoing, t("To your CRM"))}
        </nav>
    }
    .into_any()
}

fn incoming(admin: Admin) -> AnyView {
    let whole = RwSignal::new(false);
    let deliveries = Paged::new::<DeliveryPage>(admin, move || {
        [
            "/api/webhooks/deliveries?limit=200&whole=",
            if whole.get() { "true" } else { "false" },
        ]
        .concat()
    });
    let over = Over::<DeliveryView>::closed();
    let again = view! {
        <button type="button" class="button" on:click=press(move || deliveries.again())>{t("Read again")}</button>
    };
    view! {
        {head(t("Webhook deliveries"), t("What the platform told, newest first. Replaying one is harmless at any time."), again.into_any())}
        {ways(false)}
        {tick(whole, t("Show whole numbers"), t("Otherwise all but the last two digits are dots."))}
        {list(
            t("Deliveries"),
            "deliveries",
            &[t("Webhook"), t("Call"), t("Came of it")],
            deliveries,
            move |delivery: &DeliveryView| cells(delivery, over),
            || view! {
                <h2>{t("No webhook has come yet")}</h2>
                <p>{t("Install the webhooks under Settings, then call a number of yours.")}</p>
            }.into_any(),
        )}
        {over.drawn(t("Webhook"), move |delivery| inside(admin, &delivery))}
    }
    .into_any()
}

fn cells(delivery: &DeliveryView, over: Over<DeliveryView>) -> Vec<AnyView> {
    let kind = delivery.kind.clone();
    let all = delivery.clone();
    let open = press(move || over.open(all.clone()));
    let at = moments::day_and_time(u64::try_from(delivery.received_at).unwrap_or(0));
    let state = match delivery.unread {
        Some(_) => pill("bad", t("Nothing")),
        None => pill("good", t("Taken in")),
    };
    vec![
        two(
            view! { <button type="button" class="as-link" on:click=open>{kind}</button> }.into_any(),
            at,
        ),
        plain(delivery.call_sid.as_deref().unwrap_or("–")),
        state,
    ]
}

fn inside(admin: Admin, delivery: &DeliveryView) -> AnyView {
    let act = Act::new();
    let id = delivery.id.to_string();
    let replay = move || {
        let path = ["/api/webhooks/deliveries/", &id, "/replay"].concat();
        act.run(async move {
            let told: Replayed = admin.send("POST", &path, &()).await?;
            Ok(match told.changed {
                true => t("Taken in once more; what is shown of the call has changed.").to_owned(),
                false => t("Taken in once more; nothing has changed by it.").to_owned(),
            })
        });
    };
    let unread = delivery.unread.as_deref().map(|why| hint("wait", why));
    view! {
        <div class="stack">
            {facts(vec![
                (t("Webhook"), or_dash(&delivery.kind)),
                (t("Came"), or_dash(&at(Some(delivery.received_at)))),
                (t("Call"), or_dash(delivery.call_sid.as_deref().unwrap_or_default())),
            ])}
            {unread}
            <pre class="report" tabindex="0">{spread(&delivery.body)}</pre>
            {act.told()}
            <div class="actions">{act.button("button primary", t("Replay"), replay)}</div>
        </div>
    }
    .into_any()
}

/// JSON text with a line for each field.
fn spread(body: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(body);
    let spread = value
        .ok()
        .and_then(|value| serde_json::to_string_pretty(&value).ok());
    spread.unwrap_or_else(|| body.to_owned())
}
