//! Who can be reached where (RFC 3261 §10.3, RFC 5626): an agent's phones, each on its own flow.

use sip::header::{Contact, Expires, NameAddr};
use sip::message::{Request, Response};
use sip::{Instant, Uri};

use super::places::FlowNo;

/// Seconds granted when the phone asks for none, and the most it gets.
const DEFAULT: u32 = 300;
const MOST: u32 = 3_600;

/// One phone of an agent.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    pub(super) agent: String,
    pub(super) contact: Uri,
    /// `+sip.instance`; empty when the phone gave none.
    pub(super) instance: String,
    pub(super) flow: FlowNo,
    pub(super) expires_at: Instant,
}

/// All bindings.
#[derive(Debug, Default)]
pub(super) struct Registrar {
    bindings: Vec<Binding>,
}

impl Registrar {
    /// An agent's phones.
    pub(super) fn of<'a>(&'a self, agent: &'a str) -> impl Iterator<Item = &'a Binding> {
        self.bindings.iter().filter(move |binding| binding.agent == agent)
    }

    /// Carries out an authenticated REGISTER of `agent` on `flow` and answers it. The second value is the device that
    /// is now bound, if one is.
    pub(super) fn register(
        &mut self,
        now: Instant,
        flow: FlowNo,
        agent: &str,
        request: &Request,
    ) -> (Response, Option<String>) {
        let Ok(contacts) = request
            .headers
            .typed_all::<Contact>()
            .collect::<Result<Vec<_>, _>>()
        else {
            return (request.reply(400), None);
        };
        let default = request
            .headers
            .typed::<Expires>()
            .and_then(Result::ok)
            .map_or(DEFAULT, |Expires(s)| s);
        if contacts.contains(&Contact::Any) {
            // `*` removes everything and stands alone (RFC 3261 §10.2.2).
            if contacts.len() > 1 || default != 0 {
                return (request.reply(400), None);
            }
            self.bindings.retain(|binding| binding.agent != agent);
        }
        let mut bound = None;
        for contact in &contacts {
            let Some(address) = contact.address() else {
                continue;
            };
            let seconds = contact.expires().unwrap_or(default).min(MOST);
            let instance = address.params.get("+sip.instance").unwrap_or_default().to_owned();
            self.bindings.retain(|binding| {
                let same_device = !instance.is_empty() && binding.instance == instance;
                binding.agent != agent || !(same_device || binding.contact.equivalent(&address.uri))
            });
            if seconds > 0 {
                bound = Some(instance.clone());
                self.bindings.push(Binding {
                    agent: agent.to_owned(),
                    contact: address.uri.clone(),
                    instance,
                    flow,
                    expires_at: Instant(now.0 + u64::from(seconds) * 1000),
                });
            }
        }
        (self.answer(now, agent, request), bound)
    }

    fn answer(&self, now: Instant, agent: &str, request: &Request) -> Response {
        let mut response = request.reply(200);
        for binding in self.of(agent) {
            let left = binding.expires_at.since(now).div_ceil(1000);
            let mut address = NameAddr::new(binding.contact.clone());
            address.params.set("expires", &left.to_string());
            if !binding.instance.is_empty() {
                address.params.set_quoted("+sip.instance", &binding.instance);
            }
            response.headers.push(&Contact::Address(address));
        }
        response
    }

    /// A flow is gone, and with it whatever was reached over it.
    pub(super) fn flow_lost(&mut self, flow: FlowNo) {
        self.bindings.retain(|binding| binding.flow != flow);
    }

    /// Forgets what was not refreshed.
    pub(super) fn expire(&mut self, now: Instant) {
        self.bindings.retain(|binding| binding.expires_at > now);
    }

    /// When the next binding runs out.
    pub(super) fn next_expiry(&self) -> Option<Instant> {
        self.bindings.iter().map(|binding| binding.expires_at).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sip::message::Message;

    fn request(contact: &str, expires: &str) -> Request {
        let text = format!(
            "REGISTER sip:sandbox.test SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK1\r\n\
             From: <sip:asha@sandbox.test>;tag=1\r\nTo: <sip:asha@sandbox.test>\r\nCall-ID: 1\r\n\
             CSeq: 1 REGISTER\r\nMax-Forwards: 70\r\nContact: {contact}\r\nExpires: {expires}\r\n\r\n"
        );
        let Message::Request(request) = Message::parse(text.as_bytes()).unwrap() else {
            panic!("a request")
        };
        request
    }

    const PHONE: &str = "<sip:a@x.invalid;transport=ws>;+sip.instance=\"<urn:uuid:1>\";reg-id=1";

    #[test]
    fn a_binding_is_told_back_and_runs_out() {
        let mut registrar = Registrar::default();
        let (response, bound) = registrar.register(Instant(0), FlowNo(1), "asha", &request(PHONE, "60"));
        assert_eq!((response.status, bound.as_deref()), (200, Some("<urn:uuid:1>")));
        assert_eq!(
            response.headers.typed::<Contact>().unwrap().unwrap().expires(),
            Some(60)
        );
        assert_eq!(registrar.next_expiry(), Some(Instant(60_000)));
        registrar.expire(Instant(59_999));
        assert_eq!(registrar.of("asha").count(), 1);
        registrar.expire(Instant(60_000));
        assert_eq!(registrar.of("asha").count(), 0);
    }

    #[test]
    fn the_same_device_on_a_new_flow_replaces_itself_and_another_adds() {
        let mut registrar = Registrar::default();
        registrar.register(Instant(0), FlowNo(1), "asha", &request(PHONE, "60"));
        registrar.register(Instant(5), FlowNo(2), "asha", &request(PHONE, "60"));
        assert_eq!(
            registrar.of("asha").map(|b| b.flow).collect::<Vec<_>>(),
            [FlowNo(2)]
        );
        registrar.register(Instant(9), FlowNo(3), "asha", &request("<sip:a@y.invalid>", "60"));
        assert_eq!(registrar.of("asha").count(), 2);
        registrar.flow_lost(FlowNo(2));
        assert_eq!(
            registrar.of("asha").map(|b| b.flow).collect::<Vec<_>>(),
            [FlowNo(3)]
        );
    }

    #[test]
    fn zero_removes_one_and_a_star_all() {
        let mut registrar = Registrar::default();
        registrar.register(Instant(0), FlowNo(1), "asha", &request(PHONE, "60"));
        registrar.register(Instant(0), FlowNo(2), "asha", &request("<sip:a@y.invalid>", "60"));
        registrar.register(Instant(1), FlowNo(1), "asha", &request(PHONE, "0"));
        assert_eq!(registrar.of("asha").count(), 1);
        assert_eq!(
            registrar
                .register(Instant(1), FlowNo(1), "asha", &request("*", "5"))
                .0
                .status,
            400
        );
        assert_eq!(
            registrar
                .register(Instant(1), FlowNo(1), "asha", &request("*", "0"))
                .0
                .status,
            200
        );
        assert_eq!(registrar.of("asha").count(), 0);
    }
}
