//! Everything the sandbox answers over HTTP. All routes on one page, grouped by who calls them.

mod broken;
mod calls;
mod companion;
mod control;
mod demo;
mod page;
mod platform;
mod rest;
mod security;
mod sink;
mod sip_socket;
mod webhooks;
mod widget;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{any, get, post};

use crate::Options;
use crate::engine::Engine;

/// The whole of it; `loopback` where nobody but this machine can reach it.
pub(crate) fn router(engine: Arc<Engine>, options: &Options, loopback: bool) -> Router {
    let people = options.people.clone();
    let mut accounts = get(move |engine, headers| demo::agents(engine, headers, people.clone()));
    if loopback {
        accounts = accounts.layer(middleware::from_fn(demo::by_own_name));
    }
    // For people and tests on this machine.
    let control = Router::new()
        .route("/control/numbers", get(control::numbers))
        .route("/control/state", get(control::state))
        .route("/control/ring", post(control::ring))
        .route("/control/hangup", post(control::hang_up))
        .route("/control/hold", post(control::hold))
        .route("/control/drop_sockets", post(control::drop_sockets))
        .route("/control/garbage", post(control::garbage))
        .merge(platform::routes())
        .merge(page::routes())
        .merge(calls::routes())
        .merge(webhooks::routes())
        .layer(middleware::from_fn(control::local_only));
    Router::new()
        // For phones.
        .route("/sip", any(sip_socket::upgrade))
        .route("/demo.json", accounts)
        // For those who integrate with the vendor.
        .merge(rest::routes())
        // For webhooks without a home.
        .route("/sink/{name}", any(sink::take))
        // For tests of bad servers.
        .route("/sip-close", any(broken::closes))
        .route("/sip-garbage", any(broken::garbage))
        .route("/sip-silent", any(broken::silent))
        .route("/sip-no-subprotocol", any(broken::no_subprotocol))
        .merge(control)
        .with_state(engine)
        // For browsers: whatever is left is the companion's, or a file of the widget.
        .fallback_service(match options.companion.clone() {
            Some(companion) => companion::forward(companion.0),
            None => widget::files(options.www.clone()),
        })
        .layer(middleware::map_response(security::headers))
}
