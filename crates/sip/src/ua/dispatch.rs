//! From a frame to the part of the user agent it concerns (RFC 3261 §8.2, §12.2.2, §18.1.2).

use super::UserAgent;
use super::call::{Call, State};
use super::client::User;
use super::event::CallId;
use super::fields::{ACCEPT, ALLOW, put, tag_to};
use super::incoming::Incoming;
use super::outgoing::refuse_success;
use super::stack::Arrival;
use crate::Instant;
use crate::dialog::to_tag;
use crate::message::{Message, Method, Request, Response};
use crate::transaction::ServerKey;

impl UserAgent {
    /// One frame from the flow.
    pub(super) fn dispatch(&mut self, now: Instant, bytes: &[u8]) {
        match bytes {
            b"\r\n\r\n" => {
                self.stack.hear(now, false);
                self.stack.send(String::from("\r\n"));
            }
            b"\r\n" => self.stack.hear(now, true),
            _ => {
                self.stack.hear(now, false);
                match Message::parse(bytes) {
                    Ok(Message::Request(request)) => self.request(now, Box::new(request)),
                    Ok(Message::Response(response)) => self.response(now, Box::new(response)),
                    Err(error) => {
                        if let Some(reply) = error.reply {
                            self.stack.reply(*reply);
                        }
                    }
                }
            }
        }
    }

    // --- responses ---

    fn response(&mut self, now: Instant, response: Box<Response>) {
        // §8.1.3.3: more than one Via means it was meant for somebody behind us, and nobody is.
        if response.check().is_err() || response.headers.count("Via") != 1 {
            return;
        }
        match self.stack.receive(now, response) {
            Arrival::Provisional {
                user: User::Call(id),
                response,
            } => {
                self.with_call(id, |state, stack| state.provisional(stack, now, id, response));
            }
            Arrival::Success {
                user,
                invite,
                response,
            } => self.success(now, user, &invite, response),
            Arrival::Final { client, response } => match client.user {
                User::Registration => {
                    self.registration
                        .final_response(&mut self.stack, now, client, &response)
                }
                User::Call(id) => {
                    self.with_call(id, |state, stack| {
                        state.final_response(stack, now, id, client, response)
                    });
                }
                User::Nobody => {}
            },
            Arrival::Stray(response) => self.stray(&response),
            Arrival::Provisional {
                user: User::Registration | User::Nobody,
                ..
            }
            | Arrival::Nothing => {}
        }
    }

    /// 2xx to an INVITE: for the call it made, or for nobody any more (another fork, a call given up).
    fn success(&mut self, now: Instant, user: User, invite: &Request, response: Box<Response>) {
        let User::Call(id) = user else { return };
        let wanted = self.calls.iter().any(|call| {
            call.id == id
                && match &call.state {
                    State::Outgoing(_) => true,
                    State::Session(_) | State::Leaving(_) => call.owns_response(&response.headers),
                    State::Incoming(_) => false,
                }
        });
        if wanted {
            self.with_call(id, |state, stack| state.success(stack, now, id, invite, response));
        } else if self
            .calls
            .iter()
            .any(|call| call.owns_response(&response.headers))
        {
            self.stray(&response);
        } else {
            let id = self.next_id();
            let state = refuse_success(&mut self.stack, now, id, invite, &response, None);
            self.calls.push(Call { id, state });
        }
    }

    /// A 2xx whose transaction is over is acknowledged again if we know the dialog (RFC 6026 §8.? leaves it to us).
    fn stray(&mut self, response: &Response) {
        let Some(call) = self
            .calls
            .iter_mut()
            .find(|call| call.owns_response(&response.headers))
        else {
            return;
        };
        match &mut call.state {
            State::Session(session) => session.acknowledge(&mut self.stack, None, response),
            State::Leaving(leaving) => leaving.acknowledge(&mut self.stack, response),
            State::Outgoing(_) | State::Incoming(_) => {}
        }
    }

    // --- requests ---

    fn request(&mut self, now: Instant, request: Box<Request>) {
        if let Err(rejection) = request.check() {
            if request.method != Method::Ack {
                self.stack.reply(rejection.response(&request));
            }
            return;
        }
        let Some(key) = ServerKey::of(&request.headers) else {
            return;
        };
        match request.method {
            Method::Invite => self.invited(now, key, request),
            Method::Ack => self.acknowledged(now, &key, &request),
            Method::Cancel => self.cancelled(now, &key, &request),
            Method::Bye => self.bye(now, &request),
            Method::Info => self.informed(&request),
            Method::Options => self.options(&request),
            _ => {
                let mut response = request.reply(405);
                put(&mut response.headers, "Allow", ALLOW);
                self.stack.reply(response);
            }
        }
    }

    /// The call whose dialog a request belongs to.
    fn owner(&self, request: &Request) -> Option<CallId> {
        self.calls
            .iter()
            .find(|call| call.owns_request(&request.headers))
            .map(|call| call.id)
    }

