//! What a person typed, as it is dialled.
//!
//! Any form that people write is taken: `+91 80 4040 8080`, `080-40408080`, `(0)98111 11003`, digits of other scripts.
//! Refused, each with its own sentence: letters, extensions, SIP addresses, emergency and other short numbers, and what
//! no numbering plan has. Short numbers are refused because the platform dials from its own exchange, not from where the
//! agent is: 112 would reach the wrong place, or nobody.

use std::fmt;

use phonenumber::country;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type};
use protocol::PhoneNumber;
use protocol::call::NumberPreview;

/// Fewer digits than any subscriber's number with its area has.
const SHORTEST: usize = 7;
/// The most digits of E.164.
const LONGEST: usize = 15;

/// Why a text is no number that can be dialled. Holds nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// There is no digit in it.
    Empty,
    /// It is a SIP address.
    SipAddress,
    /// There are letters in it.
    Letters,
    /// It goes on after the number: an extension, or tones to be sent.
    Extension,
    /// There is a sign in it that no number has.
    Sign,
    /// An emergency or other short number.
    Short,
    /// The country code is of no country.
    Country,
    /// It has more or fewer digits than numbers of its country have, or begins as none of them does.
    NotInPlan,
    /// The configured country is none.
    Setup,
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Type a number.",
            Self::SipAddress => "This is a SIP address. The platform calls telephone numbers only.",
            Self::Letters => "There are letters in it. Type the digits.",
            Self::Extension => "Leave the extension out and send it with the keypad when they have answered.",
            Self::Sign => "There is a sign in it that no telephone number has. Type the digits.",
            Self::Short => "Emergency and other short numbers cannot be called from here. Use a telephone.",
            Self::Country => {
                "There is no such country code. A number of another country begins with + and its code."
            }
            Self::NotInPlan => "There is no such number: check for a digit too many or too few.",
            Self::Setup => {
                "The server's own country is not set. Ask an admin, or begin with + and the country code."
            }
        })
    }
}

impl std::error::Error for NumberFault {}

/// Reads `text` as somebody in `country` (ISO 3166 alpha-2) would dial it.
///
/// # Errors
/// [`NumberFault`] says what is wrong with it.
pub fn read(text: &str, country: &str) -> Result<NumberPreview, NumberFault> {
    let cleaned = clean(text)?;
    let digits = cleaned.trim_start_matches('+');
    if digits.is_empty() {
        return Err(NumberFault::Empty);
    }
    if digits.len() < SHORTEST {
        return Err(NumberFault::Short);
    }
    let home = country.to_ascii_uppercase().parse::<country::Id>().ok();
    if home.is_none() && !cleaned.starts_with('+') {
        return Err(NumberFault::Setup);
    }
    if let Some(area) = cleaned.strip_prefix("+390") {
        return italian(area);
    }
    let number = phonenumber::parse(home, &cleaned).map_err(|error| match error {
        phonenumber::ParseError::InvalidCountryCode => NumberFault::Country,
        _ => NumberFault::NotInPlan,
    })?;
    let dialled = number.format().mode(Mode::E164).to_string();
    if dialled.len() > LONGEST + 1 || !number.is_valid() {
        return Err(NumberFault::NotInPlan);
    }
    if matches!(number.number_type(&DATABASE), Type::Emergency | Type::ShortCode) {
        return Err(NumberFault::Short);
    }
    let region = number.country().id();
    Ok(NumberPreview {
        dialled: PhoneNumber::new(dialled),
        national: PhoneNumber::new(number.format().mode(Mode::National).to_string()),
        country: region.map_or_else(String::new, |id| id.as_ref().to_owned()),
    })
}

/// A landline of Italy, whose leading zero is part of the number; the crate would take it off. `area` is what follows
/// that zero: 5 to 10 digits.
fn italian(area: &str) -> Result<NumberPreview, NumberFault> {
    if !(5..=10).contains(&area.len()) {
        return Err(NumberFault::NotInPlan);
    }
    Ok(NumberPreview {
        dialled: PhoneNumber::new(["+390", area].concat()),
        national: PhoneNumber::new(["0", area].concat()),
        country: "IT".to_owned(),
    })
}

/// A plus sign, if one is in front, and ASCII digits.
fn clean(text: &str) -> Result<String, NumberFault> {
    let text = text.trim();
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let text = match scheme.as_deref() {
        Some("sip" | "sips") => return Err(NumberFault::SipAddress),
        Some("tel") => text.get(4..).unwrap_or_default(),
        Some(_) | None => text,
    };
    if text.contains('@') {
        return Err(NumberFault::SipAddress);
    }
    let mut cleaned = String::new();
    for c in text.chars() {
        match c {
            '+' | '\u{ff0b}' if cleaned.is_empty() => cleaned.push('+'),
            _ if is_separator(c) => {}
            ',' | ';' | '#' | '*' | 'p' | 'w' | 'x' | 'X' if !cleaned.is_empty() => {
                return Err(NumberFault::Extension);
            }
            _ => match digit(c) {
                Some(digit) => cleaned.push(digit),
                None if is_extension(text) => return Err(NumberFault::Extension),
                None if c.is_alphabetic() => return Err(NumberFault::Letters),
                None => return Err(NumberFault::Sign),
            },
        }
    }
    Ok(cleaned)
}

/// What people and copied texts put between digits: spaces and hyphens of all widths, dots, brackets, slashes, and the
/// marks of writing direction that come along with a copied number.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '(' | ')' | '[' | ']' | '/')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{202a}'..='\u{202e}')
        || matches!(
            c,
            '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{2212}' | '\u{feff}' | '\u{ff08}' | '\u{ff09}'
        )
}

/// Whether letters after the number announce an extension.
fn is_extension(text: &str) -> bool {
    let text = text.to_lowercase();
    text.starts_with(|c: char| digit(c).is_some() || c == '+' || c == '(') && text.contains("ext")
}

/// The ASCII digit for a decimal digit of the scripts that agents here may write in.
fn digit(c: char) -> Option<char> {
    /// The zero of each script: ASCII, Arabic, eastern Arabic, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu,
    /// Kannada, Malayalam, full width.
    const ZEROS: [u32; 13] = [
        0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xff10,
    ];
    let code = u32::from(c);
    let value = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests;
