//! INFO (RFC 6086) in its old, package-less form: DTMF as `application/dtmf-relay`.

use super::client::User;
use super::event::{CallError, CallId, Event};
use super::fields::attach;
use super::session::Session;
use super::stack::Stack;
use crate::Instant;
use crate::message::{Method, Request};
use crate::scan::number_into;

/// The body type of one digit.
pub const DTMF_RELAY: &str = "application/dtmf-relay";

/// The body of one digit.
pub(crate) fn dtmf_body(digit: char, duration_ms: u16) -> Result<String, CallError> {
    let digit = digit.to_ascii_uppercase();
    if !matches!(digit, '0'..='9' | 'A'..='D' | '*' | '#') {
        return Err(CallError::BadDigit);
    }
    let mut body = String::from("Signal=");
    body.push(digit);
    body.push_str("\r\nDuration=");
    number_into(&mut body, u64::from(duration_ms));
    body.push_str("\r\n");
    Ok(body)
}

impl Session {
    /// Sends INFO after those before it: a challenged digit must not be overtaken by the next.
    pub(crate) fn info(
        &mut self,
        stack: &mut Stack,
        now: Instant,
        id: CallId,
        content_type: &str,
        body: String,
    ) -> Result<(), CallError> {
        if !stack.flow.is_up() {
            return Err(CallError::NoFlow);
        }
        if content_type.bytes().any(|b| b.is_ascii_control()) || content_type.is_empty() {
            return Err(CallError::BadHeader);
        }
        self.infos.push((content_type.to_owned(), body));
        if self.infos.as_slice().len() == 1 {
            self.send_info(stack, now, id);
        }
        Ok(())
    }

    fn send_info(&mut self, stack: &mut Stack, now: Instant, id: CallId) {
        if let Some((content_type, body)) = self.infos.as_slice().first() {
            let mut info = self.dialog.request(Method::Info);
            stack.common(&mut info);
            attach(&mut info.headers, &mut info.body, content_type, body.clone());
            stack.request(now, User::Call(id), info);
        }
    }

    /// The INFO under way is done; the next one goes.
    pub(super) fn info_done(&mut self, stack: &mut Stack, now: Instant, id: CallId, status: u16) {
        if self.infos.pop().is_some() {
            stack.event(Event::InfoDone { id, status });
            self.send_info(stack, now, id);
        }
    }

    /// Their INFO, in order.
    pub(crate) fn informed(&self, stack: &mut Stack, id: CallId, info: &Request) {
        stack.answer(info, 200);
        stack.event(Event::Info {
            id,
            content_type: info.headers.get("Content-Type").unwrap_or_default().to_owned(),
            body: crate::text::lossy(&info.body),
        });
    }
}
