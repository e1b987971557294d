//! A receiver of webhooks that checks them as its documents say, with code of its own.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::support::server::PATIENCE;

/// 24 bytes.
pub(crate) const KEY: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A webhook that came.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) body: Value,
    pub(crate) signed: bool,
}

pub(crate) struct Receiver {
    pub(crate) addr: SocketAddr,
    state: Shared,
}

type Shared = Arc<Mutex<(u16, Vec<Told>)>>;

impl Receiver {
    pub(crate) async fn start() -> Self {
        Self::start_at(([127, 0, 0, 1], 0).into()).await
    }

    pub(crate) async fn start_at(addr: SocketAddr) -> Self {
        let listener = tokio::net::TcpListener::bind(addr).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let state: Shared = Arc::new(Mutex::new((204, Vec::new())));
        let router = Router::new()
            .route("/in", post(take))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { addr, state }
    }

    /// What it answers from now on.
    pub(crate) fn answers(&self, status: u16) {
        self.state.lock().unwrap().0 = status;
    }

    pub(crate) fn told(&self) -> Vec<Told> {
        self.state.lock().unwrap().1.clone()
    }

    /// What came, once so many have.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Told> {
        let begun = Instant::now();
        loop {
            let told = self.told();
            if told.len() >= count {
                return told;
            }
            assert!(begun.elapsed() < PATIENCE, "{told:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn take(State(state): State<Shared>, headers: HeaderMap, body: String) -> (StatusCode, HeaderMap) {
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    let (id, at) = (header("webhook-id"), header("webhook-timestamp"));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &STANDARD.decode(KEY).unwrap());
    let signed = header("webhook-signature").split(' ').any(|signature| {
        let given = STANDARD.decode(signature.strip_prefix("v1,").unwrap()).unwrap();
        aws_lc_rs::hmac::verify(&key, format!("{id}.{at}.{body}").as_bytes(), &given).is_ok()
    });
    let fresh = (at.parse::<i64>().unwrap() - server::clock::now() / 1000).abs() < 300;
    let body = serde_json::from_str(&body).unwrap();
    let mut state = state.lock().unwrap();
    let signed = signed && fresh;
    state.1.push(Told { id, body, signed });
    let mut answer = HeaderMap::new();
    answer.insert("location", "/in".parse().unwrap());
    (StatusCode::from_u16(state.0).unwrap(), answer)
}
