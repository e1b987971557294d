//! The link in its browser: what is heard goes to [`Link`], and what it wants done is done.

use std::cell::RefCell;
use std::rc::Rc;

use protocol::Secret;
use softphone::embed::{Deed, Door, Knocked, Link, measured, properties};
use softphone::panes_wire::{FromPanes, ToPanes};
use softphone::web::carried::Carried;
use softphone::web::clock::Timer;
use softphone::web::host::{self, HostPort};
use softphone::web::port::{self, Ends, Port, Sender};
use softphone::web::{Listener, ask, clock, entropy, panic, spawn};
use softphone::wire::{ToPage, ToWorker};

use crate::{entrance, server};

thread_local! {
    /// Lives as long as the page.
    static RUNNING: RefCell<Option<Rc<Running>>> = const { RefCell::new(None) };
}

struct Running {
    link: RefCell<Link>,
    door: RefCell<Door>,
    /// One more each time somebody has signed in.
    run: RefCell<Option<u32>>,
    page: Port,
    /// This load's name where calls to be logged are given out.
    holder: String,
    host: RefCell<Option<HostPort>>,
    worker: Option<Sender>,
    timer: Timer,
    _listeners: Vec<Listener>,
}

/// Starts it. Without a page around whose origin is known there is nobody to speak to.
pub(crate) fn open(ends: Ends) {
    panic::show_in_console();
    let Some(around) = host::origin() else { return };
    entrance::open(&around, |ticket| {
        with(|it| bring(it, &ticket));
    });
    let stopped = || {
        with(|it| it.link.borrow_mut().stop(clock::now()));
    };
    let (worker, overheard) = port::beside_page(heard_worker, stopped).unzip();
    let letters = host::on_letter(
        |letter| with(|it| knocked(it, letter)).unwrap_or(false),
        |port| {
            with(|it| *it.host.borrow_mut() = Some(port));
        },
        |text| {
            with(|it| it.link.borrow_mut().hear(clock::now(), text));
        },
    );
    let running = Running {
        link: RefCell::default(),
        door: RefCell::new(Door::new(around, entropy::uuid())),
        run: RefCell::new(None),
        page: Port::open(ends, heard_page),
        holder: entropy::uuid(),
        host: RefCell::new(None),
        worker,
        timer: Timer::new(|| {
            with(|it| it.link.borrow_mut().tick(clock::now()));
        }),
        _listeners: overheard.into_iter().chain([letters]).collect(),
    };
    RUNNING.set(Some(Rc::new(running)));
    with(|it| {
        if let Some((origin, ready)) = it.door.borrow().ready() {
            host::post(origin, &json(&ready));
        }
    });
}

/// Tells the link something, then does what follows.
fn with<T>(tell: impl FnOnce(&Rc<Running>) -> T) -> Option<T> {
    let running = RUNNING.with_borrow(Clone::clone)?;
    let told = tell(&running);
    loop {
        let deed = running.link.borrow_mut().poll();
        match deed {
            Some(deed) => act(&running, deed),
            None => return Some(told),
        }
    }
}

fn act(it: &Running, deed: Deed) {
    match deed {
        Deed::Say(said) => {
            if let Some(host) = &*it.host.borrow() {
                host.say(&json(&said));
            }
        }
        Deed::Command(command) => {
            if let Some(worker) = &it.worker {
                worker.send(&ToWorker::Command(command));
            }
        }
        Deed::Dial(number) => it.page.send(&FromPanes::Dial(number)),
        Deed::Fill(number) => it.page.send(&FromPanes::Fill(number)),
        Deed::SignIn(ticket) => bring(it, &ticket),
        Deed::Lease => {
            let holder = it.holder.clone();
            spawn(async move {
                let entries = server::lease(holder).await;
                with(|it| it.link.borrow_mut().leased(clock::now(), entries));
            });
        }
        Deed::Server(id, work) => spawn(async move {
            let settled = server::work(work).await;
            with(|it| it.link.borrow_mut().settled(clock::now(), id, settled));
        }),
        Deed::Measure(id) => spawn(async move {
            let settled = measured(Carried::measure().await);
            with(|it| it.link.borrow_mut().settled(clock::now(), id, settled));
        }),
        Deed::Look(look) => {
            for (property, value) in properties(&look) {
                host::style(property, value);
            }
        }
        Deed::Wake(at) => it.timer.set(at),
    }
}

/// Has the page sign in.
fn bring(it: &Running, ticket: &Secret) {
    it.page.send(&FromPanes::SignIn(ticket.reveal().to_owned()));
}

/// A message to the window; true if it is the host's hello.
fn knocked(it: &Running, letter: softphone::embed::Letter<'_>) -> bool {
    match it.door.borrow_mut().hear(letter) {
        Knocked::Nothing => false,
        Knocked::Welcome(hello) => {
            // What is to be said waits until the port is there.
            spawn(async move {
                with(|it| it.link.borrow_mut().welcome(clock::now(), hello));
            });
            true
        }
    }
}

/// Something the worker has said to the page.
fn heard_worker(message: ToPage) {
    match message {
        ToPage::View(page, view) => {
            with(|it| it.link.borrow_mut().show(clock::now(), page, *view));
        }
        ToPage::Device(device) => {
            with(|it| it.link.borrow_mut().rings(clock::now(), device));
        }
        // The page's own affairs.
        ToPage::Media(_) | ToPage::Place { .. } | ToPage::Reread | ToPage::Mark(..) => {}
    }
}

/// Something the page says.
fn heard_page(message: ToPanes) {
    match message {
        ToPanes::Past(Some(asker)) => {
            ask::keep_bearer(asker.bearer);
            let new = with(|it| it.run.replace(Some(asker.run)) != Some(asker.run));
            entrance::signed_in();
            if new == Some(true) {
                with(|it| it.link.borrow_mut().signed_in(clock::now(), asker.agent));
                spawn(read_device(asker.run));
            }
        }
        ToPanes::Past(None) => {
            with(|it| it.run.replace(None));
        }
        ToPanes::SignedOut(Some(told)) => {
            ask::keep_bearer(None);
            with(|it| it.link.borrow_mut().signed_out(clock::now(), told));
            entrance::signed_out(Some(told));
        }
        // For the panes alone.
        ToPanes::SignedOut(None) => entrance::signed_out(None),
        ToPanes::Missed(_)
        | ToPanes::Leaving
        | ToPanes::Registration(_)
        | ToPanes::Demo(_)
        | ToPanes::Call(_)
        | ToPanes::Typed(_)
        | ToPanes::Over(_) => {}
    }
}

/// What rings is told with each change; how it is at the start has to be asked.
async fn read_device(run: u32) {
    if let Some(device) = server::ringing().await {
        with(|it| {
            if *it.run.borrow() == Some(run) {
                it.link.borrow_mut().rings(clock::now(), device);
            }
        });
    }
}

/// None of our types can fail to be written.
fn json(message: &impl serde::Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default()
}
