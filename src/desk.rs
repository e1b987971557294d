//! What the UI reads and says. Signals of plain values; the browser's types stay behind `shell` and `web`.

mod placing;
mod run;
mod server;
mod session;
mod standing;

use std::rc::Rc;

use leptos::prelude::{LocalStorage, RwSignal, StoredValue, UpdateValue, WithValue};
use phone::{Account, CallId, Command, LinkView, MediaFault, Millis, NewsLine, PageId, View};
use softphone::companion::IceServer;
use softphone::panes_wire::Mend;
use softphone::web::clock;
use softphone::web::microphone::Permission;
use softphone::web::peers::MicrophoneNews;

use crate::shell::Shell;
pub(crate) use standing::{DeviceSwitch, Equipment, SignedIn, Standing};

/// The page's desk. Copied freely; made once, by [`Desk::open`].
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// The phone, as the worker sent it last.
    pub(crate) view: RwSignal<View>,
    /// This page's id, once the worker has greeted it: `view.call.owner == page` means that the audio is here.
    pub(crate) page: RwSignal<Option<PageId>>,
    /// Why there is no phone behind this page; `None` while there is one, or while it may still answer.
    pub(crate) worker_lost: RwSignal<Option<WorkerLost>>,
    /// The microphone.
    pub(crate) microphone: RwSignal<MicState>,
    /// This page sounds (ring, ringback or busy). One page rings for all.
    pub(crate) ring: RwSignal<bool>,
    /// The browser refuses to sound the ring before the agent touches this page; any click or key cures it.
    pub(crate) ring_blocked: RwSignal<bool>,
    /// The same for the far end's voice.
    pub(crate) audio_blocked: RwSignal<bool>,
    /// The companion server, and who is signed in to it.
    pub(crate) standing: RwSignal<Standing>,
    /// Which device the platform rings.
    pub(crate) device: RwSignal<DeviceSwitch>,
    /// The shift has not begun: this browser is not to be rung yet.
    pub(crate) shift_due: RwSignal<bool>,
    /// An account to connect with as soon as the worker is there.
    pub(crate) account: RwSignal<Option<Account>>,
    /// How often the server's news have had a gap: each time the history is to be read anew.
    pub(crate) gaps: RwSignal<u32>,
    /// The click that calls the customer of an earlier call, and that call.
    earlier: StoredValue<Option<(String, String)>>,
    /// See [`run`].
    runs: StoredValue<u32>,
    shell: StoredValue<Option<Rc<Shell>>, LocalStorage>,
}

/// The microphone, seen from this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MicState {
    /// The browser will ask when a call needs it.
    WillAsk,
    /// Allowed; closed until a call needs it.
    Allowed,
    /// In use by a call in this page.
    Open,
    /// It could not be opened, or was lost.
    Failed(MediaFault),
}

impl MicState {
    /// The state after some news.
    pub(crate) fn after(self, news: MicrophoneNews) -> Self {
        match (news, self) {
            (MicrophoneNews::Opened, _) => Self::Open,
            (MicrophoneNews::Failed(fault), _) => Self::Failed(fault),
            (MicrophoneNews::Closed, Self::Open) => Self::Allowed,
            // What the permission says counts while nothing else is known, and once it changes after a refusal.
            (MicrophoneNews::Permission(permission), Self::WillAsk | Self::Allowed)
            | (MicrophoneNews::Permission(permission), Self::Failed(MediaFault::DeniedBySite)) => {
                match permission {
                    Permission::Granted => Self::Allowed,
                    Permission::Ask => Self::WillAsk,
                    Permission::Denied => Self::Failed(MediaFault::DeniedBySite),
                }
            }
            (MicrophoneNews::Permission(_), unchanged @ (Self::Open | Self::Failed(_))) => unchanged,
            (MicrophoneNews::Closed, unchanged @ (Self::WillAsk | Self::Allowed | Self::Failed(_))) => {
                unchanged
            }
        }
    }
}

/// Why there is no phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WorkerLost {
    /// Its program did not load; the text, if any, is for a report.
    NotLoaded(String),
    /// It does not answer.
    Silent,
    /// It broke down; the text is for a report.
    Broken(String),
}

impl Desk {
    /// Attaches this page to the worker. Call it once, under the root owner.
    pub(crate) fn open() -> Self {
        let desk = Self {
            view: RwSignal::new(nothing()),
            page: RwSignal::new(None),
            worker_lost: RwSignal::new(None),
            microphone: RwSignal::new(MicState::WillAsk),
            ring: RwSignal::new(false),
            ring_blocked: RwSignal::new(false),
            audio_blocked: RwSignal::new(false),
            standing: RwSignal::new(Standing::Asking),
            device: RwSignal::new(DeviceSwitch::Unknown),
            shift_due: RwSignal::new(false),
            account: RwSignal::new(None),
            gaps: RwSignal::new(0),
            earlier: StoredValue::new(None),
            runs: StoredValue::new(0),
            shell: StoredValue::new_local(None),
        };
        let shell = Shell::attach(desk);
        desk.shell.update_value(|slot| *slot = Some(shell));
        desk
    }

    /// Hands a command to the phone; what becomes of it shows in the view.
    pub(crate) fn send(&self, command: Command) {
        self.shell.with_value(|shell| {
            if let Some(shell) = shell {
                shell.send(command);
            }
        });
    }

    /// STUN and TURN servers of the calls to come.
    fn use_servers(&self, servers: Vec<IceServer>) {
        self.shell.with_value(|shell| {
            if let Some(shell) = shell {
                shell.use_servers(servers);
            }
        });
    }

    /// Other devices are in force: calls under way go on with them.
    pub(crate) fn use_devices(&self, microphone: bool) {
        self.shell.with_value(|shell| {
            if let Some(shell) = shell {
                shell.use_devices(microphone);
            }
        });
    }

    /// One direction of this call is dead.
    pub(crate) fn mend(&self, call: CallId, mend: Mend) {
        self.shell.with_value(|shell| {
            if let Some(shell) = shell {
                shell.mend(call, mend);
            }
        });
    }

    /// Now, on the clock of the view's times.
    pub(crate) fn now(&self) -> Millis {
        clock::now()
    }
}

/// The view before the worker has spoken.
fn nothing() -> View {
    View {
        link: LinkView::Idle,
        news: NewsLine::Off,
        address: None,
        call: None,
        ended: None,
        missed: Vec::new(),
        refusal: None,
    }
}
