//! Sounds the page makes itself: ring, ringback, busy, digit feedback. One page rings for all: the holder of the `ring` lock.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioBufferSourceNode, AudioContext, AudioContextState};

use super::locks::{self, Held};
use super::route::route;
use super::tones::{self, Tone};
use super::{clock, spawn};
use crate::devices::Role;
use crate::sounding::Sound;

/// Name of the lock that the ringing page holds.
const LOCK: &str = "ring";
/// A browser that lets a page sound does so within this, ms; one that does not never answers.
const PATIENCE: u32 = 400;
/// Rounds of the busy tone.
const BUSY_ROUNDS: f64 = 3.0;

/// What became of the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Nothing is to be heard.
    Silent,
    /// It sounds here.
    Sounding,
    /// The browser refuses until the agent touches the page.
    Blocked,
}

/// The page's speaker.
pub struct Speaker {
    context: RefCell<Option<AudioContext>>,
    wanted: Cell<Sound>,
    /// Counts changes of mind, so that a task started for an older wish does nothing.
    wish: Cell<u32>,
    playing: RefCell<Option<Playing>>,
    tell: Box<dyn Fn(Heard)>,
}

/// A tone that sounds. Dropping it stops it and lets another page ring.
struct Playing {
    source: AudioBufferSourceNode,
    _lock: Option<Held>,
}

impl Drop for Playing {
    fn drop(&mut self) {
        // Fails only where it has ended by itself.
        #[allow(deprecated)]
        let _ = self.source.stop();
        let _ = self.source.disconnect();
    }
}

impl Speaker {
    /// A silent speaker; `tell` hears what becomes of each wish.
    pub fn new(tell: impl Fn(Heard) + 'static) -> Rc<Self> {
        Rc::new(Self {
            context: RefCell::default(),
            wanted: Cell::new(Sound::Silence),
            wish: Cell::new(0),
            playing: RefCell::default(),
            tell: Box::new(tell),
        })
    }

    /// Changes the sound. Asking for what sounds already changes nothing.
    pub fn sound(self: &Rc<Self>, sound: Sound) {
        if self.wanted.replace(sound) != sound {
            self.start();
        }
    }

    /// The agent touched the page: a refused sound may start now.
    pub fn retry(self: &Rc<Self>) {
        if self.wanted.get() != Sound::Silence && self.playing.borrow().is_none() {
            self.start();
        }
    }

    /// Sounds one digit, besides whatever else sounds.
    pub fn digit(self: &Rc<Self>, digit: char) {
        let Some(tone) = tones::digit(digit) else { return };
        let speaker = Rc::clone(self);
        spawn(async move {
            if let Some(context) = speaker.running(Role::Speaker).await {
                // It ends by itself and is collected then.
                let _ = play(&context, &tone, Some(1.0));
            }
        });
    }

    fn start(self: &Rc<Self>) {
        let wish = self.wish.get().wrapping_add(1);
        self.wish.set(wish);
        drop(self.playing.take());
        let (tone, rounds, role) = match self.wanted.get() {
            Sound::Silence => {
                self.rest();
                return (self.tell)(Heard::Silent);
            }
            Sound::Ring => (tones::RING, None, Role::Ringer),
            Sound::Ringback => (tones::RINGBACK, None, Role::Speaker),
            Sound::Busy => (tones::BUSY, Some(BUSY_ROUNDS), Role::Speaker),
        };
        let speaker = Rc::clone(self);
        spawn(async move {
            let context = speaker.running(role).await;
            if speaker.wish.get() != wish {
                return;
            }
            // A page that cannot sound must not keep the lock from one that can.
            let Some(context) = context else {
                return (speaker.tell)(Heard::Blocked);
            };
            let lock = match role {
                Role::Ringer => locks::acquire(LOCK).await,
                Role::Speaker | Role::Microphone => None,
            };
            if speaker.wish.get() != wish {
                return;
            }
            if let Some(source) = play(&context, &tone, rounds) {
                *speaker.playing.borrow_mut() = Some(Playing { source, _lock: lock });
                (speaker.tell)(Heard::Sounding);
            }
        });
    }

    /// The audio context, running, at the device of `role`; `None` where the browser refuses (autoplay policy).
    async fn running(&self, role: Role) -> Option<AudioContext> {
        if self.context.borrow().is_none() {
            *self.context.borrow_mut() = AudioContext::new().ok();
        }
        let context = self.context.borrow().clone()?;
        route(&context, role);
        if context.state() != AudioContextState::Running {
            let resumed = context.resume().ok()?;
            let patience = Promise::new(&mut |resolve, _| clock::after(PATIENCE, &resolve));
            let either = js_sys::Array::of2(&resumed, &patience);
            let _ = JsFuture::from(Promise::race(either.unchecked_ref())).await;
        }
        (context.state() == AudioContextState::Running).then_some(context)
    }

    /// An idle context keeps the audio device and the tab's loudspeaker sign on.
    fn rest(&self) {
        if let Some(context) = &*self.context.borrow() {
            let _ = context.suspend();
        }
    }
}

/// Plays so many rounds of a tone, or without end: then the last of its rounds for ever.
pub(super) fn play(
    context: &AudioContext,
    tone: &Tone,
    rounds: Option<f64>,
) -> Option<AudioBufferSourceNode> {
    let samples = tone.samples();
    let length = u32::try_from(samples.len()).ok()?;
    let buffer = context.create_buffer(1, length, tones::RATE as f32).ok()?;
    buffer.copy_to_channel(&samples, 0).ok()?;
    let source = context.create_buffer_source().ok()?;
    source.set_buffer(Some(&buffer));
    source.set_loop(true);
    source.set_loop_start(tone.settled());
    source.connect_with_audio_node(&context.destination()).ok()?;
    source.start().ok()?;
    if let Some(rounds) = rounds {
        let end = context.current_time() + rounds * buffer.duration();
        #[allow(deprecated)]
        source.stop_with_when(end).ok()?;
    }
    Some(source)
}
