//! From bytes to a message. Framing is strict; what the headers say is judged later.

use super::request::reply_headers;
use super::{Headers, MAX_BYTES, MAX_HEADERS, Message, Method, Request, Response, names};
use crate::error::{ParseError, ParseErrorKind as Kind};
use crate::scan::{Scan, is_token};
use crate::text::{clean_into, cut, find, lossy, number, trim, trim_end};
use crate::uri::Uri;

/// What is wrong, and where in the input.
type Fault = (Kind, usize);

/// Everything before the body. `fault` is the first thing found wrong; reading went on, for the sake of a reply.
struct Head {
    headers: Headers,
    content_length: Option<usize>,
    fault: Option<Fault>,
    /// Where the body begins.
    end: usize,
}

pub(super) fn message(bytes: &[u8]) -> Result<Message, ParseError> {
    let skipped = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    // An oversized message is read as far as we go, so that it can be refused by name.
    let input = bytes.get(skipped..bytes.len().min(MAX_BYTES)).unwrap_or(&[]);
    let failed = |(kind, at): Fault| ParseError {
        kind,
        at: skipped + at,
        reply: None,
    };

    let line_end = line_break(input, 0);
    let line = input.get(..line_end.unwrap_or(input.len())).unwrap_or(&[]);
    let start = start_line(line);
    let Some(line_end) = line_end else {
        return Err(failed(match start {
            _ if bytes.len() > MAX_BYTES => (Kind::TooLarge, MAX_BYTES),
            Err(fault) if !line.is_empty() => fault,
            _ => (Kind::Truncated, input.len()),
        }));
    };
    let head = head(input, line_end + 2);
    let oversize = (bytes.len() > MAX_BYTES).then_some((Kind::TooLarge, MAX_BYTES));

    let refuse = |fault: Fault| {
        let mut error = failed(fault);
        if wants_reply(line) {
            error.reply = reply(&head.headers, error.kind);
        }
        error
    };
    let mut message = match (oversize, start, head.fault) {
        (Some(fault), ..) | (None, Err(fault), _) | (None, Ok(_), Some(fault)) => return Err(refuse(fault)),
        (None, Ok(start), None) => start,
    };
    let rest = input.get(head.end..).unwrap_or(&[]);
    let body = match head.content_length {
        None => rest,
        Some(length) => rest
            .get(..length)
            .ok_or_else(|| refuse((Kind::BodyTooShort, head.end)))?,
    };
    let (headers, place) = match &mut message {
        Message::Request(request) => (&mut request.headers, &mut request.body),
        Message::Response(response) => (&mut response.headers, &mut response.body),
    };
    *headers = head.headers;
    *place = body.to_vec();
    Ok(message)
}

/// A request other than ACK, going by the first word (RFC 3261 §17: an ACK is never answered).
fn wants_reply(line: &[u8]) -> bool {
    let word = line.split(|b| *b == b' ').next().unwrap_or(&[]);
    !word.is_empty() && word.iter().all(|b| is_token(*b)) && word != b"ACK"
}

/// The reply to a request we could not read, provided it says whom to reply to.
fn reply(request: &Headers, kind: Kind) -> Option<Box<Response>> {
    let headers = reply_headers(request);
    let addressed = ["Via", "From", "To", "Call-ID", "CSeq"]
        .iter()
        .all(|name| headers.get(name).is_some());
    addressed.then(|| {
        let mut response = Response::new(kind.status());
        kind.as_str().clone_into(&mut response.reason);
        response.headers = headers;
        Box::new(response)
    })
}

/// The message without its headers and body.
fn start_line(line: &[u8]) -> Result<Message, Fault> {
    let Ok(line) = std::str::from_utf8(line) else {
        return Err((Kind::StartLine, 0));
    };
    if line.bytes().any(|b| matches!(b, b'\r' | b'\n' | 0)) {
        return Err((Kind::StartLine, 0));
    }
    let Some((first, rest)) = cut(line, b' ') else {
        return Err((Kind::StartLine, line.len()));
    };
    // A slash is no token character, so this cannot be a method.
    if find(first.as_bytes(), b'/').is_some() {
        status_line(first, rest)
    } else {
        request_line(first, rest)
    }
}

/// Method SP Request-URI SP SIP-Version, with exactly these two spaces (RFC 3261 §7.1).
fn request_line(method: &str, rest: &str) -> Result<Message, Fault> {
    let method_end = method.len();
    let method = Method::parse(method).ok_or((Kind::StartLine, 0))?;
    let space = rest.bytes().rposition(|b| b == b' ');
    let space = space.ok_or((Kind::StartLine, method_end))?;
    let (uri, version) = (rest.get(..space), rest.get(space + 1..));
    let (uri, version) = (uri.unwrap_or_default(), version.unwrap_or_default());
    check_version(version).map_err(|kind| (kind, method_end + uri.len() + 2))?;
    let uri = Uri::parse(uri).map_err(|e| (Kind::RequestUri, method_end + 1 + e.at))?;
    Ok(Request::new(method, uri).into())
}

