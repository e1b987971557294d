//! The headers a browser enforces, as a snapshot: a change of policy is a change of this file.

use reqwest::header::HeaderMap;

use super::server;

/// All that is about safety, in a fixed order.
fn shown(headers: &HeaderMap) -> String {
    let names = [
        "content-security-policy",
        "cross-origin-opener-policy",
        "permissions-policy",
        "referrer-policy",
        "x-content-type-options",
        "strict-transport-security",
        "x-powered-by",
        "server",
        "access-control-allow-origin",
    ];
    let line = |name: &str| {
        let value = headers.get(name)?.to_str().unwrap();
        Some(format!("{name}: {}", value.replace("; ", ";\n  ")))
    };
    names.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_page() {
    let server = server(|config| {
        config.phone.servers = vec![
            "wss://voip.in1.exotel.com:443/wss".to_owned(),
            "wss://voip.sgp1.exotel.com/wss?x=1".to_owned(),
        ];
        config.sessions.embed_origins = vec![
            "https://crm.example".to_owned(),
            "http://localhost:3000".to_owned(),
        ];
    })
    .await;
    let answer = server.http.get(server.url("/")).send().await.unwrap();
    insta::assert_snapshot!(shown(answer.headers()), @r"
    content-security-policy: default-src 'none';
      script-src 'self' 'wasm-unsafe-eval';
      style-src 'self';
      img-src 'self' data:;
      media-src 'self' mediastream:;
      font-src 'self';
      connect-src 'self' wss://voip.in1.exotel.com:443 wss://voip.sgp1.exotel.com;
      worker-src 'self';
      base-uri 'none';
      form-action 'none';
      frame-ancestors 'self' https://crm.example http://localhost:3000;
      require-trusted-types-for 'script';
      trusted-types phone
    cross-origin-opener-policy: same-origin
    permissions-policy: microphone=(self), camera=(), geolocation=()
    referrer-policy: no-referrer
    x-content-type-options: nosniff
    strict-transport-security: max-age=31536000
    ");
}

/// It is opened by a frame of ours in another site's page, and has to keep it; nobody may show it in a frame.
#[tokio::test]
async fn the_window_to_sign_in_in() {
    let server =
        server(|config| config.sessions.embed_origins = vec!["https://crm.example".to_owned()]).await;
    let answer = server.http.get(server.url("/entrance")).send().await.unwrap();
    assert_eq!(answer.headers()["cross-origin-opener-policy"], "unsafe-none");
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors 'none';"), "{policy}");
    assert!(policy.contains("require-trusted-types-for 'script'"), "{policy}");
}

#[tokio::test]
async fn every_other_answer() {
    let server = server(|config| config.public_origin = "http://localhost:8080".to_owned()).await;
    for path in [
        "/api/session",
        "/api/nothing",
        "/healthz",
        "/nothing.js",
        "/hooks/x/popup",
    ] {
        let answer = server.http.get(server.url(path)).send().await.unwrap();
        let headers = shown(answer.headers());
        assert_eq!(
            headers,
            "content-security-policy: default-src 'none';\n  frame-ancestors 'none'\n\
             referrer-policy: no-referrer\nx-content-type-options: nosniff",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_demo_may_reach_any_edge() {
    let server = server(|config| config.phone.any_server = true).await;
    let answer = server.http.get(server.url("/")).send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self' ws: wss:;"), "{policy}");
}