    /// Within a dialog: its owner, with the CSeq noted; what is out of order or without dialog is answered here.
    fn in_dialog(&mut self, request: &Request) -> Option<CallId> {
        let Some(call) = self
            .calls
            .iter_mut()
            .find(|call| call.owns_request(&request.headers))
        else {
            self.stack.answer(request, 481);
            return None;
        };
        let dialog = match &mut call.state {
            State::Incoming(incoming) => &mut incoming.dialog,
            State::Session(session) => &mut session.dialog,
            State::Leaving(leaving) => &mut leaving.dialog,
            State::Outgoing(_) => return None,
        };
        if !dialog.advance(&request.headers) {
            self.stack.answer(request, 500);
            return None;
        }
        Some(call.id)
    }

    fn invited(&mut self, now: Instant, key: ServerKey, invite: Box<Request>) {
        if let Some(server) = self.stack.server(&key) {
            let again = server.machine.repeat().map(str::to_owned);
            if let Some(response) = again {
                self.stack.send(response);
            }
            return;
        }
        if to_tag(&invite.headers).is_empty() {
            if let Some(first) = self.stack.merged(&invite) {
                let stranded = self.stack.is_stranded(first).then(|| first.key.clone());
                self.invited_again(now, stranded, key, invite);
                return;
            }
            self.stack.open_server(key.clone(), &invite);
            let id = self.next_id();
            if let Some(state) = Incoming::announce(&mut self.stack, now, id, key, invite) {
                self.calls.push(Call { id, state });
            }
            return;
        }
        let Some(id) = self.in_dialog(&invite) else { return };
        self.with_call(id, |state, stack| match state {
            State::Session(mut session) => {
                stack.open_server(key.clone(), &invite);
                session.invited(stack, now, id, key, invite);
                Some(State::Session(session))
            }
            kept @ (State::Incoming(_) | State::Leaving(_) | State::Outgoing(_)) => {
                let status = if matches!(kept, State::Incoming(_)) {
                    491
                } else {
                    481
                };
                stack.answer(&invite, status);
                Some(kept)
            }
        });
    }

    /// The INVITE of a call we have, by another branch: the same call if the first came by a flow now lost
    /// (`stranded`) and rings still, else a loop or a merge of forks.
    fn invited_again(
        &mut self,
        now: Instant,
        stranded: Option<ServerKey>,
        key: ServerKey,
        invite: Box<Request>,
    ) {
        let call = stranded.and_then(|first| self.calls.iter_mut().find(|call| call.answers(&first)));
        match call.map(|call| &mut call.state) {
            Some(State::Incoming(incoming)) => incoming.come_again(&mut self.stack, now, key, invite),
            Some(State::Outgoing(_) | State::Session(_) | State::Leaving(_)) | None => {
                self.stack.answer(&invite, 482);
            }
        }
    }

    fn acknowledged(&mut self, now: Instant, key: &ServerKey, ack: &Request) {
        if self.stack.take_ack(key) {
            return;
        }
        let Some(id) = self.owner(ack) else { return };
        self.with_call(id, |state, stack| match state {
            State::Session(session) => session.acknowledged(stack, now, id, ack),
            State::Leaving(leaving) => Some(leaving.acknowledged(stack, now, id, ack)),
            kept @ (State::Incoming(_) | State::Outgoing(_)) => Some(kept),
        });
    }

    fn cancelled(&mut self, now: Instant, key: &ServerKey, cancel: &Request) {
        if self.stack.server(key).is_none() {
            self.stack.answer(cancel, 481);
            return;
        }
        let call = self.calls.iter().find(|call| call.answers(key));
        let mut response = cancel.reply(200);
        // §9.2: the To tag of this 200 is that of the INVITE's own response.
        if let Some(State::Incoming(incoming)) = call.map(|call| &call.state) {
            tag_to(&mut response.headers, incoming.local_tag());
        }
        let id = call.map(|call| call.id);
        self.stack.reply(response);
        let Some(id) = id else { return };
        self.with_call(id, |state, stack| match state {
            State::Incoming(incoming) => incoming.cancelled(stack, now, id, &cancel.headers),
            State::Session(mut session) => {
                session.reinvite_cancelled(stack, now, id);
                Some(State::Session(session))
            }
            kept @ (State::Outgoing(_) | State::Leaving(_)) => Some(kept),
        });
    }

    fn bye(&mut self, now: Instant, bye: &Request) {
        let Some(id) = self.in_dialog(bye) else { return };
        self.with_call(id, |state, stack| match state {
            State::Session(session) => session.bye(stack, now, id, bye),
            State::Incoming(incoming) => incoming.bye(stack, now, id, bye),
            State::Leaving(leaving) => leaving.bye(stack, id, bye),
            kept @ State::Outgoing(_) => Some(kept),
        });
    }

    fn informed(&mut self, info: &Request) {
        let Some(id) = self.in_dialog(info) else { return };
        self.with_call(id, |state, stack| {
            match &state {
                State::Session(session) => session.informed(stack, id, info),
                State::Incoming(_) | State::Leaving(_) | State::Outgoing(_) => stack.answer(info, 481),
            }
            Some(state)
        });
    }

    fn options(&mut self, options: &Request) {
        if !to_tag(&options.headers).is_empty() && self.in_dialog(options).is_none() {
            return;
        }
        let mut response = options.reply(200);
        put(&mut response.headers, "Allow", ALLOW);
        put(&mut response.headers, "Accept", ACCEPT);
        put(&mut response.headers, "Supported", "outbound");
        self.stack.reply(response);
    }
}
