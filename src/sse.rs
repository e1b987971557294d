//! Server-sent events (WHATWG HTML §9.2.6), read as the bytes come, cut wherever the network cuts them. The stream is our
//! own server's: it has no byte order mark, and a line that is no UTF-8 says nothing.

/// More than that in one event is no event of ours; the reading starts over with the next one.
const LONGEST: usize = 1 << 20;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The word of its `event:` line; `message` if it had none.
    pub name: String,
    /// Its `data:` lines, joined by line feeds.
    pub data: String,
}

/// Reads a stream. A new stream needs a new reader, given the id the old one had come to.
#[derive(Debug, Default)]
pub struct Reader {
    line: Vec<u8>,
    /// The last byte ended a line as CR: a LF right after it belongs to that end.
    after_cr: bool,
    name: String,
    data: String,
    /// What the event being read says of itself; it counts once the event is whole.
    id: String,
    last_id: String,
    retry: Option<u64>,
}

impl Reader {
    /// A reader for a stream that goes on after the event `last_id`; empty for none.
    #[must_use]
    pub fn after(last_id: &str) -> Self {
        Self {
            id: last_id.to_owned(),
            last_id: last_id.to_owned(),
            ..Self::default()
        }
    }

    /// The id of the last event that was whole, to go on from there; empty for none.
    #[must_use]
    pub fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long to wait after the stream's end, in milliseconds, if that has been said since this was asked last.
    pub fn take_retry(&mut self) -> Option<u64> {
        self.retry.take()
    }

    /// Takes the next bytes; `tell` gets each event that they complete.
    pub fn feed(&mut self, bytes: &[u8], mut tell: impl FnMut(Told)) {
        for &byte in bytes {
            let end_of_cr = core::mem::replace(&mut self.after_cr, byte == b'\r') && byte == b'\n';
            match byte {
                b'\n' if end_of_cr => {}
                b'\r' | b'\n' => {
                    if let Some(told) = self.end_line() {
                        tell(told);
                    }
                }
                _ if self.line.len() < LONGEST => self.line.push(byte),
                _ => {}
            }
        }
    }

    fn end_line(&mut self) -> Option<Told> {
        let line = String::from_utf8(core::mem::take(&mut self.line)).ok()?;
        if line.is_empty() {
            return self.end_event();
        }
        let colon = line.bytes().position(|byte| byte == b':');
        let field = line.get(..colon.unwrap_or(line.len()))?;
        let value = colon.and_then(|at| line.get(at + 1..)).unwrap_or_default();
        let value = value.strip_prefix(' ').unwrap_or(value);
        let kept = match field {
            "event" => &mut self.name,
            "id" if value.bytes().all(|byte| byte != 0) => &mut self.id,
            "data" if self.data.len() < LONGEST => {
                self.data.push_str(value);
                self.data.push('\n');
                return None;
            }
            "retry" => {
                self.retry = number(value);
                return None;
            }
            // A comment has no field name.
            _ => return None,
        };
        value.clone_into(kept);
        None
    }

    fn end_event(&mut self) -> Option<Told> {
        self.last_id.clone_from(&self.id);
        let mut name = core::mem::take(&mut self.name);
        let mut data = core::mem::take(&mut self.data);
        // Without data there is no event. The last line feed is not part of it.
        data.pop()?;
        if name.is_empty() {
            name.push_str("message");
        }
        Some(Told { name, data })
    }
}

/// Nothing but digits.
fn number(text: &str) -> Option<u64> {
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number.saturating_mul(10).saturating_add(digit.into()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, data: &str) -> Told {
        Told {
            name: name.to_owned(),
            data: data.to_owned(),
        }
    }

    /// What is told of `bytes`, given in pieces of `size`.
    fn read(reader: &mut Reader, bytes: &[u8], size: usize) -> Vec<Told> {
        let mut all = Vec::new();
        for piece in bytes.chunks(size) {
            reader.feed(piece, |told| all.push(told));
        }
        all
    }

    #[test]
    fn every_cut_and_every_line_end_reads_the_same() {
        let text = ": hello\n\nid: 1-7\nevent: call\ndata: {\"sid\":\n data\ndata: \"\u{e9}\"}\n\ndata:x\n\ndata\n\nid: 1-8\n: nothing\n\n";
        let expected = [
            told("call", "{\"sid\":\n\"\u{e9}\"}"),
            told("message", "x"),
            told("message", ""),
        ];
        for ending in ["\n", "\r", "\r\n"] {
            let bytes = text.replace('\n', ending).into_bytes();
            for size in 1..=bytes.len() {
                let mut reader = Reader::default();
                assert_eq!(read(&mut reader, &bytes, size), expected, "{ending:?} {size}");
                assert_eq!(reader.last_id(), "1-8");
            }
        }
    }

    #[test]
    fn an_event_that_was_cut_off_does_not_count() {
        let mut reader = Reader::after("1-5");
        assert_eq!(read(&mut reader, b"id: 1-6\nevent: call\ndata: {}\n", 4), []);
        assert_eq!(reader.last_id(), "1-5");
        assert_eq!(read(&mut reader, b"\n", 1), [told("call", "{}")]);
        assert_eq!(reader.last_id(), "1-6");
    }

    #[test]
    fn an_id_stays_until_the_next_one() {
        let mut reader = Reader::default();
        read(&mut reader, b"id: 3\ndata: a\n\ndata: b\n\n", 100);
        assert_eq!(reader.last_id(), "3");
        read(&mut reader, b"id: 4\0\ndata: c\n\n", 100);
        assert_eq!(reader.last_id(), "3");
        read(&mut reader, b"id\ndata: d\n\n", 100);
        assert_eq!(reader.last_id(), "");
    }

    #[test]
    fn the_wait_after_the_end_is_told_once() {
        let mut reader = Reader::default();
        read(&mut reader, b": open\nid: 3\nretry: 1200\n\n", 100);
        assert_eq!((reader.take_retry(), reader.take_retry()), (Some(1_200), None));
        read(&mut reader, b"retry: soon\n\n", 100);
        assert_eq!(reader.take_retry(), None);
    }

    #[test]
    fn one_space_after_the_colon_goes() {
        let mut reader = Reader::default();
        assert_eq!(read(&mut reader, b"data:  two\n\n", 2), [told("message", " two")]);
    }

    #[test]
    fn bytes_that_are_no_text_and_lines_without_end_do_no_harm() {
        let mut reader = Reader::default();
        assert_eq!(
            read(&mut reader, b"data: \xff\xfe\ndata: a\n\n", 3),
            [told("message", "a")]
        );
        let endless = vec![b'x'; LONGEST + 10];
        assert_eq!(read(&mut reader, &endless, 65_536), []);
        assert!(reader.line.len() <= LONGEST);
        assert_eq!(
            read(&mut reader, b"\n\ndata: on\n\n", 100),
            [told("message", "on")]
        );
    }
}
