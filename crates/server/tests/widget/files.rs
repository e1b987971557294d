//! Types, brotli, caching, conditional requests, and what is no file.

use reqwest::StatusCode;
use reqwest::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};

use super::{WASM, server};

#[tokio::test]
async fn hashed_names_are_kept_for_ever_and_the_page_is_asked_for_again() {
    let server = server(|_| {}).await;
    for (path, kind, keep) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/admin", "text/html; charset=utf-8", "no-cache"),
        ("/admin/users/id/a%40b.in", "text/html; charset=utf-8", "no-cache"),
        ("/worker.js", "text/javascript; charset=utf-8", "no-cache"),
        (
            "/style/page-89abcdef01234567.css",
            "text/css; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "/softphone-0123456789abcdef_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
    ] {
        let answer = server.http.get(server.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()[CONTENT_TYPE], kind, "{path}");
        assert_eq!(answer.headers()[CACHE_CONTROL], keep, "{path}");
        assert_eq!(answer.headers()[VARY], "accept-encoding");
    }
}

#[tokio::test]
async fn brotli_goes_to_those_who_take_it() {
    let server = server(|_| {}).await;
    let ask = |encodings: &str| {
        let request = server.http.get(server.url(&format!("/{WASM}")));
        request.header(ACCEPT_ENCODING, encodings).send()
    };
    let mut tags = Vec::new();
    for (encodings, expected) in [
        ("gzip, deflate, br", true),
        ("BR;q=0.5", true),
        ("gzip, br;q=0", false),
        ("identity", false),
        ("brotli", false),
    ] {
        let answer = ask(encodings).await.unwrap();
        let encoded = answer
            .headers()
            .get(CONTENT_ENCODING)
            .is_some_and(|it| it == "br");
        assert_eq!(encoded, expected, "{encodings}");
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/wasm");
        tags.push(answer.headers()[ETAG].clone());
        let body = answer.text().await.unwrap();
        assert_eq!(body, if expected { "shrunken" } else { "the whole module" });
    }
    assert_ne!(tags[0], tags[2], "other bytes, other tag");
    let sibling = server
        .http
        .get(server.url(&format!("/{WASM}.br")))
        .send()
        .await
        .unwrap();
    assert_eq!(sibling.status(), 404);
}

#[tokio::test]
async fn who_has_it_gets_304_and_head_gets_no_body() {
    let server = server(|_| {}).await;
    let url = server.url("/index.html");
    let first = server.http.get(&url).send().await.unwrap();
    let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
    for tags in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let again = server
            .http
            .get(&url)
            .header(IF_NONE_MATCH, &tags)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{tags}");
        assert_eq!(again.headers()[ETAG], tag.as_str());
        assert!(again.headers().contains_key("content-security-policy"));
        assert_eq!(again.text().await.unwrap(), "");
    }
    let other = server
        .http
        .get(&url)
        .header(IF_NONE_MATCH, "\"other\"")
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), StatusCode::OK);
    let head = server.http.head(&url).send().await.unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(head.headers()[CONTENT_LENGTH], "19");
    assert_eq!(head.text().await.unwrap(), "");
}

#[tokio::test]
async fn what_is_no_file_is_not_found_and_nothing_outside_is_read() {
    let server = server(|_| {}).await;
    // Some clients tidy paths before they send them, so these are written by hand.
    for path in [
        "/nothing.js",
        "/../outside",
        "/style/../../outside",
        "/%2e%2e/outside",
        "/.secret",
        "//outside",
        "/style",
        "/style/",
        "/index.html%00.js",
        "/api/nothing",
        "/hooks/x",
    ] {
        let head = raw(&server, path).await;
        assert!(head.starts_with("HTTP/1.1 404"), "{path}: {head}");
    }
    let post = server.http.post(server.url("/index.html")).send().await.unwrap();
    assert_eq!(post.status(), 405);
    assert_eq!(post.headers()["allow"], "GET, HEAD");
}

async fn raw(server: &super::TestServer, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(server.addr).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = Vec::new();
    stream.read_to_end(&mut text).await.unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_server_without_a_build_says_how_to_get_one() {
    let server = super::TestServer::start(|config| {
        config.www = Some(super::config_folder(config).join("no-such-folder"));
    })
    .await;
    let answer = server.http.get(server.url("/")).send().await.unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("cargo xtask build") && page.contains("www = "),
        "{page}"
    );
}
