//! The table of routes, asked by everybody who may not.

use std::collections::BTreeSet;

use protocol::session::Role;
use reqwest::{Method, RequestBuilder, StatusCode};
use server::auth::Access;
use server::clock::now;
use server::routes::{Route, routes};
use server::store::Carrier;

use crate::ask::{Answered, By, CRM, HOME, from_home, kept, send, with};
use crate::support::server::TestServer;

/// The refusals of the guard.
const REFUSALS: [&str; 5] = [
    "header_missing",
    "wrong_origin",
    "not_signed_in",
    "role_too_low",
    "key_refused",
];

/// The route's path with something for each parameter.
fn path(route: &Route) -> String {
    let fill = |part: &str| {
        if part.starts_with('{') {
            "x".to_owned()
        } else {
            part.to_owned()
        }
    };
    route.path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

fn bare(server: &TestServer, route: &Route) -> RequestBuilder {
    server
        .http
        .request(route.method.clone(), server.url(&path(route)))
}

fn home(server: &TestServer, route: &Route, by: &By) -> RequestBuilder {
    from_home(server, route.method.clone(), &path(route), by)
}

fn assert_refused(answer: &Answered, status: StatusCode, code: &str, route: &Route, why: &str) {
    let seen = (answer.status, answer.code());
    assert_eq!(
        seen,
        (status, code.to_owned()),
        "{} {}, {why}",
        route.method,
        route.path
    );
}

fn bearer() -> Carrier {
    Carrier::Bearer {
        embedded_in: CRM.to_owned(),
    }
}

/// Whoever adds a route decides who may; what is open to strangers is listed here too.
#[test]
fn only_what_must_be_is_open_to_strangers() {
    for route in routes() {
        let right = match route.access {
            Access::Open => {
                ["/healthz", "/readyz", "/metrics"].contains(&route.path) && route.method == Method::GET
            }
            Access::Vendor => route.path.starts_with("/hooks/"),
            Access::Door => {
                ["/api/session", "/api/session/ticket"].contains(&route.path) && route.method == Method::POST
            }
            Access::Key => ["/api/tickets", "/api/dial-contexts"].contains(&route.path),
            Access::SignedIn(_) => route.path.starts_with("/api/") || route.path == "/events",
        };
        assert!(right, "{} {} is {:?}", route.method, route.path, route.access);
    }
    let changes = routes().into_iter().filter(|route| !route.method.is_safe());
    let guarded = changes.filter(|route| matches!(route.access, Access::SignedIn(_)));
    assert!(guarded.count() >= 10, "the walk below has something to walk");
}

/// What only an admin may do. Written here a second time: the walk below believes the table.
const ADMINS: [(&str, &str); 59] = [
    ("GET", "/api/people"),
    ("PUT", "/api/people/{name}"),
    ("DELETE", "/api/people/{name}"),
    ("GET", "/api/admin/keys"),
    ("GET", "/api/admin/log"),
    ("GET", "/api/admin/outgoing"),
    ("POST", "/api/admin/outgoing/{id}/again"),
    ("POST", "/api/admin/outgoing/endpoints/{name}/on"),
    ("POST", "/api/admin/keys"),
    ("DELETE", "/api/admin/keys/{name}"),
    ("GET", "/api/audit"),
    ("GET", "/api/webhooks/drift"),
    ("POST", "/api/webhooks/install"),
    ("GET", "/api/webhooks/deliveries"),
    ("POST", "/api/webhooks/deliveries/{id}/replay"),
    ("GET", "/api/greenpin/allocations"),
    ("POST", "/api/greenpin/allocations"),
    ("GET", "/api/greenpin/allocations/{id}"),
    ("PUT", "/api/greenpin/allocations/{id}"),
    ("DELETE", "/api/greenpin/allocations/{id}"),
    ("GET", "/api/admin/customer"),
    ("DELETE", "/api/admin/customer"),
    ("GET", "/api/admin/apps"),
    ("POST", "/api/admin/apps"),
    ("GET", "/api/admin/apps/{id}"),
    ("DELETE", "/api/admin/apps/{id}"),
    ("PUT", "/api/admin/apps/{id}/use"),
    ("GET", "/api/admin/settings"),
    ("GET", "/api/admin/settings/{key}"),
    ("PUT", "/api/admin/settings/{key}"),
    ("DELETE", "/api/admin/settings/{key}"),
    ("PUT", "/api/greenpin/allocations"),
    ("POST", "/api/greenpin/allocations/{id}/reveal"),
    ("GET", "/api/admin/greenpin/codes"),
    ("GET", "/api/admin/users"),
    ("POST", "/api/admin/users"),
    ("DELETE", "/api/admin/users"),
    ("GET", "/api/admin/users/{id}"),
    ("DELETE", "/api/admin/users/{id}"),
    ("PUT", "/api/admin/users/{id}/device"),
    ("GET", "/api/admin/subscribers"),
    ("POST", "/api/admin/subscribers"),
    ("GET", "/api/admin/subscribers/{name}"),
    ("PUT", "/api/admin/subscribers/{name}"),
    ("DELETE", "/api/admin/subscribers/{name}"),
    ("POST", "/api/admin/subscribers/{name}/token"),
    ("GET", "/api/admin/jobs"),
    ("POST", "/api/admin/jobs/users"),
    ("POST", "/api/admin/jobs/subscribers"),
    ("GET", "/api/admin/jobs/{id}"),
    ("DELETE", "/api/admin/jobs/{id}"),
    ("POST", "/api/admin/jobs/{id}/start"),
    ("POST", "/api/admin/jobs/{id}/stop"),
    ("GET", "/api/admin/jobs/{id}/rows"),
    ("GET", "/api/admin/jobs/{id}/failures.csv"),
    ("GET", "/api/admin/policy"),
    ("PUT", "/api/admin/policy"),
    ("POST", "/api/admin/policy/preview"),
    ("GET", "/api/admin/policy/versions"),
];

#[test]
fn the_table_asks_for_an_admin_where_it_must() {
    let asks = |route: &Route| route.access == Access::SignedIn(Role::Admin);
    let table = routes();
    let table: BTreeSet<_> = table
        .iter()
        .filter(|route| asks(route))
        .map(|route| (route.method.as_str(), route.path))
        .collect();
    assert_eq!(table, BTreeSet::from(ADMINS));
}

#[tokio::test]
async fn every_change_needs_the_header_and_our_origin() {
    let server = TestServer::start(|_| {}).await;
    let foreign = [
        ("origin", "https://evil.test"),
        ("origin", CRM),
        ("origin", "http://phone.test"),
        ("origin", "https://phone.test:8443"),
        ("origin", "https://phone.test.evil.test"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ];
    let guarded = |access| matches!(access, Access::SignedIn(_) | Access::Door);
    for route in routes()
        .iter()
        .filter(|route| guarded(route.access) && !route.method.is_safe())
    {
        let (secret, _) = kept(&server, Role::Admin, Carrier::Cookie, now() + 60_000).await;
        let admin = By::Cookie(secret);
        let answer = send(with(bare(&server, route), &admin).header("origin", HOME)).await;
        assert_refused(
            &answer,
            StatusCode::FORBIDDEN,
            "header_missing",
            route,
            "no header",
        );
        for (header, value) in foreign {
            let request = with(bare(&server, route), &admin).header(protocol::CHANGE_HEADER, "1");
            let answer = send(request.header(header, value)).await;
            assert_refused(&answer, StatusCode::FORBIDDEN, "wrong_origin", route, value);
        }
        let two = with(bare(&server, route), &admin).header(protocol::CHANGE_HEADER, "1");
        let answer = send(two.header("origin", HOME).header("origin", "https://evil.test")).await;
        assert_refused(
            &answer,
            StatusCode::FORBIDDEN,
            "wrong_origin",
            route,
            "two origins",
        );
        let preflight = server.http.request(Method::OPTIONS, server.url(&path(route)));
        let preflight = preflight.header("origin", "https://evil.test");
        let answer = send(preflight.header("access-control-request-method", route.method.as_str())).await;
        assert!(
            !answer.status.is_success(),
            "{} lets a preflight pass",
            route.path
        );
    }
}

#[tokio::test]
async fn every_route_of_ours_needs_a_live_session_in_its_own_carrier() {
    let server = TestServer::start(|_| {}).await;
    let admin = Role::Admin;
    for route in routes()
        .iter()
        .filter(|route| matches!(route.access, Access::SignedIn(_)))
    {
        let (expired, _) = kept(&server, admin, Carrier::Cookie, now() - 1).await;
        let (revoked, session) = kept(&server, admin, Carrier::Cookie, now() + 60_000).await;
        server.app.store.end_session(&session.hash, now()).await.unwrap();
        let (a_cookie, _) = kept(&server, admin, Carrier::Cookie, now() + 60_000).await;
        let (a_bearer, _) = kept(&server, admin, bearer(), now() + 60_000).await;
        let without = [
            ("no session", By::Nobody),
            ("an unknown one", By::Cookie("x".repeat(43))),
            ("an expired one", By::Cookie(expired)),
            ("a revoked one", By::Cookie(revoked)),
            ("a cookie's secret as bearer", By::Bearer(a_cookie)),
            ("a bearer's secret as cookie", By::Cookie(a_bearer)),
            ("nothing", By::Bearer(String::new())),
        ];
        let mut bodies = Vec::new();
        for (why, by) in &without {
            let answer = send(home(&server, route, by)).await;
            assert_refused(&answer, StatusCode::UNAUTHORIZED, "not_signed_in", route, why);
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
            bodies.push(answer.text);
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "the refusal does not say which it was");
        if route.method.is_safe() {
            let foreign = with(bare(&server, route), &By::Nobody).header("sec-fetch-site", "cross-site");
            let answer = send(foreign).await;
            assert_refused(
                &answer,
                StatusCode::FORBIDDEN,
                "wrong_origin",
                route,
                "another site reads",
            );
        }
    }
}

#[tokio::test]
async fn every_route_needs_its_role_and_lets_it_in() {
    let server = TestServer::start(|_| {}).await;
    for route in routes() {
        let Access::SignedIn(least) = route.access else {
            continue;
        };
        for role in [Role::Agent, Role::Supervisor, Role::Admin] {
            // Signing out and ending sessions work here too, so each request has a session of its own.
            for carrier in [Carrier::Cookie, bearer()] {
                let (secret, session) = kept(&server, role, carrier, now() + 60_000).await;
                let by = match session.carrier {
                    Carrier::Cookie => By::Cookie(secret),
                    Carrier::Bearer { .. } => By::Bearer(secret),
                };
                let response = home(&server, &route, &by).send().await.unwrap();
                let status = response.status();
                if role < least {
                    let answer = Answered {
                        headers: response.headers().clone(),
                        text: response.text().await.unwrap(),
                        status,
                    };
                    assert_refused(
                        &answer,
                        StatusCode::FORBIDDEN,
                        "role_too_low",
                        &route,
                        &format!("{role:?}"),
                    );
                    continue;
                }
                if status.is_success() {
                    continue; // The stream of events has no end to read to.
                }
                let text = response.text().await.unwrap();
                let refused = REFUSALS.iter().find(|code| text.contains(*code));
                assert_eq!(
                    refused, None,
                    "{} {} as {role:?}: {text}",
                    route.method, route.path
                );
            }
        }
    }
}

#[tokio::test]
async fn every_route_for_backends_needs_a_key() {
    let server = TestServer::start(|_| {}).await;
    let auth = &server.app.auth;
    let good = auth.add_key("crm", now()).await.unwrap().unwrap();
    let revoked = auth.add_key("old", now()).await.unwrap().unwrap();
    assert!(auth.revoke_key("old").await.unwrap());
    let (session, _) = kept(&server, Role::Admin, bearer(), now() + 60_000).await;
    let mut almost = good.reveal().to_owned();
    almost.pop();
    for route in routes().iter().filter(|route| route.access == Access::Key) {
        let ask = || bare(&server, route);
        let without = [
            ("none", ask()),
            ("one that nobody has", ask().bearer_auth("softphone_key_x")),
            ("all but the last letter", ask().bearer_auth(&almost)),
            ("a revoked one", ask().bearer_auth(revoked.reveal())),
            ("a session", ask().bearer_auth(&session)),
            ("a cookie", with(ask(), &By::Cookie(good.reveal().to_owned()))),
            (
                "the key as user name",
                ask().basic_auth(good.reveal(), None::<&str>),
            ),
            ("broken Basic", ask().header("authorization", "Basic !!!")),
        ];
        for (why, request) in without {
            let answer = send(request).await;
            assert_refused(&answer, StatusCode::UNAUTHORIZED, "key_refused", route, why);
        }
        let in_a_page = ask()
            .bearer_auth(good.reveal())
            .header("sec-fetch-site", "cross-site");
        let answer = send(in_a_page).await;
        assert_refused(
            &answer,
            StatusCode::FORBIDDEN,
            "key_in_browser",
            route,
            "from a page",
        );
        for request in [
            ask().bearer_auth(good.reveal()),
            ask().basic_auth("crm", Some(good.reveal())),
        ] {
            let answer = send(request).await;
            assert!(
                !REFUSALS.contains(&answer.code().as_str()),
                "{} refuses a good key",
                route.path
            );
        }
    }
}
