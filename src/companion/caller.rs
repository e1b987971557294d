//! What is known of a call's customer.

use super::{Json, Note, Past};

/// A `protocol::history::CallerCard`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Caller {
    /// What a CRM has told of them.
    pub customer: Option<Customer>,
    /// How many earlier calls the agent had with them, as far as they were counted.
    pub earlier: u64,
    /// There may be more.
    pub more: bool,
    /// The last of them.
    pub last: Option<Past>,
    /// The newest note of those calls.
    pub last_note: Option<Note>,
}

/// A customer, as a CRM tells of them (`protocol::dial::Customer`).
#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    /// Their name.
    pub name: String,
    /// A line about them; may be empty.
    pub about: String,
    /// Their page in the CRM; empty for none.
    pub link: String,
}

impl Caller {
    /// What is missing of it is not known.
    pub fn read(json: &impl Json) -> Self {
        Self {
            customer: json
                .get("customer")
                .and_then(|customer| Customer::read(&customer)),
            earlier: json.whole("earlier").unwrap_or_default(),
            more: json.is("more"),
            last: json.get("last").and_then(|last| Past::read(&last)),
            last_note: json.get("last_note").map(|note| Note::read(&note)),
        }
    }
}

impl Customer {
    fn read(json: &impl Json) -> Option<Self> {
        let link = json.text("link").unwrap_or_default();
        Some(Self {
            name: json.text("name")?,
            about: json.text("about").unwrap_or_default(),
            // Nothing that runs: a page, or nothing.
            link: if link.starts_with("https://") {
                link
            } else {
                String::new()
            },
        })
    }
}
