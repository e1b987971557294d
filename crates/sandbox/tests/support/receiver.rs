//! A customer's server on loopback: takes every request, answers as told, keeps what came.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use exotel::hooks::{self, Hook, HookKind};
use sandbox::Running;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::control::{get, http, post};

/// One request that came.
#[derive(Clone, Debug)]
pub struct Came {
    pub method: String,
    pub path: String,
    pub query: String,
    pub content_type: Option<String>,
    pub authorization: Option<String>,
    pub body: Bytes,
}

impl Came {
    /// What it says; the last part of the path names the kind.
    pub fn hook(&self) -> Hook {
        let kind: HookKind = self.path.rsplit('/').next().unwrap().parse().unwrap();
        hooks::parse(kind, self.content_type.as_deref(), &self.query, &self.body).unwrap()
    }
}

#[derive(Default)]
struct Desk {
    came: Vec<Came>,
    /// What is answered to the next requests; afterwards 200 without a body.
    answers: VecDeque<(u16, String)>,
}

pub struct Receiver {
    pub origin: String,
    desk: Arc<Mutex<Desk>>,
    task: JoinHandle<()>,
}

impl Receiver {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let desk = Arc::new(Mutex::new(Desk::default()));
        let app = Router::new().fallback(take).with_state(Arc::clone(&desk));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { origin, desk, task }
    }

    /// Answers the next requests like this.
    pub fn will_answer(&self, answers: &[(u16, &str)]) {
        let answers = answers.iter().map(|(status, body)| (*status, (*body).to_owned()));
        self.desk.lock().unwrap().answers.extend(answers);
    }

    pub fn came(&self) -> Vec<Came> {
        self.desk.lock().unwrap().came.clone()
    }

    /// Waits until so many requests came.
    pub async fn wait(&self, count: usize) -> Vec<Came> {
        for _ in 0..800 {
            if self.came().len() >= count {
                return self.came();
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{} of {count} came: {:?}", self.came().len(), self.came());
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(State(desk): State<Arc<Mutex<Desk>>>, request: Request) -> (StatusCode, String) {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let header = |name| {
        let value = head.headers.get(name);
        value.map(|value| value.to_str().unwrap().to_owned())
    };
    let mut desk = desk.lock().unwrap();
    desk.came.push(Came {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        content_type: header(header::CONTENT_TYPE),
        authorization: header(header::AUTHORIZATION),
        body,
    });
    let (status, body) = desk.answers.pop_front().unwrap_or((200, String::new()));
    (StatusCode::from_u16(status).unwrap(), body)
}

/// The demo's app, spoken to over REST.
pub struct App {
    pub id: String,
    token: String,
}

impl App {
    /// With a token of its own, and every webhook set to the receiver.
    pub async fn new(running: &Running, receiver: &Receiver) -> Self {
        let platform = get(running, "/control/platform").await;
        let app = &platform["apps"][0];
        let id = app["AppID"].as_str().unwrap().to_owned();
        let body = json!({"Id": id, "Secret": app["AppSecret"], "Entity": "app"});
        let token = post(running, "/v2/integrations/token", body).await;
        let token = token["Data"].as_str().unwrap().to_owned();
        let app = Self { id, token };
        for key in ["popup", "incomingCallHangup", "missedCall", "callback"] {
            let url = format!("{}/hooks/{key}", receiver.origin);
            let body = json!({"Key": key, "Value": url});
            app.rest(running, "POST", "/app_setting", &body).await;
        }
        app
    }

    pub async fn rest(&self, running: &Running, method: &str, path: &str, body: &Value) -> Value {
        let extra = format!(
            "Authorization: {}\r\nContent-Type: application/json\r\n",
            self.token
        );
        let path = format!("/v2/integrations{path}");
        let (head, answer) = http(running, method, &path, &extra, &body.to_string()).await;
        assert!(head.starts_with("http/1.1 200"), "{path}: {head} {answer:?}");
        serde_json::from_slice(&answer).unwrap()
    }

    /// `outbound_call`; answers with the call's sid.
    pub async fn dial(&self, running: &Running, agent: &str, to: &str) -> String {
        let body = json!({"app_id": self.id, "user_id": agent, "to": to});
        let answer = self.rest(running, "POST", "/call/outbound_call", &body).await;
        answer["Data"]["CallSid"].as_str().unwrap().to_owned()
    }
}
