//! Numbers that the agent may not see.

use crate::view::Peer;

/// What stands for a hidden digit, here and in the server's news.
const HIDDEN: char = '\u{2022}';
/// A name with more digits than this is, or hides, a number.
const FEW_DIGITS: usize = 4;

/// Part of it is hidden.
pub(crate) fn is_masked(number: &str) -> bool {
    // Not `contains`: its searcher of text in text is half a KB of a download.
    number.chars().any(|c| c == HIDDEN)
}

/// All but the last two digits hidden; five digits or fewer, and what is no digit, are hidden whole: as the server does it.
fn masked(number: &str) -> String {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let mut hide = if digits > 5 { digits - 2 } else { digits };
    let one = |c: char| match c {
        '+' => c,
        '0'..='9' if hide == 0 => c,
        '0'..='9' => {
            hide -= 1;
            HIDDEN
        }
        _ => HIDDEN,
    };
    number.chars().map(one).collect()
}

impl Peer {
    /// Takes the server's number, if it has one. A display name that is only a number goes: it would show the other one.
    pub(crate) fn learn(&mut self, number: &str) {
        if number.is_empty() {
            return;
        }
        number.clone_into(&mut self.number);
        if is_masked(number) {
            self.conceal();
        }
        let digits = |name: &String| name.bytes().all(|b| b.is_ascii_digit() || b"+ -".contains(&b));
        self.name = self.name.take().filter(|name| !digits(name));
    }

    /// Masks the number of an INVITE, before the server has said how it stands there.
    pub(crate) fn hide(&mut self) {
        self.number = masked(&self.number);
        self.conceal();
    }

    /// Nothing else may tell the number.
    fn conceal(&mut self) {
        self.uri.clear();
        let few = |name: &String| name.chars().filter(char::is_ascii_digit).count() <= FEW_DIGITS;
        self.name = self.name.take().filter(few);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_masked_as_the_server_does_it() {
        for (number, shown) in [
            ("+918040408012", "+••••••••••12"),
            ("0112", "••••"),
            ("asha", "••••"),
            ("", ""),
        ] {
            assert_eq!(masked(number), shown);
        }
        assert!(is_masked("•2") && !is_masked("+91"));
    }

    #[test]
    fn a_name_and_an_address_tell_nothing_either() {
        for (name, left) in [
            ("Ravi", Some("Ravi")),
            ("Ravi 98450 12345", None),
            ("Bay 12", Some("Bay 12")),
        ] {
            let mut peer = Peer {
                name: Some(name.to_owned()),
                number: String::from("+919845012345"),
                uri: String::from("sip:+919845012345@a.test"),
            };
            peer.hide();
            assert_eq!((peer.name.as_deref(), peer.uri.as_str()), (left, ""));
        }
    }
}
