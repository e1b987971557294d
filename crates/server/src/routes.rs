//! Every route, in one table. The router is built from it, and a test walks it: each change-making route must refuse a
//! missing header, a wrong origin, a missing session and a wrong role.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware;
use axum::response::Response;
use axum::routing::MethodRouter;

use crate::auth::{Access, guard};
use crate::{App, Refused, ops};

/// One method of one path.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, parameters in braces.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// What answers.
    handler: MethodRouter<App>,
}

/// A line of the table.
fn route(method: Method, path: &'static str, access: Access, handler: MethodRouter<App>) -> Route {
    Route {
        method,
        path,
        access,
        handler,
    }
}

/// Every webhook; the platform's documents leave its method open.
const HOOK: &str = "/hooks/{secret}/{kind}";

/// The table.
pub fn routes() -> Vec<Route> {
    let mut routes = people();
    routes.extend(agent());
    routes.extend(vendor());
    routes.extend(webhooks());
    routes.extend(set_up());
    routes.extend(agents_at_the_vendor());
    routes.extend(floor());
    routes.extend(policy());
    routes.extend(operation());
    routes.extend(backends());
    routes
}

/// Who somebody is, and who may be somebody.
#[rustfmt::skip]
fn people() -> Vec<Route> {
    use Access::{Door, Key, SignedIn};
    use axum::routing::{delete, get, post, put};
    use protocol::session::Role::{Admin, Agent};

    use crate::api::admin::keys;
    use crate::api::{people, session, tickets};

    vec![
        route(Method::POST, "/api/session", Door, post(session::sign_in)),
        route(Method::POST, "/api/session/ticket", Door, post(session::exchange)),
        route(Method::GET, "/api/session", SignedIn(Agent), get(session::current)),
        route(Method::DELETE, "/api/session", SignedIn(Agent), delete(session::sign_out)),
        route(Method::POST, "/api/session/password", SignedIn(Agent), post(session::change_password)),
        route(Method::GET, "/api/sessions", SignedIn(Agent), get(session::list)),
        route(Method::DELETE, "/api/sessions", SignedIn(Agent), delete(session::end_all)),
        route(Method::DELETE, "/api/sessions/{id}", SignedIn(Agent), delete(session::end_one)),
        route(Method::POST, "/api/tickets", Key, post(tickets::mint)),
        route(Method::POST, "/api/tickets/own", SignedIn(Agent), post(tickets::own)),
        route(Method::GET, "/api/people", SignedIn(Admin), get(people::list)),
        route(Method::PUT, "/api/people/{name}", SignedIn(Admin), put(people::put)),
        route(Method::DELETE, "/api/people/{name}", SignedIn(Admin), delete(people::remove)),
        route(Method::GET, "/api/admin/keys", SignedIn(Admin), get(keys::list)),
        route(Method::POST, "/api/admin/keys", SignedIn(Admin), post(keys::make)),
        route(Method::DELETE, "/api/admin/keys/{name}", SignedIn(Admin), delete(keys::revoke)),
    ]
}

/// What an agent's phone and screens ask.
#[rustfmt::skip]
fn agent() -> Vec<Route> {
    use Access::SignedIn;
    use axum::routing::{get, post, put};
    use protocol::session::Role::{Admin, Agent};

    use crate::api::{audit, caller, calls, crm_log, device, feedback, history, logs, notes, phone};

    let a_log = DefaultBodyLimit::max(logs::LARGEST);
    vec![
        route(Method::GET, "/events", SignedIn(Agent), get(crate::events::stream)),
        route(Method::GET, "/api/phone", SignedIn(Agent), get(phone::show)),
        route(Method::PUT, "/api/device", SignedIn(Agent), put(device::set)),
        route(Method::POST, "/api/shift", SignedIn(Agent), post(device::shift_begins)),
        route(Method::GET, "/api/numbers", SignedIn(Agent), get(calls::preview)),
        route(Method::POST, "/api/calls", SignedIn(Agent), post(calls::place)),
        route(Method::GET, "/api/calls", SignedIn(Agent), get(history::list)),
        route(Method::GET, "/api/calls/{sid}", SignedIn(Agent), get(history::one)),
        route(Method::GET, "/api/calls/{sid}/caller", SignedIn(Agent), get(caller::show)),
        route(Method::POST, "/api/calls/{sid}/leg", SignedIn(Agent), post(calls::leg)),
        route(Method::PUT, "/api/calls/{sid}/note", SignedIn(Agent), put(notes::put)),
        route(Method::POST, "/api/calls/{sid}/feedback", SignedIn(Agent), post(feedback::post)),
        route(Method::POST, "/api/logs", SignedIn(Agent), post(logs::upload).layer(a_log)),
        route(Method::POST, "/api/log/lease", SignedIn(Agent), post(crm_log::lease)),
        route(Method::POST, "/api/log/{sid}/done", SignedIn(Agent), post(crm_log::done)),
        route(Method::POST, "/api/log/{sid}/failed", SignedIn(Agent), post(crm_log::failed)),
        route(Method::GET, "/api/admin/log", SignedIn(Admin), get(crm_log::troubles)),
        route(Method::GET, "/api/audit", SignedIn(Admin), get(audit::list)),
    ]
}

