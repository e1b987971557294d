//! Allocations in words.

use leptos::prelude::*;
use protocol::PhoneNumber;
use softphone::language::{fill, t};
use softphone::web::moments;

use crate::elements::live::text;
use crate::screens::pieces::list::pill;
use crate::screens::pieces::ticking::until;

/// `active` or `vault`.
pub(super) fn state(state: &str) -> AnyView {
    match state {
        "active" => pill("good", t("Active")),
        "vault" => pill("", t("Given back")),
        other => pill("wait", other),
    }
}

/// `oneway` or `twoway`.
pub(super) fn usage(usage: &str) -> &str {
    match usage {
        "oneway" => t("A calls B"),
        "twoway" => t("Both may call"),
        other => other,
    }
}

/// Numbers in a row.
pub(super) fn numbers(numbers: &[PhoneNumber]) -> String {
    let shown: Vec<&str> = numbers.iter().map(PhoneNumber::reveal).collect();
    shown.join(", ")
}

/// When it ends by itself: in the account's zone, and how long that is.
pub(super) fn ends(at: &str, now: RwSignal<u64>) -> AnyView {
    if at.is_empty() {
        return t("Not by itself").into_any();
    }
    let Some((moment, written)) = moments::read(at).zip(moments::in_its_zone(at)) else {
        return at.to_owned().into_any();
    };
    let left = text(move || {
        let now = now.get();
        match moment > now {
            true => fill("in {0}", &[&until(moment, now)]),
            false => t("is over").to_owned(),
        }
    });
    view! { <span>{written}</span> " · " <b class="figures">{left}</b> }.into_any()
}
