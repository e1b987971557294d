//! A token for a device: made anew each time, shown once.

use leptos::prelude::*;
use protocol::admin::subscribers::{SubscriberToken, TokenRequest};
use softphone::language::{fill, t};

use crate::elements::live::{maybe, text};
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::field::{Field, form, line};
use crate::screens::pieces::secret::secret;
use crate::screens::pieces::ticking::{ticking, until};

pub(super) fn draw(admin: Admin, api: StoredValue<String>) -> AnyView {
    let device = Field::new("device", "");
    let act = Act::new();
    let issued = RwSignal::new(None::<SubscriberToken>);
    let send = move || {
        if !device.needed(t("Enter an id of the device that stays the same.")) {
            return;
        }
        let request = TokenRequest { device: device.now() };
        act.run_form(vec![device], async move {
            let told: SubscriberToken = admin
                .send("POST", &[&api.get_value(), "/token"].concat(), &request)
                .await?;
            issued.set(Some(told));
            Ok(String::new())
        });
    };
    let inside = view! {
        {hint("wait", t("A new token may end an older one of the same device. It is shown once, kept nowhere, and never logged."))}
        {line(device, t("Device"), t("An id of the device that stays the same."))}
        {act.told()}
        <div class="actions">{act.submit(t("Issue a token"))}</div>
    };
    view! {
        {form("stack", send, inside.into_any())}
        {maybe(move || issued.get().map(|token| shown(&token, issued)))}
    }
    .into_any()
}

fn shown(token: &SubscriberToken, issued: RwSignal<Option<SubscriberToken>>) -> AnyView {
    let now = ticking();
    let ours = |at: i64| softphone::web::ask::on_our_clock(u64::try_from(at).unwrap_or(0));
    let (access, refresh) = (ours(token.access_ends), ours(token.refresh_ends));
    let ends = text(move || {
        let now = now.get();
        if refresh <= now {
            return t("It has ended. Issue a new token.").to_owned();
        }
        if access <= now {
            return fill(
                "Access has ended until it is renewed; the whole token ends in {0}.",
                &[&until(refresh, now)],
            );
        }
        fill(
            "Access ends in {0}; the whole token in {1}.",
            &[&until(access, now), &until(refresh, now)],
        )
    });
    let about = view! { <p>{ends}</p> }.into_any();
    secret(token.token.reveal().to_owned(), about, move || issued.set(None))
}
