//! The companion server seen from the worker: its stream of events, its history, and the reports it is sent. By callbacks,
//! not by futures: what runs those is 2 KB of the worker.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::Object;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::json::Parsed;
use super::listener::{Callback, callback};
use super::reflect;
use crate::companion::CHANGE_HEADER;
use crate::sse::{Reader, Told};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch(url: &str, init: &JsValue) -> Pending;
    #[wasm_bindgen(js_name = encodeURIComponent)]
    fn segment(text: &str) -> String;
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;

    type Pending;
    #[wasm_bindgen(method, js_name = then)]
    fn then(this: &Pending, done: &JsValue, failed: &JsValue) -> Pending;

    type AbortController;
    #[wasm_bindgen(constructor)]
    fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &AbortController) -> JsValue;
    #[wasm_bindgen(method)]
    fn abort(this: &AbortController);

    type Answer;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> u16;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Answer) -> Body;
    #[wasm_bindgen(method)]
    fn json(this: &Answer) -> Pending;

    type Body;
    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Body) -> Chunks;

    #[derive(Clone)]
    type Chunks;
    #[wasm_bindgen(method)]
    fn read(this: &Chunks) -> Pending;
}

/// What is heard of a request.
pub enum Heard {
    /// The stream has begun.
    Open,
    /// Bytes of it have come; they end after the event with this id, to go on from there.
    Alive(String),
    /// How long to wait after the stream's end, ms.
    Retry(u64),
    /// An event: its name and its data.
    Event(String, Parsed),
    /// The whole answer to [`Request::history`].
    Answer(Parsed),
    /// Nothing more comes.
    Closed,
    /// 401.
    Unauthorized,
}

/// A request under way. Dropping it ends it, and nothing is heard of it any more.
#[must_use = "dropping it ends it"]
pub struct Request(Rc<Inner>);

struct Inner {
    abort: AbortController,
    hear: Box<dyn Fn(Heard)>,
    state: RefCell<State>,
    /// Itself, while the browser still has a promise of it: the callbacks must outlive a request that is dropped. An
    /// aborted promise ends at once.
    pending: RefCell<Option<Rc<Self>>>,
    done: Callback,
    failed: Callback,
}

/// What the promise waited for brings.
enum State {
    /// The answer's head, whose body is then read event by event.
    Stream(Reader),
    /// The next bytes.
    Chunk(Chunks, Reader),
    /// The answer's head, whose body is then read at once.
    Document,
    /// That body.
    Body,
    /// Nothing more.
    Over,
}

impl Request {
    /// Opens the stream of events, after the event with that id; empty for none.
    pub fn events(bearer: Option<&str>, after: &str, hear: impl Fn(Heard) + 'static) -> Self {
        let headers = headers(bearer);
        if !after.is_empty() {
            reflect::set(&headers, "last-event-id", &JsValue::from_str(after));
        }
        Self::start(
            "/events",
            &headers,
            State::Stream(Reader::after(after)),
            Box::new(hear),
        )
    }

    /// Reads the newest calls of this agent: a supervisor would get everybody's.
    pub fn history(agent: &str, bearer: Option<&str>, hear: impl Fn(Heard) + 'static) -> Self {
        let url = ["/api/calls?limit=50&agent=", &segment(agent)].concat();
        Self::start(&url, &headers(bearer), State::Document, Box::new(hear))
    }

    fn start(url: &str, headers: &Object, state: State, hear: Box<dyn Fn(Heard)>) -> Self {
        let abort = AbortController::new();
        let init = Object::new();
        reflect::set(&init, "headers", headers);
        reflect::set(&init, "cache", &JsValue::from_str("no-store"));
        reflect::set(&init, "signal", &abort.signal());
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let (done, failed) = (weak.clone(), weak.clone());
            let with = |inner: &Weak<Inner>, act: &dyn Fn(&Rc<Inner>)| {
                if let Some(inner) = inner.upgrade() {
                    inner.pending.take();
                    act(&inner);
                }
            };
            Inner {
                abort,
                hear,
                state: RefCell::new(state),
                pending: RefCell::default(),
                done: callback(Box::new(move |value| with(&done, &|inner| inner.came(&value)))),
                failed: callback(Box::new(move |_| with(&failed, &|inner| inner.end()))),
            }
        });
        inner.wait(&fetch(url, &init));
        Self(inner)
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.0.state.replace(State::Over);
        self.0.abort.abort();
    }
}

