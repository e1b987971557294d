//! Listens on a port of this machine and answers requests: as much HTTP as one page takes.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The longest head of a request that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// How long a browser may take to send it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request, without its body: nothing here reads one.
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    headers: Vec<(String, String)>,
}

impl Asked {
    /// Reads the lines of a head. `None`: that is no HTTP.
    pub(super) fn read(head: &str) -> Option<Self> {
        let mut lines = head.lines();
        let mut first = lines.next()?.split(' ');
        let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
        first.next()?.starts_with("HTTP/1.").then_some(())?;
        let headers = lines.filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        });
        Some(Self {
            method,
            path,
            headers: headers.collect(),
        })
    }

    /// The first value of a header, whose name is written in small letters.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What is given.
pub(super) struct Given {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

impl Given {
    /// A sentence.
    pub(super) fn plain(status: u16, sentence: &str) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            headers: Vec::new(),
            body: sentence.to_owned(),
        }
    }

    fn text(&self) -> String {
        let Self {
            status, kind, body, ..
        } = self;
        let mut text = format!(
            "HTTP/1.1 {status} \r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n",
            body.len()
        );
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text + "\r\n" + body
    }
}

/// Answers whoever connects, each on a thread of its own, for as long as the program runs.
pub(super) fn serve(listener: TcpListener, answer: impl Fn(&Asked) -> Given + Send + Sync + 'static) {
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A browser that goes away meanwhile is nobody's trouble.
            thread::spawn(move || exchange(stream, &*answer).ok());
        }
    });
}

fn exchange(mut stream: TcpStream, answer: impl Fn(&Asked) -> Given) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let head = head(&mut stream)?;
    let given = match head.as_deref().and_then(Asked::read) {
        Some(asked) => answer(&asked),
        None => Given::plain(400, "That is no request."),
    };
    stream.write_all(given.text().as_bytes())
}

/// All up to the empty line. `None`: it is too long, ends before that, or is no text.
fn head(stream: &mut impl Read) -> io::Result<Option<String>> {
    let mut read = Vec::new();
    let mut part = [0; 1024];
    while read.len() < LONGEST {
        let count = stream.read(&mut part)?;
        if count == 0 {
            break;
        }
        read.extend(part.iter().take(count));
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            read.truncate(end);
            return Ok(String::from_utf8(read).ok());
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn said(request: &[u8]) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        serve(listener, |asked| {
            Given::plain(200, &format!("{} {}", asked.method, asked.path))
        });
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_request_is_answered() {
        let answer = said(b"GET /host.css HTTP/1.1\r\nHost: here\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 \r\n"), "{answer}");
        assert!(answer.ends_with("Content-Length: 13\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nGET /host.css"), "{answer}");
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for text in [
            &b"hello\r\n\r\n"[..],
            b"GET /\r\n\r\n",
            b"GET / HTTP/1.1\r\n",
            b"\xff\xfe\r\n\r\n",
            b"",
        ] {
            assert!(said(text).starts_with("HTTP/1.1 400 "), "{text:?}");
        }
    }

    #[test]
    fn a_head_without_an_end_is_not_read_for_ever() {
        assert_eq!(head(&mut io::repeat(b'x')).unwrap(), None);
    }

    #[test]
    fn headers_are_found_however_they_are_written() {
        let asked = Asked::read("POST /x HTTP/1.1\r\nORIGIN:  http://here \r\n").unwrap();
        assert_eq!(asked.header("origin"), Some("http://here"));
        assert_eq!(asked.header("cookie"), None);
    }
}
