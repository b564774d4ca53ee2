//! Calls whose sound comes from programs: simulated callers, announcements, music.
//!
//! ```text
//! Voices ──MediaAction──► one task a call ── ICE, DTLS-SRTP or plain RTP ──► peer
//!    │                          ▲ packets, over a ring and a channel
//!    └── voices ──► clock ◄─────┘ 10 ms frames, keys ◄──► Voice
//! ```

use std::collections::BTreeMap;

use alobar_core::{CallId, MediaAction};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::audio::{CallAudio, Clock, Clockwork, Frame, SILENCE};
use crate::call::{CallSound, Calls};
use crate::codec::Codec;
use crate::peer::PeerConfig;
use crate::{MediaError, MediaReport, Network};

/// Who speaks and listens in a call in place of a person with a headset.
///
/// Driven on the thread of all voices: must not block.
pub trait Voice: Send {
    /// The next 10 ms of 48 kHz mono, full scale ±1: `heard` came from the peer, `said` (silence on
    /// entry) goes to it. Called from when the call's connection is up until the call is closed,
    /// also while either side holds: then `heard` is silence, or `said` is not sent.
    fn frame(&mut self, heard: &Frame, said: &mut Frame);

    /// The peer has pressed a key: `0-9 * # A-D` (RFC 4733). Told once, when it begins.
    fn key(&mut self, key: char) {
        let _ = key;
    }
}

/// How calls get their sound.
#[derive(Debug, Clone)]
pub struct VoicesConfig {
    /// What we offer, best first; empty means [`Codec::PREFERENCE`].
    pub codecs: Vec<Codec>,
    pub network: Network,
    /// Offers of RTP in the clear (`RTP/AVP`) are answered, from a socket on 127.0.0.1: for phones
    /// on this machine that know no WebRTC. What we offer ourselves is always WebRTC.
    pub plain_rtp: bool,
}

/// All calls' media. Must be used inside a tokio runtime. Dropping it waits for its thread; a voice
/// that panicked has ended the sound of all calls, which is then logged as an error.
#[derive(Debug)]
pub struct Voices {
    clock: Clock<Command>,
    calls: Calls,
}

enum Command {
    Voice(CallId, Box<dyn Voice>),
    Sound(CallId, Box<CallSound>),
    Close(CallId),
}

impl Voices {
    /// Starts the clock, which stands still while there is no call. Of the reports, only
    /// [`MediaReport::Call`] and [`MediaReport::Stats`] come.
    ///
    /// # Errors
    ///
    /// When the thread cannot be started.
    pub fn start(
        config: VoicesConfig,
    ) -> Result<(Voices, UnboundedReceiver<MediaReport>), MediaError> {
        let clock = Clock::start("alobar-voices", Stage::default())?;
        let (reports, reports_out) = mpsc::unbounded_channel();
        let peers = PeerConfig {
            plain_rtp: config.plain_rtp,
            ..PeerConfig::new(config.codecs, config.network)
        };
        let calls = Calls::new(peers, reports);
        Ok((Voices { clock, calls }, reports_out))
    }

    /// Gives the call to `voice`, before its first action or at any time later: the voice before
    /// is dropped. A call that has none says nothing. [`MediaAction::Close`] lets the voice go.
    pub fn open(&self, call: CallId, voice: Box<dyn Voice>) {
        self.clock.send(Command::Voice(call, voice));
    }

    /// Does `action`; returns at once. What comes of it is reported. Focus and mute mean nothing
    /// here: each call has a voice of its own.
    pub fn perform(&self, call: CallId, action: MediaAction) {
        match action {
            MediaAction::Focus { .. } | MediaAction::Mute { .. } => {}
            MediaAction::Close => {
                self.clock.send(Command::Close(call));
                self.calls.close(call);
            }
            action @ (MediaAction::CreateOffer { .. }
            | MediaAction::AcceptOffer { .. }
            | MediaAction::AcceptAnswer { .. }
            | MediaAction::RollBack
            | MediaAction::SendDtmf { .. }) => self.calls.act(call, action, |sound| {
                self.clock.send(Command::Sound(call, Box::new(sound)));
            }),
        }
    }

    /// Closes all calls and waits until their peers have been told.
    pub async fn stop(self) {
        let close = |call| self.clock.send(Command::Close(call));
        self.calls.stop(close).await;
    }
}

/// Everybody on the clock's thread.
#[derive(Default)]
struct Stage {
    calls: BTreeMap<CallId, Part>,
}

#[derive(Default)]
struct Part {
    voice: Option<Box<dyn Voice>>,
    /// `None` before the call's first action.
    sound: Option<Box<CallSound>>,
}

impl Clockwork for Stage {
    type Command = Command;

    fn is_idle(&self) -> bool {
        self.calls.values().all(|part| part.sound.is_none())
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::Voice(call, voice) => {
                self.calls.entry(call).or_default().voice = Some(voice);
            }
            Command::Sound(call, sound) => {
                self.calls.entry(call).or_default().sound = Some(sound);
            }
            Command::Close(call) => {
                self.calls.remove(&call);
            }
        }
    }

    fn tick(&mut self) {
        for part in self.calls.values_mut() {
            part.tick();
        }
    }
}

impl Part {
    fn tick(&mut self) {
        let Some(sound) = &mut self.sound else {
            return;
        };
        let (mut heard, mut said) = (SILENCE, SILENCE);
        match &mut self.voice {
            Some(voice) => {
                sound.listen(&mut heard, |key| voice.key(key));
                if sound.connected() {
                    voice.frame(&heard, &mut said);
                }
            }
            None => sound.playback(&mut heard),
        }
        sound.capture(&said);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::stats::Counters;

    struct Mute;

    impl Voice for Mute {
        fn frame(&mut self, _: &Frame, _: &mut Frame) {}
    }

    #[test]
    fn the_clock_stands_still_while_there_is_no_call() {
        let (_, changes) = std::sync::mpsc::channel();
        let (_, arrivals) = rtrb::RingBuffer::new(1);
        let (packets, _) = mpsc::channel(1);
        let counters = Arc::new(Counters::new());
        let sound = CallSound::new(changes, arrivals, packets, counters, 7);
        let call = CallId(1);
        let mut stage = Stage::default();
        assert!(stage.is_idle());
        stage.perform(Command::Voice(call, Box::new(Mute)));
        assert!(stage.is_idle(), "a voice alone has nobody to talk to");
        stage.perform(Command::Sound(call, Box::new(sound)));
        assert!(!stage.is_idle());
        stage.tick();
        stage.perform(Command::Close(call));
        assert!(stage.is_idle());
    }
}
