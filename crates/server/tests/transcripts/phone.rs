//! What an agent's phone needs, its device, numbers.

use std::time::Duration;

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::config::TurnConfig;

use crate::Desk;
use crate::ask::ask;
use crate::book::Book;

#[tokio::test]
async fn a_phone_is_set_up_and_switched() {
    let desk = Desk::new(|config| {
        config.phone.servers = vec!["wss://edge.test/sip".to_owned()];
        config.phone.stun = vec!["stun:stun.test:3478".to_owned()];
        config.phone.turn = Some(TurnConfig {
            urls: vec!["turn:turn.test:3478".to_owned()],
            secret: exotel::Secret::from("a secret that coturn has too"),
            ttl: Duration::from_secs(3600),
        });
    })
    .await;
    let server = &desk.server;
    let mut book = Book::new("phone", "What an agent's phone needs, its device, numbers.");
    let setup = || ask(Method::GET, "/api/phone");
    book.tell(server, "one's own", setup().by(&desk.asha)).await;
    book.tell(server, "somebody without a phone", setup().by(&desk.boss))
        .await;
    let stranger = server.signed_in("stranger", Role::Agent, Some("nobody")).await;
    book.tell(
        server,
        "an agent whom the vendor does not know",
        setup().by(&stranger),
    )
    .await;
    desk.vendor.quirk("sip-secret-masked").await;
    book.tell(server, "a password that the vendor hides", setup().by(&desk.asha))
        .await;

    let device = |active| ask(Method::PUT, "/api/device").json(&json!({ "active": active }));
    book.tell(server, "to the telephone", device(Some("phone")).by(&desk.asha))
        .await;
    book.tell(server, "all off", device(None).by(&desk.asha)).await;
    book.tell(
        server,
        "somebody without a phone",
        device(Some("sip")).by(&desk.boss),
    )
    .await;
    desk.fault("integrations", "set_device", 409, 1).await;
    book.tell(server, "the vendor refuses", device(Some("sip")).by(&desk.asha))
        .await;

    let shift = || ask(Method::POST, "/api/shift");
    book.tell(
        server,
        "the browser may sound and use the microphone",
        shift().by(&desk.asha),
    )
    .await;
    book.tell(server, "somebody without a phone", shift().by(&desk.boss))
        .await;

    let typed = |text: &str| ask(Method::GET, format!("/api/numbers?text={text}")).by(&desk.asha);
    book.tell(server, "as people write it", typed("098111%2011003"))
        .await;
    book.tell(server, "an emergency", typed("112")).await;
    book.close();
}
