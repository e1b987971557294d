//! Signing in and out.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::auth::cookie;
use server::clock::now;
use server::store::Person;

use crate::ask::{Ask, ask};
use crate::book::{Book, Told};
use crate::support::server::TestServer;
use crate::{PASSWORD, account};

const PATH: &str = "/api/session";

fn sign_in(name: &str, password: &str) -> Ask {
    let body = json!({ "name": name, "password": password });
    ask(Method::POST, PATH).at_our_page().json(&body)
}

/// A request of the page that was just signed in.
fn from_tab(method: Method, path: &str, told: &Told) -> Ask {
    let line = told.headers["set-cookie"].to_str().unwrap();
    let pair = line.split(';').next().unwrap();
    assert!(pair.starts_with(cookie::NAME));
    match method.is_safe() {
        true => ask(method, path).header("cookie", pair),
        false => ask(method, path).header("cookie", pair).at_our_page(),
    }
}

#[tokio::test]
async fn signing_in_and_out() {
    let server = TestServer::start(|config| config.sessions.tries = 2).await;
    let mut book = Book::new("sessions", "Signing in and out; which sessions there are.");
    account(&server, "asha", Role::Agent, Some("asha")).await;
    let asha = book
        .tell(&server, "the right password", sign_in("asha", PASSWORD))
        .await;
    book.tell(&server, "who am I", from_tab(Method::GET, PATH, &asha))
        .await;
    let what = "a wrong password, and likewise an unknown name";
    book.tell(&server, what, sign_in("asha", "correct horse")).await;
    sign_in("asha", "x").send(&server).await;
    book.tell(&server, "too many wrong ones", sign_in("asha", PASSWORD))
        .await;
    let broken = Person {
        name: "ravi".to_owned(),
        password_hash: "no hash at all".to_owned(),
        role: Role::Agent,
        agent: None,
        subscriber: None,
        disabled: false,
        created_at: now(),
    };
    server.app.store.put_person(&broken).await.unwrap();
    let what = "a record that no password can be checked with";
    book.tell(&server, what, sign_in("ravi", PASSWORD)).await;

    let password = |old: &str, new: &str| {
        let body = json!({ "old": old, "new": new });
        ask(Method::POST, "/api/session/password").json(&body)
    };
    account(&server, "meera", Role::Agent, None).await;
    let meera = server.session_of("meera", Role::Agent, None, 3_600_000).await;
    let other = "horse battery staple";
    let wrong = password("not this one", other).by(&meera);
    book.tell(&server, "another password, without the old one", wrong)
        .await;
    book.tell(&server, "a short one", password(PASSWORD, "short").by(&meera))
        .await;
    book.tell(
        &server,
        "the same once more",
        password(PASSWORD, PASSWORD).by(&meera),
    )
    .await;
    book.tell(&server, "another password", password(PASSWORD, other).by(&meera))
        .await;
    server.add("guest", Role::Agent, None).await;
    let guest = server.session_of("guest", Role::Agent, None, 3_600_000).await;
    let what = "of an account that comes by ticket";
    book.tell(&server, what, password("", other).by(&guest)).await;

    // Sessions are listed by age.
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let frame = server
        .session_of("asha", Role::Agent, Some("asha"), 3_600_000)
        .await;
    let list = from_tab(Method::GET, "/api/sessions", &asha);
    let list = book.tell(&server, "a tab and a frame", list).await.json();
    let in_frame = list
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["current"] == false);
    let end = format!("/api/sessions/{}", in_frame.unwrap()["id"].as_str().unwrap());
    book.tell(
        &server,
        "somebody else's",
        ask(Method::GET, "/api/sessions?name=ravi").by(&frame),
    )
    .await;
    book.tell(&server, "the other one", from_tab(Method::DELETE, &end, &asha))
        .await;
    book.tell(
        &server,
        "one that has ended",
        from_tab(Method::DELETE, &end, &asha),
    )
    .await;
    let others = from_tab(Method::DELETE, "/api/sessions?name=ravi", &asha);
    book.tell(&server, "somebody else's", others).await;
    book.tell(&server, "this one", from_tab(Method::DELETE, PATH, &asha))
        .await;
    book.tell(&server, "it is over", from_tab(Method::GET, PATH, &asha))
        .await;
    let again = server
        .session_of("asha", Role::Agent, Some("asha"), 3_600_000)
        .await;
    book.tell(
        &server,
        "all of one's own",
        ask(Method::DELETE, "/api/sessions").by(&again),
    )
    .await;
    book.close();
}