impl Inner {
    fn wait(self: &Rc<Self>, promise: &Pending) {
        self.pending.replace(Some(Rc::clone(self)));
        promise.then(self.done.as_ref(), self.failed.as_ref());
    }

    fn end(&self) {
        if !matches!(self.state.replace(State::Over), State::Over) {
            (self.hear)(Heard::Closed);
        }
    }

    /// What the promise waited for has come. Whoever hears of it may drop the request meanwhile.
    fn came(self: &Rc<Self>, value: &JsValue) {
        match self.state.replace(State::Over) {
            State::Stream(reader) => match self.head(value) {
                Some(answer) => self.next(answer.body().reader(), reader, Heard::Open),
                None => (self.hear)(Heard::Closed),
            },
            State::Chunk(chunks, mut reader) => {
                let Some(bytes) = reflect::get(value, "value") else {
                    return (self.hear)(Heard::Closed);
                };
                let mut events = Vec::new();
                reader.feed(&reflect::bytes(&bytes), |told| events.push(told));
                let id = reader.last_id().to_owned();
                let retry = reader.take_retry();
                self.next(chunks, reader, Heard::Alive(id));
                if let Some(retry) = retry {
                    (self.hear)(Heard::Retry(retry));
                }
                for told in events {
                    self.tell(told);
                }
            }
            State::Document => match self.head(value) {
                Some(answer) => {
                    self.state.replace(State::Body);
                    self.wait(&answer.json());
                }
                None => (self.hear)(Heard::Closed),
            },
            State::Body => (self.hear)(Heard::Answer(Parsed(value.clone()))),
            State::Over => {}
        }
    }

    /// The answer, if it is 200. It tells of 401 itself.
    fn head<'a>(&self, value: &'a JsValue) -> Option<&'a Answer> {
        let answer: &Answer = value.unchecked_ref();
        match answer.status() {
            200 => Some(answer),
            401 => {
                (self.hear)(Heard::Unauthorized);
                None
            }
            _ => None,
        }
    }

    fn next(self: &Rc<Self>, chunks: Chunks, reader: Reader, heard: Heard) {
        self.wait(&chunks.read());
        self.state.replace(State::Chunk(chunks, reader));
        (self.hear)(heard);
    }

    /// An event that is no JSON says nothing.
    fn tell(&self, told: Told) {
        if matches!(*self.state.borrow(), State::Over) {
            return;
        }
        let data = parse(&told.data).unwrap_or(JsValue::UNDEFINED);
        (self.hear)(Heard::Event(told.name, Parsed(data)));
    }
}

/// Sends reports; whether they arrive is not waited for.
pub struct Reports {
    ignore: Callback,
}

impl Default for Reports {
    fn default() -> Self {
        Self {
            ignore: callback(Box::new(|_| {})),
        }
    }
}

impl Reports {
    /// What became of the leg of a call, in the wire's word (`protocol::call::LegReport`).
    pub fn leg(&self, bearer: Option<&str>, sid: &str, word: &str) {
        let headers = headers(bearer);
        reflect::set(&headers, CHANGE_HEADER, &JsValue::from_str("1"));
        reflect::set(&headers, "content-type", &JsValue::from_str("application/json"));
        let init = Object::new();
        reflect::set(&init, "method", &JsValue::from_str("POST"));
        reflect::set(&init, "headers", &headers);
        reflect::set(&init, "keepalive", &JsValue::TRUE);
        reflect::set(&init, "body", &JsValue::from_str(&["\"", word, "\""].concat()));
        // The id came in a SIP message: anything may be in it.
        let url = ["/api/calls/", &segment(sid), "/leg"].concat();
        let ignore = self.ignore.as_ref();
        fetch(&url, &init).then(ignore, ignore);
    }
}

fn headers(bearer: Option<&str>) -> Object {
    let headers = Object::new();
    if let Some(token) = bearer {
        let value = JsValue::from_str(&["Bearer ", token].concat());
        reflect::set(&headers, "authorization", &value);
    }
    headers
}
