//! `application/x-www-form-urlencoded`, in bodies and in queries.

use serde_json::Value;

/// Reads the pairs of `text`. Nothing is refused: a broken escape stays as it is, bytes that are no UTF-8 become U+FFFD.
pub(super) fn read(text: &[u8]) -> Vec<(String, Value)> {
    text.split(|&byte| byte == b'&')
        .filter(|pair| !pair.trim_ascii().is_empty())
        .map(|pair| {
            let equals = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(equals);
            let value = value.strip_prefix(b"=").unwrap_or(value);
            (decode(name.trim_ascii_start()), Value::String(decode(value.trim_ascii_end())))
        })
        .collect()
}

fn decode(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'+' => out.push(b' '),
            b'%' => match tail {
                [high, low, after @ ..] if let (Some(high), Some(low)) = (hex(*high), hex(*low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            _ => out.push(byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Writes pairs the way a browser's form does.
pub(super) fn write(pairs: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        encode(name, &mut out);
        out.push('=');
        encode(value, &mut out);
    }
    out
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(text: &str) -> (String, Value) {
        read(text.as_bytes()).remove(0)
    }

    #[test]
    fn plus_and_escapes_are_decoded() {
        assert_eq!(one("Created=Sat,+23+Nov"), ("Created".to_owned(), json!("Sat, 23 Nov")));
        assert_eq!(one("Legs%5B0%5D=%2B91"), ("Legs[0]".to_owned(), json!("+91")));
    }

    #[test]
    fn broken_escapes_stay() {
        assert_eq!(one("a=100%"), ("a".to_owned(), json!("100%")));
        assert_eq!(one("a=%zz%4"), ("a".to_owned(), json!("%zz%4")));
        assert_eq!(one("a=%ff"), ("a".to_owned(), json!("\u{fffd}")));
    }

    #[test]
    fn odd_pairs_are_read_over() {
        assert!(read(b"").is_empty());
        assert!(read(b"&&\r\n").is_empty());
        assert_eq!(one("a"), ("a".to_owned(), json!("")));
        assert_eq!(one("a=b=c\r\n"), ("a".to_owned(), json!("b=c")));
    }

    #[test]
    fn writing_and_reading_agree() {
        let text = write(&[("a b".to_owned(), "+91 \"4\" & é[0]".to_owned())]);
        assert_eq!(text, "a+b=%2B91+%224%22+%26+%C3%A9%5B0%5D");
        assert_eq!(one(&text), ("a b".to_owned(), json!("+91 \"4\" & é[0]")));
    }
}
