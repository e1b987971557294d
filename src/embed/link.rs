//! Between the phone and its host, in the shape of the kernel's contract: something is told, then what follows is taken.

use std::collections::VecDeque;

use phone::view::Refusal;
use phone::{Command, Millis, PageId, View};
use protocol::crm_log::{LogDone, LogEntries, LogFailed};
use protocol::embed::{
    Agent, Ask, Event, Fault, FaultCode, Hello, Outcome, Phone, PhoneState, Ringing, SignInWanted, Snapshot,
    ToHost, VERSION,
};

use super::deed::{Deed, ServerWork, Settled};
use super::host::Host;
use super::log::Log;
use super::pending::{self, Pending, Sign};
use super::{Unread, picture, read, wanted};
use crate::companion::Device;

/// So many commands may be on their way.
const MOST: usize = 32;

/// Of the reason why a call was not logged, in characters.
const MOST_WORDS: usize = 500;

/// Who is signed in, as far as the page has said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Standing {
    /// Nothing yet, or somebody is being signed in.
    #[default]
    Unsaid,
    /// Nobody.
    Out,
    /// This agent.
    In(Agent),
}

/// See the module.
#[derive(Debug, Default)]
pub struct Link {
    host: Host,
    page: Option<PageId>,
    view: Option<View>,
    standing: Standing,
    ringing: Option<Ringing>,
    stopped: bool,
    log: Log,
    pending: Vec<Pending>,
    deeds: VecDeque<Deed>,
}

impl Link {
    /// What is to be done next.
    pub fn poll(&mut self) -> Option<Deed> {
        self.deeds.pop_front()
    }

    /// The host has become known.
    pub fn welcome(&mut self, now: Millis, hello: Hello) {
        let snapshot = self.snapshot(now);
        self.host = Host::new(&hello, snapshot.clone());
        self.deeds.push_back(Deed::Look(hello.look));
        self.deeds.push_back(Deed::Say(ToHost::Welcome {
            version: VERSION,
            snapshot: Box::new(snapshot),
        }));
        if !matches!(self.standing, Standing::In(_)) {
            self.want_sign_in(SignInWanted::Start);
        }
    }

    /// The phone, as the page has just been shown it.
    pub fn show(&mut self, now: Millis, page: PageId, view: View) {
        let before = self.view.as_ref().and_then(|view| view.refusal);
        let fresh = view.refusal.filter(|refusal| Some(*refusal) != before);
        self.stopped = false;
        self.page = Some(page);
        self.view = Some(view);
        self.tell(now);
        self.look_through(fresh);
        self.wake();
    }

    /// The worker has broken down.
    pub fn stop(&mut self, now: Millis) {
        self.stopped = true;
        self.tell(now);
    }

    /// Somebody is signed in.
    pub fn signed_in(&mut self, now: Millis, agent: String) {
        self.standing = Standing::In(Agent { id: agent });
        self.tell(now);
        self.finish(|sign| (sign == Sign::SignedIn).then_some(Ok(Outcome::Nothing)));
        self.wake();
    }

    /// Nobody is signed in; `told` says that it is not by the agent's wish. Then the host may bring a ticket, if somebody was.
    pub fn signed_out(&mut self, now: Millis, told: bool) {
        let before = std::mem::replace(&mut self.standing, Standing::Out);
        self.ringing = None;
        self.tell(now);
        match before {
            Standing::In(_) if told => self.want_sign_in(SignInWanted::Ended),
            // The hello has asked for a ticket; one that was refused is not asked for again and again.
            Standing::In(_) | Standing::Unsaid | Standing::Out => {}
        }
        if told {
            // Nothing else is told while a ticket is looked at.
            self.finish(|sign| (sign == Sign::SignedIn).then(|| Err(sign.missed())));
            self.wake();
        }
    }

    /// The platform rings this device now, or none.
    pub fn rings(&mut self, now: Millis, device: Option<Device>) {
        self.ringing = Some(picture::ringing(device));
        self.tell(now);
    }

    /// The host has said something on its port.
    pub fn hear(&mut self, now: Millis, text: &str) {
        if !self.host.is_known() {
            return;
        }
        match read::asked(text) {
            Ok(asked) if self.pending.iter().any(|pending| pending.id == asked.id) => {
                let message =
                    "A command with this number is on its way. Give each command a number of its own.";
                self.fail(Some(asked.id), Fault::new(FaultCode::BadMessage, message));
            }
            Ok(_) if self.pending.len() >= MOST => {
                let message = "Too many commands are on their way. Wait until some are done.";
                let id = read::asked(text).ok().map(|asked| asked.id);
                self.fail(id, Fault::passing(FaultCode::TooMany, message));
            }
            Ok(asked) => {
                self.deeds.push_back(Deed::Say(ToHost::Ack { id: asked.id }));
                match self.carry_out(now, asked.id, asked.ask) {
                    Ok(Some(outcome)) => self.done(asked.id, outcome),
                    Ok(None) => {}
                    Err(fault) => self.fail(Some(asked.id), fault),
                }
            }
            Err(Unread { id, fault }) => self.fail(id, fault),
        }
        self.wake();
    }

