//! Dialogs (RFC 3261 §12): who talks to whom, in which order, along which route. Independent of any flow.

use crate::Uri;
use crate::header::{CSeq, NameAddr};
use crate::message::{Headers, Method, Request, Response};

/// One side's view of a dialog.
///
/// ```text
///              1xx with To tag            2xx
///   (nothing) ───────────────▶ early ──────────▶ confirmed ──BYE, 408, 481──▶ (gone)
/// ```
/// The phase is not stored here: an early dialog lives inside an unanswered call, a confirmed one inside a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialog {
    call_id: String,
    /// Our From/To value, tag included, as it was first written.
    local: String,
    local_tag: String,
    /// Their From/To value, tag included where they gave one.
    remote: String,
    remote_tag: String,
    local_seq: u32,
    remote_seq: Option<u32>,
    target: Uri,
    /// The hops to visit as Route values, the nearest first.
    route: Vec<String>,
}

/// The tag of a From value.
pub(crate) fn from_tag(headers: &Headers) -> String {
    tag(headers, "From")
}

/// The tag of a To value; empty where there is none.
pub(crate) fn to_tag(headers: &Headers) -> String {
    tag(headers, "To")
}

fn tag(headers: &Headers, name: &str) -> String {
    let address = headers.get(name).and_then(|value| NameAddr::parse(value).ok());
    address
        .and_then(|address| address.tag().map(str::to_owned))
        .unwrap_or_default()
}

/// The CSeq number; 0 where there is none (callers have checked the message).
pub(crate) fn cseq(headers: &Headers) -> u32 {
    match headers.typed::<CSeq>() {
        Some(Ok(cseq)) => cseq.number,
        Some(Err(_)) | None => 0,
    }
}

/// The first Contact's URI.
pub(crate) fn contact(headers: &Headers) -> Option<Uri> {
    Some(NameAddr::parse(headers.get("Contact")?).ok()?.uri)
}

fn text(headers: &Headers, name: &str) -> String {
    headers.get(name).unwrap_or_default().to_owned()
}

fn record_route(headers: &Headers) -> Vec<String> {
    let mut hops = Vec::new();
    for hop in headers.all("Record-Route") {
        if NameAddr::parse(hop).is_ok() {
            hops.push(hop.to_owned());
        }
    }
    hops
}

impl Dialog {
    /// The dialog our INVITE and this response with a To tag make (§12.1.2).
    pub(crate) fn caller(invite: &Request, response: &Response) -> Box<Self> {
        let mut route = record_route(&response.headers);
        route.reverse();
        Box::new(Self {
            call_id: text(&response.headers, "Call-ID"),
            local: text(&response.headers, "From"),
            local_tag: from_tag(&response.headers),
            remote: text(&response.headers, "To"),
            remote_tag: to_tag(&response.headers),
            local_seq: cseq(&invite.headers),
            remote_seq: None,
            target: contact(&response.headers).unwrap_or_else(|| invite.uri.clone()),
            route,
        })
    }

    /// The dialog this INVITE makes once we answer with `local_tag` (§12.1.1). `None` without a Contact to answer to.
    pub(crate) fn callee(invite: &Request, local_tag: &str, first_seq: u32) -> Option<Box<Self>> {
        let mut local = text(&invite.headers, "To");
        local.push_str(";tag=");
        local.push_str(local_tag);
        Some(Box::new(Self {
            call_id: text(&invite.headers, "Call-ID"),
            local,
            local_tag: local_tag.to_owned(),
            remote: text(&invite.headers, "From"),
            remote_tag: from_tag(&invite.headers),
            local_seq: first_seq,
            remote_seq: Some(cseq(&invite.headers)),
            target: contact(&invite.headers)?,
            route: record_route(&invite.headers),
        }))
    }

    /// The Call-ID.
    pub(crate) fn call_id(&self) -> &str {
        &self.call_id
    }

    /// Whether a request from the far end belongs here.
    pub(crate) fn owns_request(&self, headers: &Headers) -> bool {
        headers.get("Call-ID") == Some(&self.call_id)
            && to_tag(headers) == self.local_tag
            && from_tag(headers) == self.remote_tag
    }

    /// Whether a response to a request of ours belongs here.
    pub(crate) fn owns_response(&self, headers: &Headers) -> bool {
        headers.get("Call-ID") == Some(&self.call_id)
            && from_tag(headers) == self.local_tag
            && to_tag(headers) == self.remote_tag
    }

    /// Takes note of a request's CSeq; false when it is out of order (§12.2.2: answer 500).
    pub(crate) fn advance(&mut self, headers: &Headers) -> bool {
        let number = cseq(headers);
        if self.remote_seq.is_some_and(|seen| number < seen) {
            return false;
        }
        self.remote_seq = Some(number);
        true
    }

    /// Takes the Contact of a target refresh (§12.2).
    pub(crate) fn refresh(&mut self, headers: &Headers) {
        if let Some(uri) = contact(headers) {
            self.target = uri;
        }
    }

    /// Takes route and target of the INVITE that made this dialog, come by a new path.
    pub(crate) fn reroute(&mut self, headers: &Headers) {
        self.route = record_route(headers);
        self.refresh(headers);
    }

    /// The next CSeq number of ours.
    pub(crate) fn next_seq(&mut self) -> u32 {
        self.local_seq += 1;
        self.local_seq
    }

    /// A new request within the dialog (§12.2.1.1).
    pub(crate) fn request(&mut self, method: Method) -> Request {
        let number = self.next_seq();
        self.build(method, number)
    }

    /// The ACK for the 2xx that answered our INVITE numbered `number` (§13.2.2.4).
    pub(crate) fn ack(&self, number: u32) -> Box<Request> {
        Box::new(self.build(Method::Ack, number))
    }

    fn build(&self, method: Method, number: u32) -> Request {
        // A first hop without `lr` is a strict router: it stands in the Request-URI, the target goes last.
        let first = self.route.first().and_then(|hop| NameAddr::parse(hop).ok());
        let strict = first.map(|hop| hop.uri).filter(|uri| !uri.has_param("lr"));
        let hops = self.route.iter().skip(strict.is_some().into());
        let last = strict
            .is_some()
            .then(|| ["<", self.target.as_text(), ">"].concat());
        let uri = strict.unwrap_or_else(|| self.target.clone());
        let mut request = Request::new(method.clone(), uri.without_headers());
        let headers = &mut request.headers;
        // All of these were read from a header or written by us, so they are legal values.
        for hop in hops.chain(&last) {
            let _ = headers.push_raw("Route", hop);
        }
        for (name, value) in [
            ("From", &self.local),
            ("To", &self.remote),
            ("Call-ID", &self.call_id),
        ] {
            let _ = headers.push_raw(name, value);
        }
        headers.push(&CSeq { number, method });
        request
    }
}
