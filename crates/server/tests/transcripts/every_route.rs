//! Refusals before any handler: who may not ask, and a server that cannot look up who asks.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::auth::Access;
use server::clock::now;
use server::routes::{Route, routes};

use crate::ask::{Ask, HOME, ask};
use crate::book::Book;
use crate::support::server::{Signed, TestServer};
use crate::table::Table;
use crate::{SID, hook, popup};

/// Everybody who asks.
struct Stage {
    server: TestServer,
    agent: Signed,
    admin: Signed,
    key: String,
}

impl Stage {
    async fn new() -> Self {
        let server = TestServer::start(|_| {}).await;
        let agent = server.signed_in("asha", Role::Agent, Some("asha")).await;
        let admin = server.signed_in("boss", Role::Admin, None).await;
        let key = server.app.auth.add_key("crm", now()).await.unwrap().unwrap();
        Self {
            server,
            agent,
            admin,
            key: key.reveal().to_owned(),
        }
    }

    /// What is refused at the door of `route`, with the reason.
    fn refused(&self, route: &Route) -> Vec<(&'static str, Ask)> {
        let bare = || ask(route.method.clone(), path(route));
        let change = !route.method.is_safe();
        let no_header = ("without the header of a change", bare().header("origin", HOME));
        let mut asks = Vec::new();
        match route.access {
            Access::Open | Access::Vendor => {}
            Access::Door => {
                let foreign = bare()
                    .header(protocol::CHANGE_HEADER, "1")
                    .header("origin", "https://evil.test");
                asks.extend([no_header, ("from another site's page", foreign)]);
            }
            Access::Key => {
                let in_a_page = bare().with_key(&self.key).header("sec-fetch-site", "cross-site");
                asks.extend([("without a key", bare()), ("with a key, from a page", in_a_page)]);
            }
            Access::SignedIn(least) => {
                if change {
                    asks.push(no_header);
                }
                let foreign = bare().by(&self.admin).header("sec-fetch-site", "cross-site");
                asks.push(("from another site's page", foreign));
                let nobody = if change { bare().at_our_page() } else { bare() };
                asks.push(("without a session", nobody));
                if least > Role::Agent {
                    asks.push(("as an agent", bare().by(&self.agent)));
                }
            }
        }
        asks
    }

    /// A request that `route` would take, if the records were there; none if it needs none.
    fn taken(&self, route: &Route) -> Option<Ask> {
        let bare = || ask(route.method.clone(), path(route));
        Some(match (route.access, route.path) {
            (Access::Open, _) => return None,
            (Access::Vendor, path) if path.contains("dial-whom") => return None,
            (Access::Vendor, _) if route.method == Method::GET => {
                ask(Method::GET, format!("{}?CallSid={SID}", hook("passthru")))
            }
            (Access::Vendor, _) => ask(route.method.clone(), hook("popup")).json(&popup(SID)),
            (Access::Door, "/api/session") => bare()
                .at_our_page()
                .json(&json!({ "name": "asha", "password": "correct horse" })),
            (Access::Door, _) => {
                let ticket = json!({ "ticket": "a-ticket", "embedded_in": "https://crm.test" });
                bare().at_our_page().json(&ticket)
            }
            (Access::Key, _) => bare().with_key(&self.key),
            (Access::SignedIn(_), _) => bare().by(&self.admin),
        })
    }
}

/// As it stands in the list of routes.
fn name(route: &Route) -> String {
    format!("{:<6} {}", route.method.as_str(), route.path)
}

/// The route's path with something for each parameter.
fn path(route: &Route) -> String {
    let parts = route
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn each_refusal_of_the_door_and_who_gives_it() {
    let stage = Stage::new().await;
    let mut book = Book::new(
        "every_route",
        "Refusals before any handler: each in full once, then every route that gives it.",
    );
    let mut table = Table::default();
    for route in routes() {
        for (why, ask) in stage.refused(&route) {
            table
                .tell(&mut book, &stage.server, &name(&route), why, ask)
                .await;
        }
    }
    stage.server.app.store.close().await;
    for route in routes() {
        if let Some(ask) = stage.taken(&route) {
            table
                .tell(
                    &mut book,
                    &stage.server,
                    &name(&route),
                    "while the records cannot be reached",
                    ask,
                )
                .await;
        }
    }
    book.add(&table.text());
    book.close();
}
