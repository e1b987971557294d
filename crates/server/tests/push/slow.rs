//! A reader that takes nothing is cut, delays nobody, and comes back by its cursor.

use std::sync::Arc;
use std::time::Duration;

use protocol::session::Role;
use server::config::Config;
use server::ops::Limits;
use server::store;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

use crate::listener::{From, Listener, log, mark, marked, until};
use crate::support::server::TestServer;

const EVENTS: usize = 4_000;

#[tokio::test]
async fn a_stalled_reader_is_cut_and_resumes_without_a_gap() {
    let dir = Arc::new(tempfile::tempdir().unwrap());
    let config = Config::for_tests(dir.path(), None);
    let store = store::open(&config.store).await.unwrap();
    let limits = Limits {
        stalled: Duration::from_secs(2),
        ..Limits::default()
    };
    let server = TestServer::start_with(dir, config, store, limits).await;
    let asha = server.signed_in("asha", Role::Agent, Some("a1")).await;
    let (mut quick, place) = Listener::open(&server, &asha, From::Now).await;

    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stalled = socket.connect(server.addr).await.unwrap();
    let request = format!(
        "GET /events HTTP/1.1\r\nhost: phone.test\r\nauthorization: {}\r\n\r\n",
        asha.bearer()
    );
    stalled.write_all(request.as_bytes()).await.unwrap();
    let mut head = [0; 12];
    stalled.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");

    let mut next = 0;
    for batch in 0..EVENTS / 200 {
        let events = (0..200).map(|index| marked(Some("a1"), &(batch * 200 + index).to_string()));
        log(server.app.store.as_ref(), events.collect()).await;
        // The quick reader has all of it long before the stalled one is given up.
        for _ in 0..200 {
            assert_eq!(mark(&quick.event().await), next.to_string());
            next += 1;
        }
    }
    let cut = r#"softphone_cuts_total{why="slow_reader"} 1"#;
    until("the stalled reader is cut", async || {
        server.app.metrics.text().contains(cut)
    })
    .await;
    until("its stream is given back", async || {
        server.app.metrics.text().contains("softphone_streams_open 1\n")
    })
    .await;
    let (mut again, _) = Listener::open(&server, &asha, From::Header(&place.id)).await;
    for index in 0..EVENTS {
        assert_eq!(mark(&again.event().await), index.to_string());
    }
}
