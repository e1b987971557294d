//! Subscribers: who may use the vendor's voice SDK.

mod all;
mod one;
mod token;

use leptos::prelude::*;
use protocol::admin::subscribers::SubscriberStatus;
use softphone::language::t;
use softphone::web::place;

use super::Admin;
use super::pieces::list::pill;

/// Where they are asked for.
const PATH: &str = "/api/admin/subscribers";

/// The list, or one of them.
pub(crate) fn draw(admin: Admin, rest: &str) -> AnyView {
    match rest.strip_prefix("name/") {
        Some(name) => one::draw(admin, &place::unsegment(name)),
        None => all::draw(admin),
    }
}

/// The screen of one.
fn path_of(name: &str) -> String {
    ["/admin/subscribers/name/", &place::segment(name)].concat()
}

/// Where one is asked for.
fn api_of(name: &str) -> String {
    [PATH, "/", &place::segment(name)].concat()
}

/// Whether they may call.
fn status(status: SubscriberStatus) -> AnyView {
    match status {
        SubscriberStatus::Active => pill("good", word(status)),
        SubscriberStatus::Inactive => pill("wait", word(status)),
        SubscriberStatus::Other => pill("", word(status)),
    }
}

fn word(status: SubscriberStatus) -> &'static str {
    match status {
        SubscriberStatus::Active => t("Active"),
        SubscriberStatus::Inactive => t("Suspended"),
        SubscriberStatus::Other => t("Unknown"),
    }
}
