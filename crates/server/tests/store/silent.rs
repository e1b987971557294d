//! A database whose host vanishes without a word: no reset, no end, no answer.

use std::sync::Arc;
use std::time::Duration;

use server::config::StoreConfig;
use server::store::{self, Audience, StoreError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::postgres;
use crate::samples::news;

/// Carries bytes between a store and PostgreSQL for as long as `flows` says so; then it holds them for ever.
struct Relay {
    url: String,
    flows: watch::Sender<bool>,
}

impl Relay {
    async fn to(url: &str) -> Self {
        let (_, rest) = url.split_once("@").unwrap();
        let (target, _) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let (flows, watched) = watch::channel(true);
        let there: Arc<str> = target.into();
        tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let far = TcpStream::connect(&*there).await.unwrap();
                let (near_in, near_out) = near.into_split();
                let (far_in, far_out) = far.into_split();
                tokio::spawn(carry(near_in, far_out, watched.clone()));
                tokio::spawn(carry(far_in, near_out, watched.clone()));
            }
        });
        Self {
            url: url.replace(target, &here),
            flows,
        }
    }
}

async fn stopped(flows: &mut watch::Receiver<bool>) {
    let _ = flows.wait_for(|flows| !flows).await.is_ok();
}

/// A connection that was there when the relay stopped never carries anything again.
async fn carry(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    mut flows: watch::Receiver<bool>,
) {
    let mut bytes = [0; 4096];
    loop {
        tokio::select! {
            biased;
            () = stopped(&mut flows) => std::future::pending().await,
            read = from.read(&mut bytes) => match read {
                Ok(count) if count > 0 && to.write_all(&bytes[..count]).await.is_ok() => {}
                _ => return,
            },
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_vanishes_is_given_up_and_found_again() {
    let url = postgres::shared().database().await;
    let relay = Relay::to(&url).await;
    let config = StoreConfig::Postgres(exotel::Secret::new(&relay.url));
    let store = store::open(&config).await.unwrap();
    store.commit(&[news(None, 1)]).await.unwrap();
    store.events_after(0, &Audience::Server, 1).await.unwrap();

    relay.flows.send(false).unwrap();
    let batch = [news(None, 2)];
    let both = async { tokio::join!(store.commit(&batch), store.events_after(0, &Audience::Server, 9)) };
    let (written, read) = timeout(Duration::from_secs(60), both)
        .await
        .expect("it waits for ever");
    for error in [written.unwrap_err(), read.unwrap_err()] {
        assert!(!error.is_about_the_data(), "{error}");
        assert!(
            matches!(error, StoreError::Silent(_) | StoreError::Database(_)),
            "{error}"
        );
    }

    // The host is back; what was open before stays dead.
    relay.flows.send(true).unwrap();
    let again = async {
        while store.commit(&[news(None, 3)]).await.is_err() {}
        while store.events_after(0, &Audience::Server, 9).await.is_err() {}
    };
    timeout(Duration::from_secs(60), again)
        .await
        .expect("no new connection");
}