/// SIP-Version SP Status-Code SP Reason-Phrase; the second space may be missing with the phrase.
fn status_line(version: &str, rest: &str) -> Result<Message, Fault> {
    check_version(version).map_err(|kind| (kind, 0))?;
    let (code, reason) = cut(rest, b' ').unwrap_or((rest, ""));
    let bad = (Kind::StatusCode, version.len() + 1);
    if code.len() != 3 {
        return Err(bad);
    }
    let status = number(code).and_then(|code| u16::try_from(code).ok());
    let status = status.filter(|status| (100..700).contains(status)).ok_or(bad)?;
    let mut clean = String::new();
    clean_into(&mut clean, reason);
    Ok(Message::Response(Response {
        status,
        reason: clean,
        headers: Headers::new(),
        body: Vec::new(),
    }))
}

fn check_version(text: &str) -> Result<(), Kind> {
    if text.eq_ignore_ascii_case("SIP/2.0") {
        return Ok(());
    }
    let numbers = text
        .get(..4)
        .filter(|p| p.eq_ignore_ascii_case("SIP/"))
        .and_then(|_| cut(text.get(4..)?, b'.'));
    match numbers {
        Some((major, minor)) if number(major).and(number(minor)).is_some() => Err(Kind::Version),
        _ => Err(Kind::StartLine),
    }
}

/// Reads header lines from `at` to the empty line.
fn head(input: &[u8], mut at: usize) -> Head {
    let mut head = Head {
        headers: Headers::new(),
        content_length: None,
        fault: None,
        end: input.len(),
    };
    let (mut lengths, mut count) = (0, 0);
    loop {
        let Some((line, next)) = logical_line(input, at) else {
            head.fault.get_or_insert((Kind::Truncated, input.len()));
            return head;
        };
        if line.is_empty() {
            head.end = next;
            return head;
        }
        match header_line(line) {
            None => {
                head.fault.get_or_insert((Kind::HeaderLine, at));
            }
            Some((name, value)) => {
                let (name, list) = names::fold(name);
                if name == "Content-Length" {
                    lengths += 1;
                    head.content_length = content_length(trim(&value));
                    if lengths > 1 || head.content_length.is_none() {
                        head.fault.get_or_insert((Kind::ContentLength, at));
                    }
                } else if list {
                    split_list(&value, |item| {
                        count += 1;
                        if count <= MAX_HEADERS {
                            head.headers.line(name, item);
                        }
                    });
                } else {
                    count += 1;
                    head.headers.line(name, &value);
                }
            }
        }
        if count > MAX_HEADERS {
            head.fault.get_or_insert((Kind::TooManyHeaders, at));
            return head;
        }
        at = next;
    }
}

/// Where the first CRLF at or behind `from` stands.
fn line_break(input: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let end = at + find(input.get(at..)?, b'\n')?;
        if end > from && input.get(end - 1) == Some(&b'\r') {
            return Some(end - 1);
        }
        at = end + 1;
    }
}

/// The line at `at` with its continuation lines (RFC 3261 §7.3.1), and where the next one starts.
fn logical_line(input: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let mut from = at;
    loop {
        let end = line_break(input, from)?;
        let line = input.get(at..end)?;
        from = end + 2;
        let folds = !line.is_empty() && matches!(input.get(from), Some(b' ' | b'\t'));
        if !folds {
            return Some((line, from));
        }
    }
}

/// Name and value of one line, unfolded and trimmed; `None` if it is malformed.
fn header_line(line: &[u8]) -> Option<(&str, String)> {
    let colon = find(line, b':')?;
    let name = trim_end(std::str::from_utf8(line.get(..colon)?).ok()?);
    if name.is_empty() || !name.bytes().all(is_token) {
        return None;
    }
    // A peer with a broken encoding is better shown with a wrong letter than not heard at all.
    let text = lossy(line.get(colon + 1..)?);
    let mut value = String::with_capacity(text.len());
    let mut rest = &*text;
    // The only line breaks left are those of continuation lines (RFC 3261 §7.3.1).
    while let Some((line, next)) = cut(rest, b'\n') {
        value.push_str(line.strip_suffix("\r")?);
        value.push(' ');
        let mut scan = Scan::new(next);
        scan.space();
        rest = scan.rest();
    }
    value.push_str(rest);
    let mut before = 0;
    for b in value.bytes() {
        // NUL may stand in a quoted string behind a backslash (RFC 4475 §3.1.1.2), a line break nowhere.
        if matches!(b, b'\r' | b'\n') || (b == 0 && before != b'\\') {
            return None;
        }
        before = b;
    }
    Some((name, value))
}

/// Digits only, and no more than a frame could hold.
fn content_length(value: &str) -> Option<usize> {
    usize::try_from(number(value).filter(|length| *length <= u64::from(u32::MAX))?).ok()
}

/// Calls `item` with each comma-separated value, minding quotes and angle brackets. Empty ones count:
/// whether they are allowed is for the header's own grammar to say.
fn split_list(value: &str, mut item: impl FnMut(&str)) {
    let (mut from, mut quoted, mut angled, mut escaped) = (0, false, false, false);
    for (i, b) in value.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'<' if !quoted => angled = true,
            b'>' if !quoted => angled = false,
            b',' if !quoted && !angled => {
                item(value.get(from..i).unwrap_or(""));
                from = i + 1;
            }
            _ => {}
        }
    }
    item(value.get(from..).unwrap_or(""));
}
