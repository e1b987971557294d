//! The page's files.

use reqwest::Method;
use server::config::StoreConfig;

use crate::ask::ask;
use crate::book::Book;
use crate::support::server::TestServer;

const WASM: &str = "softphone-0123456789abcdef_bg.wasm";

async fn server(built: bool) -> TestServer {
    TestServer::start(|config| {
        let StoreConfig::Sqlite(file) = &config.store else {
            panic!("tests start with SQLite");
        };
        let www = file.with_file_name("dist");
        if built {
            std::fs::create_dir(&www).unwrap();
            std::fs::write(www.join("index.html"), "<!doctype html>the page").unwrap();
            std::fs::write(www.join(WASM), "the module").unwrap();
            std::fs::write(www.join(format!("{WASM}.br")), "shrunken").unwrap();
        }
        config.www = Some(www);
    })
    .await
}

#[tokio::test]
async fn files_and_what_is_none() {
    let mut book = Book::new("widget", "The page's files.");
    let with = server(true).await;
    let get = |path: &str| ask(Method::GET, path);
    let page = book.tell(&with, "the page", get("/")).await;
    let tag = page.headers["etag"].to_str().unwrap();
    book.tell(
        &with,
        "the page, unchanged",
        get("/").header("if-none-match", tag),
    )
    .await;
    let module = format!("/{WASM}");
    let brotli = get(&module).header("accept-encoding", "br");
    book.tell(&with, "a file with its hash in its name", brotli).await;
    book.tell(&with, "no such file", get("/nothing.js")).await;
    book.tell(&with, "no such address", get("/api/nothing")).await;
    book.tell(
        &with,
        "a method that no file takes",
        ask(Method::POST, "/index.html"),
    )
    .await;
    let without = server(false).await;
    book.tell(&without, "a server without the page", get("/")).await;
    book.close();
}
