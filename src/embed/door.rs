//! The one message by which a host becomes known. Whatever is wrong with it, nothing happens: forgers learn nothing, and a
//! real host finds its mistake by its own time-out.

use protocol::embed::{Hello, Knock, LONGEST, Ready, VERSION};

/// Waits for the host.
///
/// ```text
///  Waiting ──hello with this load's nonce──► Open
/// ```
#[derive(Debug)]
pub enum Door {
    /// Nobody has knocked rightly.
    Waiting {
        /// The origin of the page around, as the browser says.
        around: String,
        /// This load's own.
        nonce: String,
    },
    /// Somebody has. The nonce is spent.
    Open,
}

/// A message that came to the window, as the browser tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// It comes from the window right around this one.
    pub from_parent: bool,
    /// The sender's origin.
    pub origin: &'a str,
    /// Its text; none if it is not text.
    pub text: Option<&'a str>,
    /// How many ports came with it.
    pub ports: usize,
}

/// What to do about it.
#[derive(Debug, PartialEq, Eq)]
pub enum Knocked {
    /// Nothing.
    Nothing,
    /// The host may use the phone, by the port that came.
    Welcome(Hello),
}

impl Door {
    /// For a page around of this origin.
    #[must_use]
    pub const fn new(around: String, nonce: String) -> Self {
        Self::Waiting { around, nonce }
    }

    /// What to post to the page around, and to which origin alone; `None` once it has answered.
    #[must_use]
    pub fn ready(&self) -> Option<(&str, Knock)> {
        match self {
            Self::Waiting { around, nonce } => {
                let ready = Ready {
                    versions: vec![VERSION],
                    nonce: nonce.clone(),
                };
                Some((around, Knock::SoftphoneReady(ready)))
            }
            Self::Open => None,
        }
    }

    /// A message has come to the window.
    pub fn hear(&mut self, letter: Letter<'_>) -> Knocked {
        let Self::Waiting { around, nonce } = self else {
            return Knocked::Nothing;
        };
        // An opaque origin is called `null`, as is every other one: it names nobody.
        let outside = !letter.from_parent || letter.origin != around || letter.origin == "null";
        let text = letter.text.filter(|text| text.len() <= LONGEST);
        let (Some(text), false, 1) = (text, outside, letter.ports) else {
            return Knocked::Nothing;
        };
        match serde_json::from_str(text) {
            Ok(Knock::SoftphoneHello(hello))
                if hello.nonce == *nonce && hello.origin == letter.origin && hello.version == VERSION =>
            {
                *self = Self::Open;
                Knocked::Welcome(hello)
            }
            Ok(Knock::SoftphoneHello(_) | Knock::SoftphoneReady(_)) | Err(_) => Knocked::Nothing,
        }
    }
}
