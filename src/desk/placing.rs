//! Calls placed through the platform, and whose news the phone follows.

use leptos::prelude::{GetValue, SetValue, WithUntracked, WithValue};
use phone::Command;
use softphone::companion::{Placement, Problem};
use softphone::language::marked;
use softphone::notices::companion::platform_said;
use softphone::web::ask::{self, Reply};
use softphone::web::{clock, entropy, memory};
use softphone::wire::Session;

use super::{Desk, Standing};

/// Before the one repeat of a click that nobody answered, ms.
const PAUSE: u32 = 1_000;
/// Why nobody knows what became of a click.
const PLATFORM_SILENT: &str = marked("The server asked the platform and got no clear answer.");
/// The same, from nearer by.
const SERVER_SILENT: &str = marked("The server did not answer.");

impl Desk {
    /// Calls a number through the platform. What becomes of it shows in the view.
    pub(crate) fn place(self, number: &str) {
        self.send(Command::Place {
            key: entropy::uuid(),
            number: number.to_owned(),
        });
    }

    /// Calls the customer of an earlier call, whose number only the server sees.
    pub(crate) fn call_back(self, sid: String, number: &str) {
        let key = entropy::uuid();
        self.earlier.set_value(Some((key.clone(), sid)));
        self.send(Command::Place {
            key,
            number: number.to_owned(),
        });
    }

    /// The phone has taken the click: asks the server, and tells the phone what came of it.
    pub(crate) async fn carry_out(self, key: String, number: String) {
        let earlier = self.earlier.get_value().filter(|(its, _)| *its == key);
        let whom = match &earlier {
            Some((_, sid)) => ("call", Some(sid.as_str())),
            None => ("to", Some(number.as_str())),
        };
        let fields = [whom, ("key", Some(key.as_str()))];
        let run = self.run();
        let mut reply = ask::change("POST", "/api/calls", &fields).await;
        // A proxy that gave up on the server knows as little as nobody at all.
        if matches!(reply, Reply::Unreachable | Reply::Refused(502..=504, _)) {
            // The same key: what was placed is not placed again, and this time it may be told.
            clock::sleep(PAUSE).await;
            reply = ask::change("POST", "/api/calls", &fields).await;
        }
        let unknown = |key, words: &str| Command::PlaceUnknown {
            key,
            words: words.to_owned(),
        };
        self.send(match reply {
            Reply::Said(said) => match Placement::read(&said) {
                Placement::Placed { sid } => Command::Placed { key, sid },
                Placement::Refused { message, vendor } => refused(key, message, Some(vendor)),
                Placement::Unknown => unknown(key, PLATFORM_SILENT),
            },
            Reply::Refused(status, said) => {
                let problem = Problem::read(&said);
                if status == 401 && self.goes_on(run) {
                    self.session_ended();
                }
                match problem {
                    Some(problem) => refused(key, problem.message, problem.vendor),
                    // Not the server itself, but something before it.
                    None => unknown(key, SERVER_SILENT),
                }
            }
            Reply::Unreachable => unknown(key, SERVER_SILENT),
        });
    }

    /// Has the phone follow the news of this agent's calls; of nobody's for `None`. Whether numbers may be seen whole is
    /// known later than who is signed in.
    pub(super) fn follow(self, agent: Option<&str>, whole_numbers: Option<bool>) {
        let session = agent.map(|agent| Session {
            agent: agent.to_owned(),
            bearer: ask::bearer(),
            whole_numbers,
            seen_until: memory::moment(&seen(agent)).unwrap_or_default(),
        });
        self.shell.with_value(|shell| {
            if let Some(shell) = shell {
                shell.follow(session);
            }
        });
    }

    /// The agent has seen the missed calls there are: they stay seen in the next worker, which reads them anew.
    pub(crate) fn keep_seen(self) {
        let newest = self
            .view
            .with_untracked(|view| view.missed.iter().map(|missed| missed.at).max());
        let agent = self.standing.with_untracked(Standing::agent);
        if let (Some(newest), Some(agent)) = (newest, agent) {
            let name = seen(&agent);
            let before = memory::moment(&name).unwrap_or_default();
            memory::keep_moment(&name, newest.max(before));
        }
    }
}

/// Where the moment of the newest missed call is kept that this agent has seen: agents may share a browser.
fn seen(agent: &str) -> String {
    ["missed-seen:", agent].concat()
}

fn refused(key: String, message: String, vendor: Option<String>) -> Command {
    let vendor = vendor.filter(|words| !words.is_empty() && !message.contains(words.as_str()));
    let words = match vendor {
        Some(vendor) => [message.as_str(), " ", &platform_said(&vendor)].concat(),
        None => message,
    };
    Command::PlaceRefused { key, words }
}
