//! Registration (RFC 3261 §10, RFC 5626): one binding, on this flow.

use super::client::{Client, User};
use super::credentials::AuthError;
use super::event::{Event, RegisterError};
use super::fields::put;
use super::stack::Stack;
use crate::dialog::cseq;
use crate::header::{CSeq, Contact, Expires, FlowTimer, MinExpires, NameAddr, RetryAfter, To};
use crate::message::{Method, Request, Response};
use crate::scan::number_into;
use crate::{Instant, Uri};

/// The longest Min-Expires we follow, s.
const MAX_EXPIRES: u32 = 86_400;

/// Where the binding stands. Only Registered and Refreshing are "registered".
///
/// ```text
///                  ┌────────── refused, 32 s, cut ─────────┐
///                  ▼                                       │
///   Idle ──register()──▶ Registering ──200──▶ Registered ──┼─ 80 % ──▶ Refreshing
///    ▲                      ▲ │ 423: longer      ▲         │              │ │ │
///    │                      └─┘ (once)           └──200────┼──────────────┘ │ │
///    │                                                     └──refused───────┘ │
///    ├──────────────────────expired, cut──────────────────────────────────────┘
///    └──any answer, cut── Unregistering ◀──unregister()── any
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// No binding that we know of.
    Idle,
    /// REGISTER is out, no binding yet; `longer` once 423 made us ask for more.
    Registering { longer: bool },
    /// Bound.
    Registered {
        refresh_at: Instant,
        expires_at: Instant,
    },
    /// Bound, and REGISTER is out again.
    Refreshing { expires_at: Instant },
    /// REGISTER with expires 0 is out.
    Unregistering,
}

/// Our binding at the registrar.
pub(crate) struct Registration {
    state: State,
    call_id: String,
    tag: String,
    cseq: u32,
    expires: u32,
}

impl Registration {
    pub(crate) fn new(stack: &mut Stack) -> Self {
        Self {
            state: State::Idle,
            call_id: stack.entropy.token(22),
            tag: stack.entropy.token(10),
            cseq: 0,
            expires: stack.config.register_expires,
        }
    }

    /// Whether a 200 OK on this flow has not expired.
    pub(crate) fn is_registered(&self, now: Instant) -> bool {
        match self.state {
            State::Registered { expires_at, .. } | State::Refreshing { expires_at } => now < expires_at,
            State::Idle | State::Registering { .. } | State::Unregistering => false,
        }
    }

    /// Registers, or refreshes at once.
    pub(crate) fn register(&mut self, stack: &mut Stack, now: Instant) {
        if !stack.flow.is_up() {
            stack.event(Event::RegisterFailed(RegisterError::FlowLost));
            return;
        }
        self.state = match self.state {
            kept @ (State::Registering { .. } | State::Refreshing { .. }) => {
                self.state = kept;
                return;
            }
            State::Registered { expires_at, .. } => State::Refreshing { expires_at },
            State::Idle | State::Unregistering => State::Registering { longer: false },
        };
        self.expires = stack.config.register_expires;
        self.send(stack, now, self.expires);
    }

    /// Removes the binding.
    pub(crate) fn unregister(&mut self, stack: &mut Stack, now: Instant) {
        match self.state {
            State::Unregistering => {}
            State::Idle => stack.event(Event::Unregistered),
            State::Registering { .. } | State::Registered { .. } | State::Refreshing { .. } => {
                self.state = State::Unregistering;
                self.send(stack, now, 0);
            }
        }
    }

    fn send(&mut self, stack: &mut Stack, now: Instant, expires: u32) {
        stack.forget(User::Registration);
        let Some(registrar) = stack.config.registrar.clone() else {
            self.fail(stack, RegisterError::NoAnswer);
            return;
        };
        self.cseq += 1;
        let mut request = Request::new(Method::Register, registrar);
        stack.common(&mut request);
        let headers = &mut request.headers;
        headers.push(&stack.from(&self.tag));
        headers.push(&To(NameAddr::new(stack.config.address.clone())));
        put(headers, "Call-ID", &self.call_id);
        headers.push(&CSeq {
            number: self.cseq,
            method: Method::Register,
        });
        let mut contact = NameAddr::new(stack.contact.clone());
        if !stack.config.instance.is_empty() {
            contact.params.set("reg-id", "1");
            let mut instance = String::from("<");
            instance.push_str(&stack.config.instance);
            instance.push('>');
            contact.params.set_quoted("+sip.instance", &instance);
        }
        let mut seconds = String::new();
        number_into(&mut seconds, u64::from(expires));
        contact.params.set("expires", &seconds);
        headers.push(&Contact::Address(contact));
        headers.push(&Expires(expires));
        put(headers, "Supported", "outbound, path");
        put(headers, "Allow", super::fields::ALLOW);
        stack.request(now, User::Registration, request);
    }

