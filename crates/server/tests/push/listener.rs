//! A reader of `/events`, and what is put into the log for it.

#![allow(unreachable_pub, reason = "shared by the files beside it")]

use protocol::event::Event;
use reqwest::Method;
use server::clock;
use server::store::{Logged, NewEvent, Store, Write};
use tokio::time::timeout;

use crate::support::server::{PATIENCE, Signed, TestServer};

/// One block of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    pub id: String,
    pub event: String,
    pub data: String,
    pub comment: String,
}

pub struct Listener {
    answer: reqwest::Response,
    text: String,
}

/// How a reader says where it stands.
#[derive(Clone, Copy, Debug)]
pub enum From<'a> {
    Now,
    Header(&'a str),
    Query(&'a str),
}

impl Listener {
    /// Opens a stream; the first block says where it stands.
    pub async fn open(server: &TestServer, who: &Signed, from: From<'_>) -> (Self, Block) {
        let mut listener = Self {
            answer: ask(server, who, from).await,
            text: String::new(),
        };
        assert_eq!(listener.answer.status(), 200);
        let first = listener.block().await.expect("a stream begins with its place");
        (listener, first)
    }

    /// The next block; `None` at the stream's end.
    pub async fn block(&mut self) -> Option<Block> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = parse(block);
                self.text = rest.to_owned();
                return Some(block);
            }
            let piece = timeout(PATIENCE, self.answer.chunk()).await;
            let piece = piece.expect("the stream was silent for too long");
            self.text.push_str(std::str::from_utf8(&piece.ok()??).unwrap());
        }
    }

    /// The next block with an event in it.
    pub async fn event(&mut self) -> Block {
        loop {
            let block = self.block().await.expect("the stream ended");
            if !block.event.is_empty() {
                return block;
            }
        }
    }
}

pub async fn ask(server: &TestServer, who: &Signed, from: From<'_>) -> reqwest::Response {
    let path = match from {
        From::Query(id) => format!("/events?after={id}"),
        From::Now | From::Header(_) => "/events".to_owned(),
    };
    let mut request = server.request(Method::GET, &path, who);
    if let From::Header(id) = from {
        request = request.header("last-event-id", id);
    }
    request.send().await.unwrap()
}

fn parse(text: &str) -> Block {
    let mut block = Block::default();
    for line in text.lines() {
        let (name, value) = line.split_once(": ").unwrap_or((line, ""));
        match name {
            "id" => block.id = value.to_owned(),
            "event" => block.event = value.to_owned(),
            "data" => block.data = value.to_owned(),
            "" => block.comment = value.to_owned(),
            "retry" => assert!(value.parse::<u32>().is_ok(), "{value}"),
            other => panic!("a line of no kind: {other}"),
        }
    }
    block
}

/// An event that carries `mark`, for one agent or for supervisors only.
pub fn marked(agent: Option<&str>, mark: &str) -> NewEvent {
    NewEvent {
        agent: agent.map(str::to_owned),
        body: Logged::Public(Event::Push {
            subscriber: "asha".to_owned(),
            payload: "opaque".into(),
            version: mark.to_owned(),
        }),
    }
}

/// The mark of a block.
pub fn mark(block: &Block) -> String {
    let data: serde_json::Value = serde_json::from_str(&block.data).unwrap();
    data["push"]["version"].as_str().unwrap().to_owned()
}

/// Logs `events` in one transaction.
pub async fn log(store: &dyn Store, events: Vec<NewEvent>) {
    let at = clock::now();
    let write = Write {
        events,
        at,
        ..Write::default()
    };
    store.commit(&[write]).await.unwrap();
}

/// Tries until it holds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !holds().await {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, wait).await.expect(what);
}