/// What the vendor sends and asks.
#[rustfmt::skip]
fn vendor() -> Vec<Route> {
    use axum::routing::{get, post, put};

    use crate::{dial_whom, hooks};

    vec![
        route(Method::GET, "/hooks/{secret}/dial-whom", Access::Vendor, get(dial_whom::ask)),
        route(Method::GET, "/hooks/{secret}/dial-whom/{form}", Access::Vendor, get(dial_whom::ask_for)),
        route(Method::GET, HOOK, Access::Vendor, get(hooks::receive)),
        route(Method::POST, HOOK, Access::Vendor, post(hooks::receive)),
        route(Method::PUT, HOOK, Access::Vendor, put(hooks::receive)),
    ]
}

/// What admins ask about webhooks and allocations.
#[rustfmt::skip]
fn webhooks() -> Vec<Route> {
    use axum::routing::{delete, get, post, put};
    use protocol::session::Role::Admin;

    use crate::api::admin::outgoing;
    use crate::api::greenpin::{bulk, codes, reveal};
    use crate::api::{greenpin, webhooks};

    let admin = Access::SignedIn(Admin);
    vec![
        route(Method::GET, "/api/webhooks/drift", admin, get(webhooks::drift)),
        route(Method::POST, "/api/webhooks/install", admin, post(webhooks::install)),
        route(Method::GET, "/api/webhooks/deliveries", admin, get(webhooks::deliveries)),
        route(Method::POST, "/api/webhooks/deliveries/{id}/replay", admin, post(webhooks::take_in_again)),
        route(Method::GET, "/api/admin/outgoing", admin, get(outgoing::list)),
        route(Method::POST, "/api/admin/outgoing/{id}/again", admin, post(outgoing::send_again)),
        route(Method::POST, "/api/admin/outgoing/endpoints/{name}/on", admin, post(outgoing::turn_on)),
        route(Method::GET, "/api/greenpin/allocations", admin, get(greenpin::list)),
        route(Method::POST, "/api/greenpin/allocations", admin, post(greenpin::create)),
        route(Method::GET, "/api/greenpin/allocations/{id}", admin, get(greenpin::show)),
        route(Method::PUT, "/api/greenpin/allocations/{id}", admin, put(greenpin::update)),
        route(Method::DELETE, "/api/greenpin/allocations/{id}", admin, delete(greenpin::delete)),
        route(Method::PUT, "/api/greenpin/allocations", admin, put(bulk::update_many)),
        route(Method::POST, "/api/greenpin/allocations/{id}/reveal", admin, post(reveal::reveal)),
        route(Method::GET, "/api/admin/greenpin/codes", admin, get(codes::list)),
    ]
}

/// What admins ask about the customer, apps and settings.
#[rustfmt::skip]
fn set_up() -> Vec<Route> {
    use axum::routing::{delete, get, post, put};
    use protocol::session::Role::Admin;

    use crate::api::admin::{apps, customer, settings};

    let admin = Access::SignedIn(Admin);
    vec![
        route(Method::GET, "/api/admin/customer", admin, get(customer::show)),
        route(Method::DELETE, "/api/admin/customer", admin, delete(customer::delete)),
        route(Method::GET, "/api/admin/apps", admin, get(apps::list)),
        route(Method::POST, "/api/admin/apps", admin, post(apps::create)),
        route(Method::GET, "/api/admin/apps/{id}", admin, get(apps::show)),
        route(Method::DELETE, "/api/admin/apps/{id}", admin, delete(apps::delete)),
        route(Method::PUT, "/api/admin/apps/{id}/use", admin, put(apps::switch)),
        route(Method::GET, "/api/admin/settings", admin, get(settings::list)),
        route(Method::GET, "/api/admin/settings/{key}", admin, get(settings::show)),
        route(Method::PUT, "/api/admin/settings/{key}", admin, put(settings::put)),
        route(Method::DELETE, "/api/admin/settings/{key}", admin, delete(settings::delete)),
    ]
}

