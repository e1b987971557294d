//! Judging a request as a user agent server must (RFC 3261 §8.2), before anything acts on it.

use super::{Headers, Method, Request, Response};
use crate::error::HeaderError;
use crate::header::{CSeq, CallId, Contact, ContentType, From, Header, MaxForwards, To, Via};
use crate::text::{head, split, trim};

/// What a user agent takes.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    /// Methods it acts on. One it merely knows is refused with 405, another with 501.
    pub methods: &'a [Method],
    /// Option tags it can satisfy when required (RFC 3261 §19.2).
    pub extensions: &'a [&'a str],
    /// Bodies it reads in an INVITE, as `type/subtype`.
    pub bodies: &'a [&'a str],
}

impl Profile<'static> {
    /// A phone.
    pub const PHONE: Self = Self {
        methods: &[
            Method::Invite,
            Method::Ack,
            Method::Bye,
            Method::Cancel,
            Method::Options,
            Method::Info,
        ],
        extensions: &["outbound", "path", "gruu"],
        bodies: &["application/sdp"],
    };
}

/// A refusal: the status, a phrase that says more than the standard one, and the header that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The status to answer with.
    pub status: u16,
    /// The reason phrase.
    pub phrase: &'static str,
    /// The header the status demands, such as Allow or Unsupported: name and value.
    pub header: Option<(&'static str, String)>,
}

impl Rejection {
    fn new(status: u16) -> Self {
        Self {
            status,
            phrase: super::phrase(status),
            header: None,
        }
    }

    fn with(status: u16, header: &'static str, value: String) -> Self {
        Self {
            header: Some((header, value)),
            ..Self::new(status)
        }
    }

    fn bad(phrase: &'static str) -> Self {
        Self {
            status: 400,
            phrase,
            header: None,
        }
    }

    /// The response that says so; the To tag is the caller's to add.
    pub fn response(&self, request: &Request) -> Response {
        let mut response = request.reply(self.status);
        self.phrase.clone_into(&mut response.reason);
        if let Some((name, value)) = &self.header {
            // What is echoed was read from a header value, so it holds no line break.
            let _ = response.headers.push_raw(name, value);
        }
        response
    }
}

/// How a malformed header is told; each phrase ends in its name.
const MALFORMED: &str = "\
Missing or Malformed Via\n\
Missing or Malformed From\n\
Missing or Malformed To\n\
Missing or Malformed Call-ID\n\
Missing or Malformed CSeq\n\
Malformed Max-Forwards\n\
Missing or Malformed Contact";

impl std::convert::From<HeaderError> for Rejection {
    fn from(error: HeaderError) -> Self {
        let named = split(MALFORMED, b'\n').find(|phrase| phrase.ends_with(error.header));
        Self::bad(named.unwrap_or("Malformed Header"))
    }
}

/// Whether a value reads as what its header is.
type Reader = fn(&str) -> Result<(), HeaderError>;

/// Holds every value of header `name` to its grammar; says how many there are.
fn read_all(headers: &Headers, name: &str, read: Reader) -> Result<usize, HeaderError> {
    let mut count = 0;
    for value in headers.all(name) {
        read(value)?;
        count += 1;
    }
    Ok(count)
}

