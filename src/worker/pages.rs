//! The pages that show this phone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use phone::{Input, PageId, View};
use softphone::web::port::{Ends, Port, Sender};
use softphone::web::{locks, spawn};
use softphone::wire::{ToPage, ToWorker};

use crate::pump::Pump;

/// One page's line. It stays when the page goes to the back/forward cache, whence it may attach again as another page.
struct Line {
    key: u32,
    port: Port,
    presence: Presence,
    /// Somebody waits for the page's lock already.
    watched: bool,
}

/// `Away -> Greeting -> Attached -> Away`
#[derive(Clone, Copy)]
enum Presence {
    /// Not attached yet, or left.
    Away,
    /// Attached; the next view goes out as its welcome.
    Greeting(PageId),
    /// It knows its id.
    Attached(PageId),
}

impl Presence {
    fn page(self) -> Option<PageId> {
        match self {
            Self::Away => None,
            Self::Greeting(page) | Self::Attached(page) => Some(page),
        }
    }
}

/// All lines.
#[derive(Default)]
pub(crate) struct Pages {
    lines: RefCell<Vec<Line>>,
    keys: Cell<u32>,
    ids: Cell<u32>,
}

/// Counts up; ids are never reused.
fn next(counter: &Cell<u32>) -> u32 {
    counter.set(counter.get() + 1);
    counter.get()
}

impl Pages {
    /// A page's port has come; the page itself counts from its `Attach` on.
    pub(crate) fn connect(&self, ends: Ends, pump: &Rc<Pump>) {
        let key = next(&self.keys);
        let hearing = Rc::downgrade(pump);
        let heard = move |message: ToWorker| {
            if let Some(pump) = hearing.upgrade() {
                pump.heard(key, message);
            }
        };
        let port = Port::open(ends, heard, || {});
        self.lines.borrow_mut().push(Line {
            key,
            port,
            presence: Presence::Away,
            watched: false,
        });
    }

    /// Sends the view to every attached page, to a new one as its welcome.
    pub(crate) fn show(&self, view: Box<View>) {
        let mut welcomes = Vec::new();
        for line in self.lines.borrow_mut().iter_mut() {
            if let Presence::Greeting(page) = line.presence {
                line.presence = Presence::Attached(page);
                welcomes.push((page, line.port.sender()));
            }
        }
        let known = self.senders(|line| {
            line.presence
                .page()
                .is_some_and(|page| !welcomes.iter().any(|(new, _)| *new == page))
        });
        for (page, sender) in welcomes {
            sender.send(&ToPage::Welcome {
                page,
                view: view.clone(),
            });
        }
        let message = ToPage::View(view);
        for sender in known {
            sender.send(&message);
        }
    }

    /// Sends to one page.
    pub(crate) fn tell(&self, page: PageId, message: &ToPage) {
        for sender in self.senders(|line| line.presence.page() == Some(page)) {
            sender.send(message);
        }
    }

    /// Sends to every attached page.
    pub(crate) fn tell_all(&self, message: &ToPage) {
        for sender in self.senders(|line| matches!(line.presence, Presence::Attached(_))) {
            sender.send(message);
        }
    }

    /// Collected first, so that no borrow lasts over a send. Empty while a panic holds the list.
    fn senders(&self, wanted: impl Fn(&Line) -> bool) -> Vec<Sender> {
        let Ok(lines) = self.lines.try_borrow() else {
            return Vec::new();
        };
        lines
            .iter()
            .filter(|line| wanted(line))
            .map(|line| line.port.sender())
            .collect()
    }

    /// Gives the line a new page id. The second value tells that its lock is not watched yet.
    fn attach(&self, key: u32) -> Option<(PageId, bool)> {
        let mut lines = self.lines.borrow_mut();
        let line = lines.iter_mut().find(|line| line.key == key)?;
        let page = PageId(next(&self.ids));
        line.presence = Presence::Greeting(page);
        Some((page, !std::mem::replace(&mut line.watched, true)))
    }

    /// Takes the page off its line.
    fn detach(&self, key: u32) -> Option<PageId> {
        let mut lines = self.lines.borrow_mut();
        let line = lines.iter_mut().find(|line| line.key == key)?;
        std::mem::replace(&mut line.presence, Presence::Away).page()
    }

    fn page(&self, key: u32) -> Option<PageId> {
        self.lines
            .borrow()
            .iter()
            .find(|line| line.key == key)?
            .presence
            .page()
    }

    fn remove(&self, key: u32) {
        // Out of the list before it is dropped: closing a port must not find the list borrowed.
        let mut lines = self.lines.borrow_mut();
        let gone = lines
            .iter()
            .position(|line| line.key == key)
            .map(|index| lines.swap_remove(index));
        drop(lines);
        drop(gone);
    }
}

impl Pump {
    fn heard(self: &Rc<Self>, key: u32, message: ToWorker) {
        match message {
            ToWorker::Attach { lock } => self.attached(key, lock),
            ToWorker::Leaving => self.left(key),
            ToWorker::Command(command) => {
                if let Some(page) = self.pages().page(key) {
                    self.feed(Input::Command(page, command));
                }
            }
            ToWorker::Media(call, event) => {
                if let Some(page) = self.pages().page(key) {
                    self.feed(Input::Media(page, call, event));
                }
            }
            ToWorker::Network { online } => self.feed(if online { Input::Online } else { Input::Offline }),
        }
    }

    fn attached(self: &Rc<Self>, key: u32, lock: Option<String>) {
        // A page that attaches twice has lost its former self.
        self.left(key);
        let Some((page, unwatched)) = self.pages().attach(key) else {
            return;
        };
        self.feed(Input::PageAttached(page));
        if let Some(lock) = lock.filter(|_| unwatched) {
            let pump = Rc::downgrade(self);
            spawn(async move {
                let held = locks::acquire(&lock).await;
                if let Some(pump) = pump.upgrade().filter(|_| held.is_some()) {
                    pump.left(key);
                    pump.pages().remove(key);
                }
            });
        }
    }

    fn left(self: &Rc<Self>, key: u32) {
        if let Some(page) = self.pages().detach(key) {
            self.feed(Input::PageGone(page));
        }
    }
}
