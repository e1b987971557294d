//! Users of the app in use: who may call and be called.

pub(crate) mod add;
mod all;
mod one;
pub(crate) mod words;

use leptos::prelude::*;
use softphone::web::place;

use super::Admin;

/// Where they are asked for.
const PATH: &str = "/api/admin/users";

/// The list, a new one, or one of them.
pub(crate) fn draw(admin: Admin, rest: &str) -> AnyView {
    match rest {
        "" => all::draw(admin),
        "add" => add::draw(admin),
        rest => match rest.strip_prefix("id/") {
            Some(id) => one::draw(admin, &place::unsegment(id)),
            None => all::draw(admin),
        },
    }
}

/// The screen of one.
pub(crate) fn path_of(id: &str) -> String {
    ["/admin/users/id/", &place::segment(id)].concat()
}

/// Where one is asked for.
pub(crate) fn api_of(id: &str) -> String {
    [PATH, "/", &place::segment(id)].concat()
}
