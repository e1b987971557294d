//! GreenPin: who may call whom over which virtual number, by a pin.

mod all;
mod codes;
mod live_news;
mod make;
mod many;
mod one;
mod pins;
mod terms;
mod words;

use leptos::prelude::*;
use softphone::web::place;

use super::Admin;

/// Where allocations are asked for.
const PATH: &str = "/api/greenpin/allocations";

/// The list, a new one, many, the codes, or one of them.
pub(crate) fn draw(admin: Admin, rest: &str) -> AnyView {
    match rest {
        "add" => make::draw(admin),
        "many" => many::draw(admin),
        "codes" => codes::draw(admin),
        rest => match rest.strip_prefix("id/") {
            Some(id) => one::draw(admin, &place::unsegment(id)),
            None => all::draw(admin),
        },
    }
}

/// The screen of one.
fn path_of(id: &str) -> String {
    ["/admin/greenpin/id/", &place::segment(id)].concat()
}

/// Where one is asked for.
fn api_of(id: &str) -> String {
    [PATH, "/", &place::segment(id)].concat()
}