    /// The server has answered what [`Deed::Server`] asked.
    pub fn settled(&mut self, now: Millis, id: u32, settled: Settled) {
        if let Ok(Outcome::Ringing(ringing)) = &settled {
            self.ringing = Some(*ringing);
            self.tell(now);
        }
        if let Ok(Outcome::Note(_)) = &settled {
            self.log.hurry(now);
        }
        // A host that was told of a time-out meanwhile is told no more.
        if let Some(at) = self.pending.iter().position(|pending| pending.id == id) {
            self.pending.remove(at);
            match settled {
                Ok(outcome) => self.done(id, outcome),
                Err(fault) => self.fail(Some(id), fault),
            }
        }
        self.wake();
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Millis) {
        if matches!(self.standing, Standing::In(_)) && self.log.ask(now) {
            self.deeds.push_back(Deed::Lease);
        }
        let late = |pending: &mut Pending| pending.until <= now;
        let late: Vec<Pending> = self.pending.extract_if(.., late).collect();
        for pending in late {
            self.fail(Some(pending.id), pending.sign.missed());
        }
        self.wake();
    }

    /// The server has said which calls are to be logged, or nothing.
    pub fn leased(&mut self, now: Millis, entries: Option<LogEntries>) {
        for entry in self.log.answered(now, entries) {
            self.event(Event::Log(entry.into()));
        }
        self.wake();
    }

    /// What a command comes to: done at once, under way, or refused.
    fn carry_out(&mut self, now: Millis, id: u32, ask: Ask) -> Result<Option<Outcome>, Fault> {
        let view = || self.view.as_ref().ok_or_else(pending::not_ready);
        let (commands, sign) = match ask {
            Ask::Dial { number } => {
                wanted::dial(view()?, &number)?;
                self.deeds.push_back(Deed::Dial(number));
                (Vec::new(), Sign::Called)
            }
            Ask::Answer { call } => wanted::answer(view()?, call)?,
            Ask::Decline { call } => wanted::decline(view()?, call)?,
            Ask::HangUp { call } => wanted::hang_up(view()?, call)?,
            Ask::Hold { on, call } => wanted::hold(view()?, call, on)?,
            Ask::Mute { on, call } => wanted::mute(view()?, call, on)?,
            Ask::Digits { digits, call } => wanted::digits(view()?, call, &digits)?,
            Ask::Statistics { call } => {
                let page = self.page.ok_or_else(pending::not_ready)?;
                wanted::carried(view()?, call, page)?;
                self.deeds.push_back(Deed::Measure(id));
                (Vec::new(), Sign::Answered)
            }
            Ask::Device { ringing } => self.ask_server(id, ServerWork::Device(ringing))?,
            Ask::Available { available } => {
                let ringing = if available {
                    Ringing::Browser
                } else {
                    Ringing::Nothing
                };
                self.ask_server(id, ServerWork::Device(ringing))?
            }
            Ask::Note {
                sid,
                text,
                disposition,
            } => self.ask_server(
                id,
                ServerWork::Note {
                    sid,
                    text,
                    disposition,
                },
            )?,
            Ask::Fill { number } => {
                self.deeds.push_back(Deed::Fill(number));
                return Ok(Some(Outcome::Nothing));
            }
            Ask::Log { on } => {
                self.log.switch(now, on);
                return Ok(Some(Outcome::Nothing));
            }
            Ask::Logged { sid, reference } => {
                let lease = self.lease(&sid)?;
                let done = LogDone { lease, reference };
                self.ask_server(id, ServerWork::Logged { sid, done })?
            }
            Ask::LogFailed { sid, words } => {
                let lease = self.lease(&sid)?;
                let words = words.chars().take(MOST_WORDS).collect();
                let failed = LogFailed { lease, words };
                self.ask_server(id, ServerWork::LogFailed { sid, failed })?
            }
            Ask::SignIn { ticket } => {
                self.deeds.push_back(Deed::SignIn(ticket));
                (Vec::new(), Sign::SignedIn)
            }
            Ask::Look { look } => {
                self.deeds.push_back(Deed::Look(look));
                return Ok(Some(Outcome::Nothing));
            }
            Ask::Subscribe { events } => {
                self.host.subscribe(events);
                return Ok(Some(Outcome::Nothing));
            }
            Ask::Snapshot {} => return Ok(Some(Outcome::Snapshot(Box::new(self.snapshot(now))))),
        };
        let until = now + sign.patience();
        self.pending.push(Pending { id, until, sign });
        self.deeds.extend(commands.into_iter().map(Deed::Command));
        // It may be so already: then no new view comes.
        self.look_through(None);
        Ok(None)
    }

