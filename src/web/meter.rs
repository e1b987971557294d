//! A microphone that is listened to here alone: how loud it is, and what it sounds like to others.

use phone::MediaFault;
use web_sys::{AnalyserNode, AudioContext, MediaStream, MediaStreamAudioSourceNode};

use super::microphone::Microphone;

/// Samples looked at together: 43 ms at 48 kHz.
const WINDOW: u32 = 2048;
/// What silence is called, dB below full scale.
pub const SILENCE: f64 = -100.0;

/// An open microphone with a level. Dropping it closes the microphone.
pub struct Meter {
    microphone: Microphone,
    context: AudioContext,
    analyser: AnalyserNode,
    _source: MediaStreamAudioSourceNode,
}

impl Meter {
    /// Opens the agent's microphone. `None` for a meter: the browser has no Web Audio.
    pub async fn open() -> Result<Option<Self>, MediaFault> {
        let microphone = Microphone::open().await?;
        Ok(Self::on(microphone))
    }

    fn on(microphone: Microphone) -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let stream = MediaStream::new().ok()?;
        stream.add_track(microphone.track());
        let source = context.create_media_stream_source(&stream).ok()?;
        let analyser = context.create_analyser().ok()?;
        analyser.set_fft_size(WINDOW);
        source.connect_with_audio_node(&analyser).ok()?;
        Some(Self {
            microphone,
            context,
            analyser,
            _source: source,
        })
    }

    /// How loud it is now, dB below full scale; [`SILENCE`] at the least.
    pub fn level(&self) -> f64 {
        let mut samples = [0.0_f32; WINDOW as usize];
        self.analyser.get_float_time_domain_data(&mut samples);
        let power: f64 = samples.iter().map(|sample| f64::from(sample * sample)).sum();
        let mean = power / f64::from(WINDOW);
        if mean > 0.0 {
            (10.0 * mean.log10()).max(SILENCE)
        } else {
            SILENCE
        }
    }

    /// The name of the device that was really opened.
    pub fn device(&self) -> String {
        self.microphone.label()
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        // Refused only by a context that is closed.
        let _ = self.context.close();
    }
}