    /// The final response to REGISTER.
    pub(crate) fn final_response(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        client: Client,
        response: &Response,
    ) {
        if matches!(self.state, State::Idle) || cseq(&response.headers) != self.cseq {
            return;
        }
        match response.status {
            401 | 407 => match stack.retry(now, client, response, self.cseq + 1) {
                Ok(()) => self.cseq += 1,
                Err(AuthError::WrongPassword) => self.fail(stack, RegisterError::WrongPassword),
                Err(AuthError::Unsupported) => self.fail(stack, RegisterError::UnsupportedAuth),
            },
            423 => self.ask_longer(stack, now, response),
            200..=299 => self.bound(stack, now, response),
            _ => self.fail(stack, refused(response)),
        }
    }

    fn ask_longer(&mut self, stack: &mut Stack, now: Instant, response: &Response) {
        let least = match response.headers.typed::<MinExpires>() {
            Some(Ok(MinExpires(seconds))) => seconds,
            Some(Err(_)) | None => 0,
        };
        let sensible = least > self.expires && least <= MAX_EXPIRES;
        match self.state {
            State::Registering { longer: false } | State::Refreshing { .. } if sensible => {
                self.expires = least;
                if let State::Registering { .. } = self.state {
                    self.state = State::Registering { longer: true };
                }
                self.send(stack, now, least);
            }
            State::Idle
            | State::Registering { .. }
            | State::Registered { .. }
            | State::Refreshing { .. }
            | State::Unregistering => self.fail(stack, refused(response)),
        }
    }

    fn bound(&mut self, stack: &mut Stack, now: Instant, response: &Response) {
        match self.state {
            State::Unregistering => {
                self.state = State::Idle;
                stack.event(Event::Unregistered);
            }
            State::Registering { .. } | State::Refreshing { .. } => {
                let expires = granted(&stack.contact, response).unwrap_or(self.expires);
                if expires == 0 {
                    self.fail(stack, refused(response));
                    return;
                }
                stack.service_route.clear();
                for hop in response.headers.all("Service-Route") {
                    stack.service_route.push(hop.to_owned());
                }
                if let Some(Ok(FlowTimer(seconds))) = response.headers.typed::<FlowTimer>() {
                    stack.ping_within(seconds);
                }
                let life = u64::from(expires) * 1_000;
                self.state = State::Registered {
                    refresh_at: now + life / 5 * 4,
                    expires_at: now + life,
                };
                stack.event(Event::Registered { expires });
            }
            State::Idle | State::Registered { .. } => {}
        }
    }

    /// REGISTER got no answer.
    pub(crate) fn unanswered(&mut self, stack: &mut Stack) {
        self.fail(stack, RegisterError::NoAnswer);
    }

    /// The flow, and with it the binding, is gone.
    pub(crate) fn cut(&mut self, stack: &mut Stack) {
        match self.state {
            State::Registering { .. } | State::Refreshing { .. } | State::Unregistering => {
                self.fail(stack, RegisterError::FlowLost);
            }
            State::Idle | State::Registered { .. } => self.state = State::Idle,
        }
    }

    fn fail(&mut self, stack: &mut Stack, error: RegisterError) {
        let event = match std::mem::replace(&mut self.state, State::Idle) {
            // Whatever the answer, we are not registered any more as far as we are concerned.
            State::Unregistering => Event::Unregistered,
            State::Idle | State::Registering { .. } | State::Registered { .. } | State::Refreshing { .. } => {
                Event::RegisterFailed(error)
            }
        };
        stack.event(event);
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Registered { refresh_at, .. } => Some(refresh_at),
            State::Refreshing { expires_at } => Some(expires_at),
            State::Idle | State::Registering { .. } | State::Unregistering => None,
        }
    }

    pub(crate) fn tick(&mut self, stack: &mut Stack, now: Instant) {
        match self.state {
            State::Registered { refresh_at, .. } if now >= refresh_at => self.register(stack, now),
            State::Refreshing { expires_at } if now >= expires_at => {
                stack.forget(User::Registration);
                self.fail(stack, RegisterError::NoAnswer);
            }
            State::Idle
            | State::Registering { .. }
            | State::Registered { .. }
            | State::Refreshing { .. }
            | State::Unregistering => {}
        }
    }
}

/// The lifetime a 200 OK grants us: of the Contact that is ours, else of the whole response (§10.2.4).
fn granted(ours: &Uri, response: &Response) -> Option<u32> {
    let of_contact = response
        .headers
        .typed_all::<Contact>()
        .find_map(|contact| match contact {
            Ok(contact) if contact.address().is_some_and(|a| is_ours(&a.uri, ours)) => contact.expires(),
            Ok(_) | Err(_) => None,
        });
    of_contact.or_else(|| match response.headers.typed::<Expires>() {
        Some(Ok(Expires(seconds))) => Some(seconds),
        Some(Err(_)) | None => None,
    })
}

/// Our user part is random, so it and the host tell our binding among others (RFC 3261 §10.2.4 asks for URI equality).
fn is_ours(uri: &Uri, ours: &Uri) -> bool {
    uri.user() == ours.user() && uri.host_text().eq_ignore_ascii_case(ours.host_text())
}

fn refused(response: &Response) -> RegisterError {
    let retry_after = match response.headers.typed::<RetryAfter>() {
        Some(Ok(RetryAfter(seconds))) => Some(seconds),
        Some(Err(_)) | None => None,
    };
    RegisterError::Refused {
        status: response.status,
        phrase: response.reason.clone(),
        retry_after,
    }
}
