//! The pages that show this phone.

use phone::{Input, PageId, View};
use softphone::web::locks::{self, Waiting};
use softphone::web::port::{self, Ends, Port};
use softphone::wire::{ToPage, ToWorker};

use crate::pump::{self, Pump};

/// One page's line. It stays when the page goes to the back/forward cache, whence it may attach again as another page.
struct Line {
    key: u32,
    port: Port,
    /// Who it is, while it is attached.
    page: Option<PageId>,
    /// Waits for the page's lock, which means its end.
    end: Option<Waiting>,
}

/// All lines.
#[derive(Default)]
pub(crate) struct Pages {
    lines: Vec<Line>,
    /// The view as all attached pages have it, packed: comparing bytes takes less code than comparing views.
    shown: Vec<u8>,
    /// The last key or id given. They count up and are never reused.
    last: u32,
}

impl Pages {
    /// A page's port has come; the page itself counts from its `Attach` on.
    pub(crate) fn connect(&mut self, ends: Ends) {
        let key = self.next();
        let port = Port::open(ends, move |message| pump::with(|pump| pump.heard(key, message)));
        self.lines.push(Line {
            key,
            port,
            page: None,
            end: None,
        });
    }

    /// Sends the view to every attached page, and with it who that page is; nothing if they have it already.
    pub(crate) fn show(&mut self, view: Box<View>) {
        let mut message = ToPage::View(PageId(0), view);
        let packed = port::pack(&message);
        if packed == self.shown {
            return;
        }
        self.shown = packed;
        for line in &self.lines {
            if let (Some(page), ToPage::View(to, _)) = (line.page, &mut message) {
                *to = page;
                line.port.send(&message);
            }
        }
    }

    /// Sends to one page.
    pub(crate) fn tell(&self, page: PageId, message: &ToPage) {
        if let Some(line) = self.lines.iter().find(|line| line.page == Some(page)) {
            line.port.send(message);
        }
    }

    /// Sends to every attached page.
    pub(crate) fn tell_all(&self, message: &ToPage) {
        for line in self.lines.iter().filter(|line| line.page.is_some()) {
            line.port.send(message);
        }
    }

    fn next(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    fn line(&mut self, key: u32) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.key == key)
    }

    /// Gives the line a new page id, and waits for the page's end.
    fn attach(&mut self, key: u32, lock: Option<String>) -> Option<PageId> {
        let page = PageId(self.next());
        self.shown.clear();
        let line = self.line(key)?;
        line.page = Some(page);
        if let (Some(lock), None) = (lock, &line.end) {
            line.end = Some(locks::when_free(&lock, move || {
                pump::with(|pump| pump.gone(key));
            }));
        }
        Some(page)
    }
}

impl Pump {
    fn heard(&mut self, key: u32, message: ToWorker) {
        // A page that attaches twice has lost its former self.
        if matches!(message, ToWorker::Attach { .. } | ToWorker::Leaving) {
            self.left(key);
        }
        if let Some(input) = self.input(key, message) {
            self.feed(input);
        }
    }

    fn input(&mut self, key: u32, message: ToWorker) -> Option<Input> {
        let page = self.pages.line(key)?.page;
        Some(match message {
            ToWorker::Attach { lock } => Input::PageAttached(self.pages.attach(key, lock)?),
            ToWorker::Leaving => return None,
            ToWorker::Command(command) => Input::Command(page?, command),
            ToWorker::Media(call, event) => Input::Media(page?, call, event),
            ToWorker::Session(session) => {
                page?;
                self.session(session);
                return None;
            }
            ToWorker::Network { online: true } => Input::Online,
            ToWorker::Network { online: false } => Input::Offline,
        })
    }

    fn left(&mut self, key: u32) {
        if let Some(page) = self.pages.line(key).and_then(|line| line.page.take()) {
            self.feed(Input::PageGone(page));
        }
    }

    /// The page will never come back.
    fn gone(&mut self, key: u32) {
        self.left(key);
        self.pages.lines.retain(|line| line.key != key);
    }
}
