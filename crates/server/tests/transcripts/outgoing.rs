//! Webhooks to CRMs, for admins.

use protocol::crm_webhooks::{CrmNews, OutgoingState};
use protocol::session::Role;
use reqwest::Method;
use server::config::CrmWebhook;
use server::store::{NewOutgoing, OutgoingTried};

use crate::SID;
use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;

/// In the year 2030: nothing is sent while this is told.
const LATER: i64 = 1_900_000_000_000;

#[tokio::test]
async fn webhooks_to_a_crm_are_shown_and_sent_again() {
    let server = TestServer::start(|config| {
        config.crm_webhooks.push(CrmWebhook {
            name: "crm".to_owned(),
            url: "https://crm.test/in?key=secret".into(),
            secrets: Vec::new(),
            events: vec![CrmNews::CallEnded],
            private: false,
        });
    })
    .await;
    let boss = server.signed_in("boss", Role::Admin, None).await;
    let mut book = Book::new("outgoing", "Webhooks to CRMs, for admins.");
    let list = || ask(Method::GET, "/api/admin/outgoing").by(&boss);
    book.tell(&server, "nothing was told", list()).await;
    let store = &server.app.store;
    let message = NewOutgoing {
        message: "msg_1".to_owned(),
        endpoint: "crm".to_owned(),
        news: CrmNews::CallEnded,
        sid: SID.to_owned(),
        agent: "asha".to_owned(),
        body: "{}".to_owned(),
        made_at: 1_700_000_000_000,
        not_before: LATER,
        until: LATER,
    };
    let cursor = store.crm_cursor().await.unwrap();
    assert!(store.queue_outgoing(cursor, cursor, &[message]).await.unwrap());
    let tried = OutgoingTried {
        state: OutgoingState::GivenUp,
        words: "Refused: 410, it wants no more.".to_owned(),
        not_before: LATER,
        through: false,
        off: Some("It answered 410: it wants no more.".to_owned()),
        at: 1_700_000_000_000,
    };
    store.outgoing_tried(1, "crm", &tried).await.unwrap();
    book.tell(&server, "one was given up", list()).await;
    let make = |path: &str| ask(Method::POST, path).by(&boss);
    book.tell(&server, "once more", make("/api/admin/outgoing/1/again"))
        .await;
    book.tell(&server, "one that never was", make("/api/admin/outgoing/2/again"))
        .await;
    let on = "/api/admin/outgoing/endpoints/crm/on";
    book.tell(&server, "it is told everything again", make(on)).await;
    let on = "/api/admin/outgoing/endpoints/other/on";
    book.tell(&server, "who is not configured", make(on)).await;
    book.close();
}
