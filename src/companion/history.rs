//! Past calls.

use phone::view::Way;
use phone::{Millis, Outcome};

use super::{Json, news};

/// Past calls, newest first, as far as they were read (`protocol::history::CallPage`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The calls.
    pub calls: Vec<Past>,
    /// Where the next page begins; none at the end.
    pub next: Option<String>,
}

/// One past call.
#[derive(Clone, PartialEq, Eq)]
pub struct Past {
    /// The platform's id.
    pub sid: String,
    /// Who called whom.
    pub way: Way,
    /// The customer's number, perhaps masked.
    pub number: String,
    /// The platform's number.
    pub virtual_number: String,
    /// When it began.
    pub at: Millis,
    /// When somebody answered, where known.
    pub answered: Option<Millis>,
    /// When it ended, where known.
    pub ended: Option<Millis>,
    /// How it ended; none while it goes on.
    pub outcome: Option<Outcome>,
    /// Seconds of talk, where known.
    pub talked: Option<u32>,
    /// There is a recording.
    pub recorded: bool,
    /// What the agent has noted.
    pub note: Option<Note>,
}

/// What an agent notes of a call (`protocol::history::Note`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Free text.
    pub text: String,
    /// A word of the policy's list; empty for none.
    pub disposition: String,
}

impl History {
    /// Reads a page. Entries without an id are left out.
    pub fn read(json: &impl Json) -> Self {
        Self {
            calls: json.all("calls").iter().filter_map(Past::read).collect(),
            next: json.text("next"),
        }
    }

    /// Puts the page that follows behind the calls that are there.
    pub fn append(&mut self, page: Self) {
        self.calls.extend(page.calls);
        self.next = page.next;
    }

    /// Puts the newest page, read anew, in the place of what it says of the newest calls. What was read before it stays below
    /// as long as the two meet.
    pub fn renew(&mut self, newest: Self) {
        let met = newest
            .calls
            .last()
            .and_then(|oldest| self.calls.iter().position(|call| call.sid == oldest.sid));
        match (met, newest.next.is_some()) {
            (Some(met), true) => {
                let older = self.calls.split_off(met + 1);
                self.calls = newest.calls;
                if older.is_empty() {
                    self.next = newest.next;
                }
                self.calls.extend(older);
            }
            (None, _) | (_, false) => *self = newest,
        }
    }

    /// Puts a note to its call.
    pub fn note(&mut self, sid: &str, note: &Note) {
        for call in self.calls.iter_mut().filter(|call| call.sid == sid) {
            call.note = Some(note.clone());
        }
    }
}

impl Past {
    /// `None` without an id.
    pub(super) fn read(entry: &impl Json) -> Option<Self> {
        let call = entry.get("call")?;
        let outcome = call.text("outcome").map(|word| news::outcome(&word));
        Some(Self {
            sid: call.text("sid")?,
            way: if call.text("direction")? == "inbound" {
                Way::In
            } else {
                Way::Out
            },
            number: call.text("number").unwrap_or_default(),
            virtual_number: call.text("virtual_number").unwrap_or_default(),
            at: call.whole("started_at").unwrap_or_default(),
            answered: call.whole("answered_at"),
            ended: call.whole("ended_at"),
            outcome,
            talked: call
                .whole("talk_seconds")
                .and_then(|talked| talked.try_into().ok()),
            recorded: call.is("recorded"),
            note: entry.get("note").map(|note| Note::read(&note)),
        })
    }
}

impl Note {
    /// What is missing of it is empty.
    pub fn read(json: &impl Json) -> Self {
        Self {
            text: json.text("text").unwrap_or_default(),
            disposition: json.text("disposition").unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(sids: &[u32], next: Option<&str>) -> History {
        let call = |sid: &u32| Past {
            sid: sid.to_string(),
            way: Way::In,
            number: String::new(),
            virtual_number: String::new(),
            at: 0,
            answered: None,
            ended: None,
            outcome: None,
            talked: None,
            recorded: false,
            note: None,
        };
        History {
            calls: sids.iter().map(call).collect(),
            next: next.map(str::to_owned),
        }
    }

    fn sids(history: &History) -> Vec<&str> {
        history.calls.iter().map(|call| call.sid.as_str()).collect()
    }

    #[test]
    fn a_page_read_anew_keeps_what_lies_below_it() {
        let mut all = page(&[5, 4], Some("3"));
        all.append(page(&[3, 2], Some("1")));
        all.renew(page(&[6, 5], Some("4")));
        assert_eq!(sids(&all), ["6", "5", "4", "3", "2"]);
        assert_eq!(all.next.as_deref(), Some("1"));
        // They no longer meet: what lies between was never read.
        all.renew(page(&[9, 8], Some("7")));
        assert_eq!(sids(&all), ["9", "8"]);
        assert_eq!(all.next.as_deref(), Some("7"));
        // The same page again, with nothing below it yet.
        all.renew(page(&[9, 8], Some("7b")));
        assert_eq!(all.next.as_deref(), Some("7b"));
        // All there is.
        all.renew(page(&[9, 8], None));
        assert_eq!((all.calls.len(), all.next), (2, None));
    }

    #[test]
    fn a_note_goes_to_its_call() {
        let mut all = page(&[2, 1], None);
        let note = Note {
            text: "Wants a refund".into(),
            disposition: "Call again".into(),
        };
        all.note("1", &note);
        assert!(
            all.calls
                .iter()
                .all(|call| (call.sid == "1") == call.note.is_some())
        );
    }
}
