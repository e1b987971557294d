//! Signing in and out at the companion server. Every change of `standing` begins here.

use leptos::prelude::{GetUntracked, Set, WithUntracked};
use phone::{Command, LinkView, View};
use softphone::companion::{Patience, Presence, Session, Setup};
use softphone::notices::Notice;
use softphone::notices::companion as notices;
use softphone::sign_in::user;
use softphone::web::ask::{self, Reply};
use softphone::web::frame::Invitation;
use softphone::web::{clock, memory, spawn};

use super::run::Run;
use super::{Desk, DeviceSwitch, Equipment, SignedIn, Standing};

/// Kept in this browser from signing out until the server has heard of it.
const LEAVING: &str = "leaving";

impl Desk {
    /// Asks whether there is a server and who is signed in, until somebody answers; a signed-in agent's phone starts.
    /// False if something else has begun meanwhile.
    pub(crate) async fn begin(self) -> bool {
        let run = self.next_run();
        let mut patience = Patience::default();
        loop {
            // Signed out here before the page was loaded anew, and the server has not heard of it.
            let left = memory::text(LEAVING).is_none() || close().await;
            let presence = match ask::get("/api/session").await {
                _ if !left => Presence::Unreachable,
                Reply::Said(said) => Presence::read(200, &said),
                Reply::Refused(status, said) => Presence::read(status, &said),
                Reply::Unreachable => Presence::Unreachable,
            };
            if !self.goes_on(run) {
                return false;
            }
            match presence {
                Presence::SignedIn(session) => self.enter(run, session).await,
                // A phone that is still there belongs to the session that is gone.
                Presence::Nobody if self.registered() => self.end(),
                Presence::Nobody => self.standing.set(Standing::SignedOut(None)),
                Presence::Absent => self.standing.set(Standing::Absent),
                Presence::Unreachable => {
                    self.standing.set(Standing::Unreachable);
                    clock::sleep(patience.wait()).await;
                    if !self.goes_on(run) {
                        return false;
                    }
                    continue;
                }
            }
            return true;
        }
    }

    /// Does without a server.
    pub(crate) fn by_hand(self) {
        self.begin_as(Standing::Absent);
    }

    /// Signs in; an error says why not. While one attempt is out, another does nothing.
    pub(crate) async fn sign_in(self, name: &str, password: &str) -> Result<(), Notice> {
        let fields = [("name", Some(name)), ("password", Some(password))];
        self.open_session("/api/session", &fields).await
    }

    /// Signs in by what the page around this one has given it.
    pub(crate) async fn accept(self, invitation: &Invitation) {
        let fields = [
            ("ticket", Some(invitation.ticket.as_str())),
            ("embedded_in", Some(invitation.from.as_str())),
        ];
        if let Err(why) = self.open_session("/api/session/ticket", &fields).await {
            self.begin_as(Standing::SignedOut(Some(why)));
        }
    }

    async fn open_session(self, path: &str, fields: &[(&str, Option<&str>)]) -> Result<(), Notice> {
        if self
            .standing
            .with_untracked(|standing| *standing == Standing::SigningIn)
        {
            return Ok(());
        }
        let run = self.begin_as(Standing::SigningIn);
        let reply = ask::change("POST", path, fields).await;
        if !self.goes_on(run) {
            // Nobody wants this session any more.
            if let Reply::Said(_) = reply {
                ask::change("DELETE", "/api/session", &[]).await;
            }
            return Ok(());
        }
        let why = match reply {
            Reply::Said(said) => match Session::read(&said) {
                Some(session) => {
                    memory::forget(LEAVING);
                    let agent = session.agent.as_deref().unwrap_or_default();
                    memory::forget(&[memory::SHIFT, agent].concat());
                    ask::keep_bearer(session.token.clone());
                    spawn(self.reread_device(run));
                    self.enter(run, session).await;
                    return Ok(());
                }
                None => notices::NOT_UNDERSTOOD,
            },
            Reply::Refused(_, said) => notices::refusal(&said),
            Reply::Unreachable => notices::NOT_HEARD,
        };
        self.standing.set(Standing::SignedOut(None));
        Err(why)
    }

    /// The agent has notes in this browser that are not saved.
    pub(crate) fn has_drafts(self) -> bool {
        !memory::names(&self.drafts()).is_empty()
    }

    /// How the names of the agent's drafts begin.
    fn drafts(self) -> String {
        let agent = self.standing.with_untracked(Standing::agent);
        [memory::DRAFTS, &agent.unwrap_or_default(), ":"].concat()
    }

    /// Nothing of the agent's stays in this browser, whether the panes are there or not.
    fn forget_drafts(self) {
        let drafts = self.drafts();
        for call in memory::names(&drafts) {
            memory::forget(&[drafts.as_str(), &call].concat());
        }
        let agent = self.standing.with_untracked(Standing::agent);
        memory::forget(&[memory::WRAP_UP, &agent.unwrap_or_default()].concat());
    }

