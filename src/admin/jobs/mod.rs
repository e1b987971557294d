//! Many additions at once: checked first, sent in batches, stopped and resumed at will.

mod all;
mod make;
mod one;
mod rows;
mod words;

use leptos::prelude::*;
use protocol::admin::jobs::JobKind;
use softphone::web::place;

use super::Admin;

/// Where they are asked for.
const PATH: &str = "/api/admin/jobs";

/// The jobs, a new one, or one of them.
pub(crate) fn draw(admin: Admin, rest: &str) -> AnyView {
    match rest {
        "users" => make::draw(admin, JobKind::Users),
        "subscribers" => make::draw(admin, JobKind::Subscribers),
        rest => match rest.strip_prefix("id/") {
            Some(id) => one::draw(admin, &place::unsegment(id)),
            None => all::draw(admin),
        },
    }
}

/// The screen of one.
fn path_of(id: &str) -> String {
    ["/admin/jobs/id/", &place::segment(id)].concat()
}

/// Where one is asked for.
fn api_of(id: &str) -> String {
    [PATH, "/", &place::segment(id)].concat()
}
