//! Telephone numbers as people type, paste and read them.

use phone::view::Peer;

/// What a typed or pasted text would dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialled {
    /// Nothing typed.
    Empty,
    /// A number: optional `+`, then digits, `*` and `#` only.
    Number(String),
    /// A SIP address, `sip:` or `user@host`, without spaces.
    Address(String),
    /// Neither.
    Neither,
}

impl Dialled {
    /// Reads any usual form: `tel:` links, grouped and bracketed numbers, no-break spaces and dashes from documents,
    /// invisible direction marks from address books, Indian, Arabic and full-width digits, SIP addresses.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        let text = text.trim();
        if text.is_empty() {
            return Self::Empty;
        }
        if has_scheme(text, "sip:") || has_scheme(text, "sips:") || text.contains('@') {
            return Self::read_address(text);
        }
        let number = if has_scheme(text, "tel:") {
            text.get(4..).unwrap_or_default()
        } else {
            text
        };
        Self::read_number(number)
    }

    fn read_address(text: &str) -> Self {
        let address: String = text
            .trim_matches(['<', '>'])
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let host = match address.rsplit_once('@') {
            Some((user, host)) => {
                let user = user.rsplit_once(':').map_or(user, |(_, user)| user);
                if user.is_empty() {
                    return Self::Neither;
                }
                host
            }
            None => address.split_once(':').map_or("", |(_, host)| host),
        };
        if host.is_empty()
            || address
                .chars()
                .any(|c| matches!(c, '<' | '>' | '"' | ',') || c.is_control())
        {
            return Self::Neither;
        }
        Self::Address(address)
    }

    fn read_number(text: &str) -> Self {
        // RFC 3966 parameters (`;ext=`, `;phone-context=`) are not dialled.
        let text = text.split(';').next().unwrap_or_default();
        // "+44 (0)20 …": the zero is for callers inside the country.
        let trunk_zero = text.trim_start().starts_with('+');
        let text = if trunk_zero {
            text.replace("(0)", "")
        } else {
            text.to_owned()
        };
        let mut number = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '+' | '\u{ff0b}' if number.is_empty() => number.push('+'),
                '*' | '#' => number.push(c),
                _ if is_separator(c) => {}
                _ => match ascii_digit(c) {
                    Some(digit) => number.push(digit),
                    None => return Self::Neither,
                },
            }
        }
        if number.is_empty() || number == "+" {
            Self::Neither
        } else {
            Self::Number(number)
        }
    }

    /// What is handed to the phone, if it can be dialled at all.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::Number(target) | Self::Address(target) => Some(target),
            Self::Empty | Self::Neither => None,
        }
    }
}

/// What calls this person back: the number where it is one, else the full address; empty where neither is known.
#[must_use]
pub fn redial(peer: &Peer) -> String {
    match Dialled::read(&peer.number) {
        Dialled::Number(number) => number,
        Dialled::Empty | Dialled::Address(_) | Dialled::Neither => peer.uri.clone(),
    }
}

/// Groups a number for reading; anything this does not know stays as it came.
#[must_use]
pub fn grouped(number: &str) -> String {
    let digits = |from: usize| {
        number
            .get(from..)
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let cut = |at: &[usize]| {
        let mut parts = Vec::with_capacity(at.len() + 1);
        let mut start = 0;
        for &end in at {
            parts.push(number.get(start..end).unwrap_or_default());
            start = end;
        }
        parts.push(number.get(start..).unwrap_or_default());
        parts.join(" ")
    };
    match number.len() {
        // India, with country code: +91 98765 43210.
        13 if number.starts_with("+91") && digits(1) => cut(&[3, 8]),
        // North America: +1 415 555 0100.
        12 if number.starts_with("+1") && digits(1) => cut(&[2, 5, 8]),
        // India, as dialled inside the country and as the platform writes it: one customer, one form.
        11 if number.starts_with('0') && digits(0) => {
            grouped(&["+91", number.get(1..).unwrap_or_default()].concat())
        }
        10 if digits(0) => cut(&[5]),
        _ => number.to_owned(),
    }
}

fn has_scheme(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
}

/// Zero-width characters and direction marks that ride along when text is copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '(' | ')' | '/' | '[' | ']' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{b7}'
        )
}

fn ascii_digit(c: char) -> Option<char> {
    // First code point of each run of ten: ASCII, Arabic, Persian and Urdu, the scripts of India, full-width.
    const ZEROES: [u32; 13] = [
        0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xff10,
    ];
    ZEROES
        .iter()
        .find_map(|zero| char::from_digit((c as u32).checked_sub(*zero).filter(|d| *d < 10)?, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn dials(text: &str, number: &str) {
        assert_eq!(Dialled::read(text), Dialled::Number(number.into()), "{text:?}");
    }

    #[test]
    fn numbers_are_read_in_any_usual_form() {
        dials("+91 98765-43210", "+919876543210");
        dials("tel:+91-98765-43210;ext=12", "+919876543210");
        dials("TEL:080 4000 1000", "08040001000");
        dials("(080) 4000.1000", "08040001000");
        dials("+44 (0)20 7946 0018", "+442079460018");
        dials("(020) 7946", "0207946");
        dials("\u{202a}+91\u{a0}98765\u{2011}43210\u{202c}", "+919876543210");
        dials("९८७६५४३२१०", "9876543210");
        dials("+９１ ４０", "+9140");
        dials("*100#", "*100#");
        dials(" 1001 ", "1001");
    }

    #[test]
    fn addresses_are_kept_but_for_spaces_and_brackets() {
        for (text, address) in [
            ("sip:echo@sandbox.test", "sip:echo@sandbox.test"),
            ("<sips:a@b.example>", "sips:a@b.example"),
            (" asha @ sandbox.test ", "asha@sandbox.test"),
            ("sip:sandbox.test", "sip:sandbox.test"),
            (
                "SIP:+91987@x.example;user=phone",
                "SIP:+91987@x.example;user=phone",
            ),
        ] {
            assert_eq!(Dialled::read(text), Dialled::Address(address.into()), "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_said_to_be_neither() {
        for text in [
            "hello",
            "+",
            "12a4",
            "1+2",
            "@host",
            "sip:",
            "sip:@host",
            "a@",
            "a@b,c@d",
            "---",
            "tel:",
        ] {
            assert_eq!(Dialled::read(text), Dialled::Neither, "{text:?}");
        }
        for text in ["", "   ", "\u{200b}"] {
            assert_eq!(Dialled::read(text), Dialled::Empty, "{text:?}");
        }
    }

    #[test]
    fn who_called_is_called_back_by_number_or_else_by_address() {
        let peer = |number: &str, uri: &str| Peer {
            name: None,
            number: number.into(),
            uri: uri.into(),
        };
        assert_eq!(redial(&peer("098765 43210", "sip:x@a.example")), "09876543210");
        assert_eq!(redial(&peer("asha", "sip:asha@a.example")), "sip:asha@a.example");
        assert_eq!(redial(&peer("", "")), "");
    }

    #[test]
    fn known_numbers_are_grouped_and_others_left_alone() {
        assert_eq!(grouped("+919876543210"), "+91 98765 43210");
        assert_eq!(grouped("09876543210"), "+91 98765 43210");
        assert_eq!(grouped("9876543210"), "98765 43210");
        assert_eq!(grouped("+14155550100"), "+1 415 555 0100");
        for number in [
            "1001",
            "asha",
            "+4420",
            "ünïcödé",
            "+91987654321x",
            "sip:a@b.example",
        ] {
            assert_eq!(grouped(number), number);
        }
    }
}