    /// Signs out, here and on the server; a call is hung up.
    pub(crate) async fn sign_out(self) {
        self.forget_drafts();
        let run = self.begin_as(Standing::SigningOut);
        // The server first: another tab that sees the phone go must not find the session still there.
        let done = close().await;
        if !self.goes_on(run) {
            return;
        }
        self.follow(None, None);
        self.send(Command::Disconnect);
        if !done {
            self.standing.set(Standing::Untold);
            let mut patience = Patience::default();
            loop {
                clock::sleep(patience.wait()).await;
                // Whoever signs in here now has another session.
                if !self.goes_on(run) {
                    return;
                }
                if close().await {
                    break;
                }
            }
        }
        if self.goes_on(run) {
            ask::keep_bearer(None);
            self.standing.set(Standing::SignedOut(None));
        }
    }

    /// The server no longer knows the session. A call goes on until its end.
    pub(crate) fn session_ended(self) {
        let open = self
            .standing
            .with_untracked(|standing| matches!(standing, Standing::SignedIn(_) | Standing::Ending));
        if open {
            self.end();
        }
    }

    /// The same, as the panes have heard it, if nobody has signed in or out since they asked.
    pub(crate) fn session_ended_in(self, run: u32) {
        if self.run().number() == run {
            self.session_ended();
        }
    }

    fn end(self) {
        if self.view.with_untracked(|view| view.call.is_some()) {
            self.begin_as(Standing::Ending);
        } else {
            ask::keep_bearer(None);
            self.begin_as(Standing::SignedOut(Some(notices::SESSION_ENDED)));
            self.follow(None, None);
            self.send(Command::Disconnect);
        }
    }

    async fn enter(self, run: Run, session: Session) {
        let stand = |phone| {
            self.standing.set(Standing::SignedIn(SignedIn {
                name: session.name.clone(),
                agent: session.agent.clone(),
                phone,
            }));
        };
        stand(Equipment::Asking);
        // Before anything else is asked: what the last agent has missed is none of this one's business.
        self.device.set(DeviceSwitch::Unknown);
        self.follow(session.agent.as_deref(), None);
        let refused = |why| stand(Equipment::Unknown(why));
        let Some(setup) = self.setup(run, refused).await else {
            return;
        };
        self.follow(session.agent.as_deref(), Some(setup.features.whole_numbers));
        self.device.set(DeviceSwitch::Settled(setup.device));
        spawn(self.keep_servers(run, setup.ice));
        stand(match setup.accounts {
            None => Equipment::None(notices::NO_VOIP, setup.features),
            Some(accounts) => match accounts.into_iter().next() {
                None => Equipment::None(notices::NO_EDGE, setup.features),
                Some(account) => {
                    self.account.set(Some(account));
                    Equipment::Here(setup.features)
                }
            },
        });
    }

    /// What the agent's phone needs, asked until it is said. `None` once that is nobody's wish any more.
    pub(super) async fn setup(self, run: Run, refused: impl Fn(Notice)) -> Option<Setup> {
        let mut patience = Patience::default();
        while self.goes_on(run) {
            let reply = ask::get("/api/phone").await;
            if !self.goes_on(run) {
                return None;
            }
            match reply {
                Reply::Said(said) => match Setup::read(&said) {
                    Some(setup) => return Some(setup),
                    None => refused(notices::NOT_UNDERSTOOD),
                },
                Reply::Refused(401, _) => {
                    self.session_ended();
                    return None;
                }
                Reply::Refused(_, said) => refused(notices::refusal(&said)),
                Reply::Unreachable => {}
            }
            clock::sleep(patience.wait()).await;
        }
        None
    }

    /// Connects with the account that is waiting, unless another tab has done so. Without a server the first tab decides.
    pub(crate) fn connect(self) {
        if let Some(account) = self.account.get_untracked() {
            self.account.set(None);
            let same = |view: &View| view.address.as_deref().map(user) == Some(user(&account.address));
            let served = self
                .standing
                .with_untracked(|standing| matches!(standing, Standing::SignedIn(_)));
            if !self.registered() || served && !self.view.with_untracked(same) {
                self.send(Command::Connect(account));
            }
        }
    }

    /// The phone has an account, and a server that may have it.
    fn registered(self) -> bool {
        self.page.with_untracked(Option::is_some)
            && self
                .view
                .with_untracked(|view| !matches!(view.link, LinkView::Idle | LinkView::Refused(_)))
    }
}

/// Ends the session at the server; false if that is not certain. Until it is, this browser remembers it.
async fn close() -> bool {
    memory::keep(LEAVING, LEAVING);
    let done = match ask::change("DELETE", "/api/session", &[]).await {
        Reply::Said(_) | Reply::Refused(401, _) => true,
        Reply::Refused(..) | Reply::Unreachable => false,
    };
    if done {
        memory::forget(LEAVING);
    }
    done
}
