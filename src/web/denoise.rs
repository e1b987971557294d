//! Noise suppression in the audio thread: `www/denoise-worklet.js` with the program of `src/denoise.rs`. The panes own it and
//! lend it to the page (`Microphone::open`) by a function on `window.softphone`: without it, the sound is sent as it is.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    AudioContext, AudioContextOptions, AudioWorkletNode, AudioWorkletNodeOptions, MediaStream,
    MediaStreamAudioSourceNode, MediaStreamTrack, MediaStreamTrackState, MessageEvent,
};

use super::{Listener, clock, page, reflect};

/// Samples a second that the program is made for.
const RATE: f32 = 48_000.0;
/// A microphone is sent as it is if its clean sound is not there after this, ms.
const PATIENCE: u32 = 500;
/// The name of the function on `window.softphone`.
const LENT: &str = "clean";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = WebAssembly, js_name = compileStreaming)]
    fn compile(response: &Promise) -> Promise;
}

/// What the suppression says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Sound goes through it.
    On,
    /// This machine is too slow: it leaves the sound as it is.
    TooSlow,
    /// It has broken down, and leaves the sound as it is.
    Failed,
}

/// The suppression, ready. Dropping it takes it back from the page; microphones that go through it do so until they close.
pub struct Denoiser {
    lent: Closure<dyn FnMut(MediaStreamTrack) -> Promise>,
}

struct Program {
    context: AudioContext,
    module: RefCell<JsValue>,
    running: RefCell<Vec<Running>>,
    tell: Box<dyn Fn(Said)>,
}

/// One microphone's way through it.
struct Running {
    microphone: MediaStreamTrack,
    node: AudioWorkletNode,
    source: MediaStreamAudioSourceNode,
    _listener: Listener,
}

impl Denoiser {
    /// Fetches the program and lends it. `None` where the browser has no audio worklets, or it does not load.
    pub async fn open(tell: impl Fn(Said) + 'static) -> Option<Self> {
        let options = AudioContextOptions::new();
        options.set_sample_rate(RATE);
        let program = Rc::new(Program {
            context: AudioContext::new_with_context_options(&options).ok()?,
            module: RefCell::default(),
            running: RefCell::default(),
            tell: Box::new(tell),
        });
        let loaded = program
            .context
            .audio_worklet()
            .ok()?
            .add_module(&address("denoise")?)
            .ok()?;
        JsFuture::from(loaded).await.ok()?;
        let fetched = page::window().fetch_with_str(&address("denoiseWasm")?);
        let module = JsFuture::from(compile(&fetched)).await.ok()?;
        program.module.replace(module);
        let lent = Closure::<dyn FnMut(MediaStreamTrack) -> Promise>::new(move |microphone| {
            let program = Rc::clone(&program);
            future_to_promise(async move {
                let clean = program.run(microphone).await;
                Ok(clean.map_or(JsValue::NULL, JsValue::from))
            })
        });
        reflect::set(&boot()?, LENT, lent.as_ref());
        Some(Self { lent })
    }
}

impl Drop for Denoiser {
    fn drop(&mut self) {
        // A later one may be lent by now.
        if let Some(boot) = boot()
            && reflect::get(&boot, LENT).as_ref() == Some(self.lent.as_ref())
        {
            reflect::set(&boot, LENT, &JsValue::NULL);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.context.close();
    }
}

impl Program {
    /// The clean sound of a microphone.
    async fn run(self: &Rc<Self>, microphone: MediaStreamTrack) -> Option<MediaStreamTrack> {
        JsFuture::from(self.context.resume().ok()?).await.ok()?;
        let options = AudioWorkletNodeOptions::new();
        reflect::set(
            &options,
            "outputChannelCount",
            &js_sys::Array::of1(&JsValue::from(1)),
        );
        reflect::set(&options, "channelCount", &JsValue::from(1));
        reflect::set(&options, "channelCountMode", &JsValue::from_str("explicit"));
        let given = Object::new();
        reflect::set(&given, "module", &self.module.borrow());
        options.set_processor_options(Some(&given));
        let node = AudioWorkletNode::new_with_options(&self.context, "denoise", &options).ok()?;
        let stream = MediaStream::new().ok()?;
        stream.add_track(&microphone);
        let source = self.context.create_media_stream_source(&stream).ok()?;
        let out = self.context.create_media_stream_destination().ok()?;
        source.connect_with_audio_node(&node).ok()?;
        node.connect_with_audio_node(&out).ok()?;
        let clean = out.stream().get_audio_tracks().get(0).dyn_into().ok()?;
        let port = node.port().ok()?;
        // A circle until the microphone closes: a live call does not lose its sound when the suppression is taken back.
        let program = Rc::clone(self);
        let listener = Listener::new(&port, &["message"], move |event: MessageEvent| {
            program.hear(&event.data());
        });
        port.start();
        self.running.borrow_mut().push(Running {
            microphone,
            node,
            source,
            _listener: listener,
        });
        Some(clean)
    }

    fn hear(&self, said: &JsValue) {
        match said.as_string().as_deref() {
            Some("on") => (self.tell)(Said::On),
            Some("over") => (self.tell)(Said::TooSlow),
            Some("failed") => (self.tell)(Said::Failed),
            _ => self.tidy(),
        }
    }

    /// Lets go of microphones that are closed; with the last one the audio thread rests.
    fn tidy(&self) {
        let mut running = self.running.borrow_mut();
        running.retain(|one| one.microphone.ready_state() == MediaStreamTrackState::Live);
        if running.is_empty() {
            let _ = self.context.suspend();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.source.disconnect();
        if let Ok(port) = self.node.port() {
            let _ = port.post_message(&JsValue::NULL);
        }
    }
}

/// In whichever program a microphone is opened: its clean sound, where the suppression is lent.
pub(super) async fn clean(microphone: &MediaStreamTrack) -> Option<MediaStreamTrack> {
    let boot = boot()?;
    let clean: Function = reflect::method(&boot, LENT)?;
    let promise = Promise::from(clean.call1(&boot, microphone).ok()?);
    // A browser that lets nothing sound before it is touched never answers.
    let patience = Promise::new(&mut |resolve, _| clock::after(PATIENCE, &resolve));
    let either = js_sys::Array::of2(&promise, &patience);
    let first = JsFuture::from(Promise::race(either.unchecked_ref())).await;
    first.ok()?.dyn_into().ok()
}

/// The suppression is lent.
pub(super) fn is_lent() -> bool {
    boot().is_some_and(|boot| reflect::method(&boot, LENT).is_some())
}

fn boot() -> Option<JsValue> {
    reflect::get(&js_sys::global(), "softphone")
}

/// An address that the build wrote into the boot script's attributes.
fn address(name: &str) -> Option<String> {
    let script = page::document()?.query_selector("script[data-denoise]").ok()??;
    let address = reflect::text(&reflect::get(&script, "dataset")?, name);
    (!address.is_empty()).then_some(address)
}