/// The headers every message must have, well-formed and, Via aside, once. Returns the CSeq.
pub(super) fn common(headers: &Headers) -> Result<CSeq, HeaderError> {
    let needed: [(&'static str, Reader); 5] = [
        (Via::NAME, |value| Via::parse(value).map(drop)),
        (From::NAME, |value| From::parse(value).map(drop)),
        (To::NAME, |value| To::parse(value).map(drop)),
        (CallId::NAME, |value| CallId::parse(value).map(drop)),
        (CSeq::NAME, |value| CSeq::parse(value).map(drop)),
    ];
    for (header, read) in needed {
        let count = read_all(headers, header, read)?;
        if count == 0 || (count > 1 && header != Via::NAME) {
            return Err(HeaderError { header, at: 0 });
        }
    }
    CSeq::parse(headers.get(CSeq::NAME).unwrap_or_default())
}

/// Refuses what no user agent may act on.
pub(super) fn syntax(request: &Request) -> Result<(), Rejection> {
    let headers = &request.headers;
    if common(headers)?.method != request.method {
        return Err(Rejection::bad("CSeq Does Not Match the Method"));
    }
    if read_all(headers, MaxForwards::NAME, |v| MaxForwards::parse(v).map(drop))? > 1 {
        return Err(Rejection::bad("Max-Forwards Given Twice"));
    }
    read_all(headers, Contact::NAME, |value| Contact::parse(value).map(drop))?;
    if headers.count(ContentType::NAME) > 1 {
        return Err(Rejection::bad("Content-Type Given Twice"));
    }
    if request.uri.has_headers() {
        return Err(Rejection::bad("Headers in the Request-URI"));
    }
    Ok(())
}

/// Refuses what this user agent does not do, in the order of RFC 3261 §8.2.
pub(super) fn support(request: &Request, profile: &Profile<'_>) -> Result<(), Rejection> {
    if !profile.methods.contains(&request.method) {
        let status = if matches!(request.method, Method::Other(_)) {
            501
        } else {
            405
        };
        let mut methods = String::new();
        for method in profile.methods {
            list(&mut methods, method.as_str());
        }
        return Err(Rejection::with(status, "Allow", methods));
    }
    if !request.uri.is_sip() {
        return Err(Rejection::new(416));
    }
    if !matches!(request.method, Method::Ack | Method::Cancel) {
        let mut missing = String::new();
        for tag in request.headers.all("Require") {
            if !profile
                .extensions
                .iter()
                .any(|known| known.eq_ignore_ascii_case(tag))
            {
                list(&mut missing, tag);
            }
        }
        if !missing.is_empty() {
            return Err(Rejection::with(420, "Unsupported", missing));
        }
    }
    if request.method == Method::Invite && !request.body.is_empty() {
        bodies(request, profile)?;
    }
    if request.method == Method::Invite {
        accepts(request, profile)?;
    }
    Ok(())
}

/// The body must be one we read, unless it is marked optional (RFC 3261 §8.2.3).
fn bodies(request: &Request, profile: &Profile<'_>) -> Result<(), Rejection> {
    let optional = |value: &str| {
        split(value, b';')
            .skip(1)
            .any(|p| trim(p).eq_ignore_ascii_case("handling=optional"))
    };
    let readable = match request.headers.typed::<ContentType>() {
        Some(Ok(kind)) => {
            profile.bodies.iter().any(|b| kind.is(b)) || kind.media_type.eq_ignore_ascii_case("multipart")
        }
        Some(Err(error)) => return Err(error.into()),
        None => false,
    };
    let encoded = request
        .headers
        .all("Content-Encoding")
        .any(|e| !e.eq_ignore_ascii_case("identity"));
    if (readable && !encoded) || request.headers.get("Content-Disposition").is_some_and(optional) {
        return Ok(());
    }
    let mut bodies = String::new();
    for body in profile.bodies {
        list(&mut bodies, body);
    }
    Err(Rejection::with(415, "Accept", bodies))
}

/// An INVITE whose Accept leaves out every session description we could answer with (RFC 3261 §21.4.7).
fn accepts(request: &Request, profile: &Profile<'_>) -> Result<(), Rejection> {
    let takes = |range: &str| {
        let range = trim(head(range, b';'));
        let major = range.strip_suffix("/*");
        profile.bodies.iter().any(|body| {
            range == "*/*"
                || range.eq_ignore_ascii_case(body)
                || major.is_some_and(|m| head(body, b'/').eq_ignore_ascii_case(m))
        })
    };
    if request.headers.count("Accept") == 0 || request.headers.all("Accept").any(takes) {
        return Ok(());
    }
    Err(Rejection::new(406))
}

/// Adds `item` to a comma-separated list.
fn list(out: &mut String, item: &str) {
    if !out.is_empty() {
        out.push_str(", ");
    }
    out.push_str(item);
}