/// What admins ask about users and subscribers, one by one and many at once.
#[rustfmt::skip]
fn agents_at_the_vendor() -> Vec<Route> {
    use axum::routing::{delete, get, post, put};
    use protocol::session::Role::Admin;

    use crate::api::admin::{jobs, subscribers, users};

    let admin = Access::SignedIn(Admin);
    let a_list = || DefaultBodyLimit::max(jobs::LARGEST);
    vec![
        route(Method::GET, "/api/admin/users", admin, get(users::list)),
        route(Method::POST, "/api/admin/users", admin, post(users::add)),
        route(Method::DELETE, "/api/admin/users", admin, delete(users::delete_all)),
        route(Method::GET, "/api/admin/users/{id}", admin, get(users::show)),
        route(Method::DELETE, "/api/admin/users/{id}", admin, delete(users::delete)),
        route(Method::PUT, "/api/admin/users/{id}/device", admin, put(users::switch_device)),
        route(Method::GET, "/api/admin/subscribers", admin, get(subscribers::list)),
        route(Method::POST, "/api/admin/subscribers", admin, post(subscribers::add)),
        route(Method::GET, "/api/admin/subscribers/{name}", admin, get(subscribers::show)),
        route(Method::PUT, "/api/admin/subscribers/{name}", admin, put(subscribers::change)),
        route(Method::DELETE, "/api/admin/subscribers/{name}", admin, delete(subscribers::delete)),
        route(Method::POST, "/api/admin/subscribers/{name}/token", admin, post(subscribers::issue_token)),
        route(Method::GET, "/api/admin/jobs", admin, get(jobs::list)),
        route(Method::POST, "/api/admin/jobs/users", admin, post(jobs::make_of_users).layer(a_list())),
        route(Method::POST, "/api/admin/jobs/subscribers", admin, post(jobs::make_of_subscribers).layer(a_list())),
        route(Method::GET, "/api/admin/jobs/{id}", admin, get(jobs::show)),
        route(Method::DELETE, "/api/admin/jobs/{id}", admin, delete(jobs::remove)),
        route(Method::POST, "/api/admin/jobs/{id}/start", admin, post(jobs::start)),
        route(Method::POST, "/api/admin/jobs/{id}/stop", admin, post(jobs::stop)),
        route(Method::GET, "/api/admin/jobs/{id}/rows", admin, get(jobs::rows)),
        route(Method::GET, "/api/admin/jobs/{id}/failures.csv", admin, get(jobs::failures)),
    ]
}

/// What supervisors watch.
#[rustfmt::skip]
fn floor() -> Vec<Route> {
    use axum::routing::get;
    use protocol::session::Role::Supervisor;

    use crate::api::admin::{calls, floor, missed, quality};

    let supervisor = Access::SignedIn(Supervisor);
    vec![
        route(Method::GET, "/api/admin/floor", supervisor, get(floor::show)),
        route(Method::GET, "/api/admin/calls", supervisor, get(calls::list)),
        route(Method::GET, "/api/admin/calls.csv", supervisor, get(calls::file)),
        route(Method::GET, "/api/admin/missed", supervisor, get(missed::show)),
        route(Method::GET, "/api/admin/quality", supervisor, get(quality::show)),
    ]
}

/// What whom is allowed.
#[rustfmt::skip]
fn policy() -> Vec<Route> {
    use axum::routing::{get, post, put};
    use protocol::session::Role::Admin;

    use crate::api::admin::policy;

    let admin = Access::SignedIn(Admin);
    vec![
        route(Method::GET, "/api/admin/policy", admin, get(policy::show)),
        route(Method::PUT, "/api/admin/policy", admin, put(policy::put)),
        route(Method::POST, "/api/admin/policy/preview", admin, post(policy::preview)),
        route(Method::GET, "/api/admin/policy/versions", admin, get(policy::versions)),
    ]
}

/// What whoever runs it asks.
#[rustfmt::skip]
fn operation() -> Vec<Route> {
    use axum::routing::get;

    vec![
        route(Method::GET, "/healthz", Access::Open, get(ops::healthz)),
        route(Method::GET, "/readyz", Access::Open, get(ops::readyz)),
        route(Method::GET, "/metrics", Access::Open, get(ops::figures)),
    ]
}

/// What CRMs' backends tell.
#[rustfmt::skip]
fn backends() -> Vec<Route> {
    use axum::extract::DefaultBodyLimit;
    use axum::routing::put;

    use crate::api::dial_contexts;

    let a_list = DefaultBodyLimit::max(dial_contexts::MOST_BYTES);
    vec![
        route(Method::PUT, "/api/dial-contexts", Access::Key, put(dial_contexts::put).layer(a_list)),
    ]
}

/// The router of the table.
pub fn router(app: &App) -> Router {
    let add = |router: Router<App>, route: Route| {
        let guard = middleware::from_fn_with_state((app.clone(), route.access), guard);
        let handler = route.handler.layer(guard);
        let handler = match route.path.starts_with("/api/") {
            true => handler.layer(middleware::map_response(no_store)),
            false => handler,
        };
        router.route(route.path, handler)
    };
    let routes = routes().into_iter().fold(Router::new(), add);
    let routes = routes.method_not_allowed_fallback(wrong_method);
    crate::widget::around(routes.with_state(app.clone()), &app.config)
        .layer(DefaultBodyLimit::max(ops::BODY_LIMIT))
        .layer(middleware::from_fn(ops::body_in_time))
        .layer(middleware::from_fn_with_state(app.clone(), ops::last_answer))
        .layer(middleware::from_fn_with_state(app.clone(), ops::request_line))
        .layer(middleware::from_fn_with_state(app.clone(), ops::client_addr))
}

/// Each path has few methods; which, the header `Allow` says.
async fn wrong_method() -> Refused {
    let message = "This address does not take this method. The header Allow says which it takes.";
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", message)
}

/// Answers of the API are of the moment, and often somebody's own: nobody on the way keeps them.
async fn no_store(mut response: Response) -> Response {
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, never);
    response
}