    /// Of a call that the host has been told of.
    fn lease(&mut self, sid: &str) -> Result<String, Fault> {
        let message = "This call is not waiting to be logged, or no longer.";
        let lease = self.log.lease(sid);
        lease.ok_or_else(|| Fault::new(FaultCode::NoCall, message))
    }

    fn ask_server(&mut self, id: u32, work: ServerWork) -> Result<(Vec<Command>, Sign), Fault> {
        match self.standing {
            Standing::In(_) => {
                self.deeds.push_back(Deed::Server(id, work));
                Ok((Vec::new(), Sign::Answered))
            }
            Standing::Out | Standing::Unsaid => Err(Fault::passing(
                FaultCode::SignedOut,
                "Nobody is signed in to the phone's server. Sign in first.",
            )),
        }
    }

    fn want_sign_in(&mut self, why: SignInWanted) {
        if self.host.has_tickets() {
            self.event(Event::SignIn(why));
        }
    }

    /// Ends what the phone shows to be done.
    fn look_through(&mut self, fresh: Option<Refusal>) {
        if let (Some(view), Some(page)) = (self.view.take(), self.page) {
            self.finish(|sign| sign.seen(&view, page, fresh));
            self.view = Some(view);
        }
    }

    fn finish(&mut self, seen: impl Fn(Sign) -> Option<Settled>) {
        let mut waiting = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            match seen(pending.sign) {
                Some(Ok(outcome)) => self.done(pending.id, outcome),
                Some(Err(fault)) => self.fail(Some(pending.id), fault),
                None => waiting.push(pending),
            }
        }
        self.pending = waiting;
    }

    fn done(&mut self, id: u32, outcome: Outcome) {
        self.deeds.push_back(Deed::Say(ToHost::Done { id, outcome }));
    }

    fn fail(&mut self, id: Option<u32>, fault: Fault) {
        self.deeds.push_back(Deed::Say(ToHost::Failed { id, fault }));
    }

    fn wake(&mut self) {
        let log = match self.standing {
            Standing::In(_) => self.log.next(),
            Standing::Out | Standing::Unsaid => None,
        };
        let next = self.pending.iter().map(|pending| pending.until);
        let next = next.chain(log).min();
        self.deeds.push_back(Deed::Wake(next));
    }

    fn snapshot(&self, now: Millis) -> Snapshot {
        let view = self.view.as_ref();
        let phone = match view {
            _ if self.stopped => Phone {
                state: PhoneState::Stopped,
                words: "Stopped".to_owned(),
            },
            Some(view) => picture::phone(&view.link, now),
            None => Phone {
                state: PhoneState::Connecting,
                words: "Connecting".to_owned(),
            },
        };
        let call = view.and_then(|view| view.call.as_ref()).zip(self.page);
        Snapshot {
            phone,
            agent: match &self.standing {
                Standing::In(agent) => Some(agent.clone()),
                Standing::Out | Standing::Unsaid => None,
            },
            call: call.map(|(call, page)| picture::call(call, page)),
            ended: view.and_then(|view| view.ended.as_ref()).map(picture::ended),
            ringing: self.ringing,
            missed: view.map_or(0, |view| {
                let unseen = view.missed.iter().filter(|missed| !missed.seen).count();
                u32::try_from(unseen).unwrap_or(u32::MAX)
            }),
        }
    }

    /// Tells the host what has changed since it was told last.
    fn tell(&mut self, now: Millis) {
        if self.host.is_known() {
            let news = self.host.news(self.snapshot(now));
            let ended = |said: &ToHost| {
                matches!(
                    said,
                    ToHost::Event {
                        event: Event::Ended(_),
                        ..
                    }
                )
            };
            if news.iter().any(ended) {
                self.log.hurry(now);
            }
            self.deeds.extend(news.into_iter().map(Deed::Say));
        }
    }

    fn event(&mut self, event: Event) {
        let event = self.host.number(event);
        self.deeds.extend(event.map(Deed::Say));
    }
}
