//! Every route, in one table. The router is built from it, and a test walks it: each change-making route must refuse a
//! missing header, a wrong origin, a missing session and a wrong role.

use axum::Router;
use axum::http::Method;
use axum::middleware;
use axum::routing::MethodRouter;

use crate::App;
use crate::auth::{Access, guard};

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

/// The table.
pub fn routes() -> Vec<Route> {
    use Access::SignedIn;
    use axum::routing::{get, put};
    use protocol::session::Role::Agent;

    use crate::api::{device, phone};

    vec![
        route(
            Method::GET,
            "/events",
            SignedIn(Agent),
            get(crate::events::stream),
        ),
        route(Method::GET, "/api/phone", SignedIn(Agent), get(phone::show)),
        route(Method::PUT, "/api/device", SignedIn(Agent), put(device::set)),
        route(
            Method::GET,
            "/hooks/{secret}/dial-whom",
            Access::Vendor,
            get(crate::dial_whom::ask),
        ),
        route(
            Method::GET,
            "/hooks/{secret}/dial-whom/{form}",
            Access::Vendor,
            get(crate::dial_whom::ask_for),
        ),
    ]
}

/// The router of the table.
pub fn router(app: &App) -> Router {
    let add = |router: Router<App>, route: Route| {
        let guard = middleware::from_fn_with_state((app.clone(), route.access), guard);
        router.route(route.path, route.handler.layer(guard))
    };
    let routes = routes().into_iter().fold(Router::new(), add);
    crate::widget::around(routes.with_state(app.clone()), &app.config)
}
