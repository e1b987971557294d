//! What whoever runs the server asks.

use reqwest::Method;

use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;

#[tokio::test]
async fn health_and_figures() {
    let server = TestServer::start(|_| {}).await;
    let mut book = Book::new("operation", "What whoever runs the server asks.");
    let get = |path: &str| ask(Method::GET, path);
    book.tell(&server, "the process lives", get("/healthz")).await;
    book.tell(&server, "ready", get("/readyz")).await;
    book.tell(&server, "from this machine", get("/metrics")).await;
    let from_elsewhere = get("/metrics").header("x-forwarded-for", "192.0.2.1");
    book.tell(&server, "from elsewhere, through a proxy", from_elsewhere)
        .await;
    let wrong = ask(Method::DELETE, "/healthz");
    book.tell(&server, "a method that is not taken", wrong).await;
    server.app.store.close().await;
    // What was said a moment ago holds for a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    book.tell(&server, "the records are gone", get("/readyz")).await;
    server.app.drain.begin();
    book.tell(&server, "going down", get("/readyz")).await;
    book.close();
}
