//! The button that is drawn in place of the form, and the window behind it.

use std::cell::RefCell;

use protocol::Secret;
use softphone::embed::Entrance;
use softphone::language::t;
use softphone::web::clock::{self, Timer};
use softphone::web::entrance::{self, Opened};
use softphone::web::panel::{self, Panel};
use softphone::web::{Listener, entropy, language};

/// A host that can get a ticket has so long before the person is asked, ms.
const PATIENCE: u64 = 1_500;
/// How often a window is looked at that may have been closed, ms.
const LOOK: u64 = 400;

/// The form goes from sight as long as the button is there. In a bar there is room for the button alone.
const STYLE: &str = "\
    body:has(#entrance) .connect > :not(.notice) { display: none }\
    #entrance { position: fixed; inset: 0; display: grid; place-content: center; grid-template-columns: minmax(0, 18rem);\
      gap: var(--s3); padding: var(--s4); text-align: center; pointer-events: none; visibility: hidden }\
    #entrance > * { pointer-events: auto }\
    #entrance.shown { visibility: visible }\
    @media (max-height: 7rem) { #entrance { inset: auto 0 0 auto; padding: .375rem .5rem; grid-template-columns: auto }\
      #entrance p { position: absolute; clip-path: inset(50%) } #entrance .button { min-height: 2.75rem } }";

thread_local! {
    /// Lives as long as the page.
    static ROOM: RefCell<Option<Room>> = const { RefCell::new(None) };
}

struct Room {
    /// The page around.
    around: String,
    bring: fn(Secret),
    entrance: Entrance,
    panel: Option<Panel>,
    window: Option<Opened>,
    /// Until then nothing is said.
    quiet_until: u64,
    timer: Timer,
    _listener: Listener,
}

/// Starts it for a frame in a page of another origin; in one of our own the form works.
pub(crate) fn open(around: &str, bring: fn(Secret)) {
    if around == entrance::own() {
        return;
    }
    panel::style(STYLE);
    let find = |is: &dyn Fn(&Opened) -> bool| {
        ROOM.with_borrow(|room| {
            room.as_ref()
                .and_then(|room| room.window.as_ref())
                .is_some_and(is)
        })
    };
    ROOM.set(Some(Room {
        around: around.to_owned(),
        bring,
        entrance: Entrance::default(),
        panel: None,
        window: None,
        quiet_until: 0,
        timer: Timer::new(|| {
            with(Room::look);
        }),
        _listener: entrance::on_said(find, |text| {
            let brought = with(|room| room.entrance.hear(text).map(|ticket| (room.bring, ticket)));
            if let Some(Some((bring, ticket))) = brought {
                bring(ticket);
            }
        }),
    }));
}

/// Nobody is signed in; without `told`, somebody may be.
pub(crate) fn signed_out(told: Option<bool>) {
    with(|room| match told {
        Some(told) => {
            let wait = if told { 0 } else { PATIENCE };
            room.quiet_until = room.quiet_until.max(clock::now() + wait);
            room.entrance.signed_out(told);
        }
        None => room.entrance.in_doubt(),
    });
}

/// Somebody is signed in.
pub(crate) fn signed_in() {
    with(|room| room.entrance.signed_in());
}

fn pressed() {
    with(|room| {
        if let (Entrance::Open { .. }, Some(window)) = (&room.entrance, &room.window) {
            return window.show();
        }
        let nonce = entropy::uuid();
        let address = ["/entrance#for=", &room.around, "&nonce=", &nonce].concat();
        room.window = Opened::open(&address);
        let opened = room.window.is_some();
        room.entrance.pressed(opened.then_some(nonce));
    });
}

/// Changes something, then draws what follows. Nothing in here calls back.
fn with<T>(change: impl FnOnce(&mut Room) -> T) -> Option<T> {
    ROOM.with_borrow_mut(|room| {
        let room = room.as_mut()?;
        let changed = change(room);
        room.draw();
        Some(changed)
    })
}

impl Room {
    fn look(&mut self) {
        if self.window.as_ref().is_some_and(Opened::is_closed) {
            self.window = None;
            self.entrance.closed();
        }
    }

    fn draw(&mut self) {
        let words = match &self.entrance {
            Entrance::Away => {
                self.panel = None;
                self.window = None;
                return self.timer.set(None);
            }
            Entrance::Offered(None) => t("Sign in to use the phone on this page."),
            Entrance::Offered(Some(trouble)) => trouble.words(),
            Entrance::Open { .. } => t("Sign in in the window that has opened."),
            Entrance::Brought => t("Signing in…"),
        };
        let now = clock::now();
        if self.panel.is_none() {
            language::install();
            self.panel = Panel::open("entrance", t("Sign in"), pressed);
        }
        let wait = match self.entrance {
            Entrance::Offered(_) if now < self.quiet_until => Some(self.quiet_until),
            Entrance::Open { .. } => Some(now + LOOK),
            Entrance::Away | Entrance::Offered(_) | Entrance::Brought => None,
        };
        if let Some(panel) = &self.panel
            && now >= self.quiet_until
        {
            panel.say(words);
        }
        self.timer.set(wait);
    }
}
