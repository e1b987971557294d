//! Who sits at these screens, and where in them.

use leptos::prelude::*;
use protocol::session::{Role, Session, SignIn};
use softphone::web::{Listener, ask, place, spawn};

use super::ask::Refusal;
use super::news::News;

/// Whether somebody may see the screens.
///
/// ```text
/// Asking -> Unreachable -> Asking
///    |----> SignedOut ------> SignedIn <------> Expired   (the screen below stays as it is)
///    |----> NotAllowed           |
///              |                 v
///              +-----------> SignedOut
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The server has been asked.
    Asking,
    /// It did not answer.
    Unreachable,
    /// Nobody.
    SignedOut,
    /// An agent, whom these screens are not for.
    NotAllowed(Session),
    /// Somebody who may.
    SignedIn(Session),
    /// Their session has ended: what they were doing waits until they have signed in again.
    Expired(Session),
}

impl Standing {
    /// Whose screens are shown.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::SignedIn(session) | Self::Expired(session) => Some(session),
            Self::Asking | Self::Unreachable | Self::SignedOut | Self::NotAllowed(_) => None,
        }
    }

    fn of(session: Session) -> Self {
        match session.role {
            Role::Supervisor | Role::Admin => Self::SignedIn(session),
            Role::Agent => Self::NotAllowed(session),
        }
    }
}

/// What every screen is given.
#[derive(Clone, Copy)]
pub(crate) struct Admin {
    /// Who sits here.
    pub(crate) standing: RwSignal<Standing>,
    /// The path of the screen that is shown.
    pub(crate) place: RwSignal<String>,
    /// What the server tells by itself.
    pub(crate) news: News,
    _listeners: StoredValue<Vec<Listener>, LocalStorage>,
}

impl Admin {
    /// Begins: asks who is signed in, and follows the address.
    pub(crate) fn open() -> Self {
        let at = RwSignal::new(place::path());
        let listeners = vec![
            place::on_move(move || at.set(place::path())),
            place::on_link("/admin", move |path| {
                place::go(path);
                at.set(place::path());
            }),
        ];
        let admin = Self {
            standing: RwSignal::new(Standing::Asking),
            place: at,
            news: News::none(),
            _listeners: StoredValue::new_local(listeners),
        };
        admin.news.follow(admin);
        spawn(admin.look());
        admin
    }

    /// Asks who is signed in.
    pub(crate) async fn look(self) {
        self.standing.set(Standing::Asking);
        let told = super::ask::exchange("GET", "/api/session", None).await;
        self.standing
            .set(match told.map(|text| super::ask::read::<Session>(&text)) {
                Ok(Ok(session)) => Standing::of(session),
                Err(Refusal::Problem(401, _)) => Standing::SignedOut,
                Ok(Err(_)) | Err(_) => Standing::Unreachable,
            });
    }

    /// Signs in; over a session that has ended, the screen below stays.
    pub(crate) async fn sign_in(self, form: &SignIn) -> Result<(), Refusal> {
        let text = super::ask::exchange("POST", "/api/session", super::ask::written(form).as_deref()).await?;
        let session = super::ask::read(&text)?;
        self.standing.set(Standing::of(session));
        Ok(())
    }

    /// Signs out.
    pub(crate) async fn sign_out(self) {
        // Whatever comes of it, this page shows nothing more.
        let _ = ask::whole("DELETE", "/api/session", None).await;
        self.standing.set(Standing::SignedOut);
    }

    /// The session has ended.
    pub(crate) fn expire(self) {
        let session = self
            .standing
            .with_untracked(|standing| standing.session().cloned());
        self.standing
            .set(session.map_or(Standing::SignedOut, Standing::Expired));
    }

    /// Whether who sits here may change things, without following it.
    pub(crate) fn is_admin(self) -> bool {
        let role = |standing: &Standing| standing.session().map(|session| session.role);
        self.standing.with_untracked(role) == Some(Role::Admin)
    }

    /// Goes to a screen.
    pub(crate) fn go(self, path: &str) {
        place::go(path);
        self.place.set(place::path());
    }
}
