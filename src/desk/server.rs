//! What the agent does with the companion server: signs in and out, switches devices, reads the past.

use leptos::prelude::{GetUntracked, Set, WithUntracked};
use phone::{Command, LinkView, View};
use softphone::companion::{Device, History, IceServer, Problem, Session, Setup};
use softphone::notices::Notice;
use softphone::notices::companion as notices;
use softphone::sign_in::user;
use softphone::web::ask::{self, Reply};
use softphone::web::json::Parsed;
use softphone::web::{clock, spawn};

use super::{Desk, DeviceSwitch, Equipment, SignedIn, Standing};

/// Between two tries to reach the server, ms.
const AGAIN: u32 = 5_000;
/// Credentials are asked for so long before the old ones end, ms.
const EARLY: u64 = 60_000;
/// Past calls on one page.
const PAGE: &str = "20";

impl Desk {
    /// Asks whether there is a server and who is signed in, until somebody answers; a signed-in agent's phone starts.
    pub(crate) async fn begin(self) {
        loop {
            match ask::get("/api/session").await {
                Reply::Said(said) => match Session::read(&said) {
                    Some(session) => return self.enter(session).await,
                    None => return self.standing.set(Standing::Absent),
                },
                // A phone that is still there belongs to the session that is gone.
                Reply::Refused(401, _) if self.registered() => return self.session_ended(),
                Reply::Refused(401, _) => return self.standing.set(Standing::SignedOut(None)),
                Reply::Refused(_, said) if Problem::read(&said).is_none() => {
                    return self.standing.set(Standing::Absent);
                }
                Reply::Refused(..) | Reply::Unreachable => self.standing.set(Standing::Unreachable),
            }
            clock::sleep(AGAIN).await;
        }
    }

    /// Signs in; an error says why not.
    pub(crate) async fn sign_in(self, name: &str, password: &str) -> Result<(), Notice> {
        let fields = [("name", Some(name)), ("password", Some(password))];
        match ask::change("POST", "/api/session", &fields).await {
            Reply::Said(said) => {
                let session = Session::read(&said).ok_or(notices::NOT_UNDERSTOOD)?;
                self.enter(session).await;
                Ok(())
            }
            Reply::Refused(_, said) => Err(told(&said)),
            Reply::Unreachable => Err(notices::NOT_HEARD),
        }
    }

    /// Signs out, here and on the server; a call is hung up.
    pub(crate) async fn sign_out(self) {
        // The server first: another tab that sees the phone go must not find the session still there.
        let why = match ask::change("DELETE", "/api/session", &[]).await {
            Reply::Said(_) | Reply::Refused(401, _) => None,
            Reply::Refused(..) | Reply::Unreachable => Some(notices::NOT_SIGNED_OUT),
        };
        self.standing.set(Standing::SignedOut(why));
        self.follow(None);
        self.send(Command::Disconnect);
    }

    /// The server no longer knows the session. A call goes on until its end.
    pub(crate) fn session_ended(self) {
        if self.view.with_untracked(|view| view.call.is_some()) {
            self.standing.set(Standing::Ending);
        } else {
            self.standing
                .set(Standing::SignedOut(Some(notices::SESSION_ENDED)));
            self.send(Command::Disconnect);
        }
    }

    async fn enter(self, session: Session) {
        let signed_in = |phone| {
            Standing::SignedIn(SignedIn {
                name: session.name.clone(),
                phone,
            })
        };
        self.standing.set(signed_in(Equipment::Asking));
        let setup = loop {
            match ask::get("/api/phone").await {
                Reply::Said(said) => break Setup::read(&said),
                Reply::Refused(401, _) => return self.session_ended(),
                Reply::Refused(_, said) => {
                    return self.standing.set(signed_in(Equipment::Unknown(told(&said))));
                }
                Reply::Unreachable => clock::sleep(AGAIN).await,
            }
        };
        self.device.set(DeviceSwitch::Settled(setup.device));
        self.follow(session.agent.as_deref());
        spawn(self.keep_servers(setup.ice));
        let phone = match setup.accounts {
            None => Equipment::None(notices::NO_VOIP, setup.features),
            Some(accounts) => match accounts.into_iter().next() {
                None => Equipment::None(notices::NO_EDGE, setup.features),
                Some(account) => {
                    self.account.set(Some(account));
                    Equipment::Here(setup.features)
                }
            },
        };
        self.standing.set(signed_in(phone));
    }

    /// Hands the STUN and TURN servers to the calls to come, and new ones in time before the credentials end.
    async fn keep_servers(self, mut servers: Vec<IceServer>) {
        loop {
            let end = servers.iter().filter_map(|server| server.expires_at).min();
            self.use_servers(servers);
            let Some(end) = end else { return };
            let left = end.saturating_sub(clock::now() + EARLY).max(u64::from(AGAIN));
            clock::sleep(u32::try_from(left).unwrap_or(u32::MAX)).await;
            // Signing in anew has its own round of this.
            if !self
                .standing
                .with_untracked(|standing| matches!(standing, Standing::SignedIn(_)))
            {
                return;
            }
            servers = loop {
                match ask::get("/api/phone").await {
                    Reply::Said(said) => break Setup::read(&said).ice,
                    Reply::Refused(..) => return,
                    Reply::Unreachable => clock::sleep(AGAIN).await,
                }
            };
        }
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

    /// Has the platform ring this device, or none.
    pub(crate) async fn switch_device(self, to: Option<Device>) {
        let from = self.device.with_untracked(DeviceSwitch::active);
        self.device.set(DeviceSwitch::Switching { from, to });
        let fields = [("active", to.map(Device::word))];
        let settled = match ask::change("PUT", "/api/device", &fields).await {
            Reply::Said(said) => DeviceSwitch::Settled(Device::active(&said)),
            Reply::Refused(status, said) => DeviceSwitch::Refused {
                active: from,
                why: self.refused(status, &said),
            },
            Reply::Unreachable => DeviceSwitch::Refused {
                active: from,
                why: notices::NOT_HEARD,
            },
        };
        self.device.set(settled);
    }

    /// A page of past calls, from the newest or from where the last one ended.
    pub(crate) async fn history(self, before: Option<&str>) -> Result<History, Notice> {
        let path = match before {
            Some(before) => ["/api/calls?limit=", PAGE, "&before=", before].concat(),
            None => ["/api/calls?limit=", PAGE].concat(),
        };
        match ask::get(&path).await {
            Reply::Said(said) => Ok(History::read(&said)),
            Reply::Refused(status, said) => Err(self.refused(status, &said)),
            Reply::Unreachable => Err(notices::NOT_HEARD),
        }
    }

    fn refused(self, status: u16, said: &Parsed) -> Notice {
        if status == 401 {
            self.session_ended();
        }
        told(said)
    }
}

fn told(said: &Parsed) -> Notice {
    Problem::read(said).map_or(notices::NOT_UNDERSTOOD, |problem| Notice::from(&problem))
}
