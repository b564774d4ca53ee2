//! Speech to say and a measure of what was heard.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What is said in every test.
const TEXT: &str = "Alobar xin chào. One two three four five, the quick brown fox jumps over the lazy dog, \
                and then it calls the office to ask about an order.";

/// Likeness above which the words have arrived, through whatever codecs and clean-up: the same voice
/// saying something else stays well below.
pub const HEARD: f32 = 0.55;

/// Rate at which sound is compared: telephone band is enough, and quick.
const RATE: usize = 8_000;
/// Length of the pieces that are compared, in samples: short, because a jitter buffer may bend time
/// between two words.
const PIECE: usize = RATE / 4;
/// How far a piece may lie from where the whole recording lies (jitter buffer at work).
const SLACK: usize = RATE / 10;

/// Writes Vietnamese and English speech of some eight seconds, 48 kHz mono, to `path`.
pub fn speak(path: &Path) {
    speak_at(path, 48_000);
}

/// [`speak`] at another sample rate.
pub fn speak_at(path: &Path, rate: u32) {
    say(TEXT, path, rate);
}

/// Writes a second of silence, as [`speak`] does its speech.
pub fn say_nothing(path: &Path) {
    run(Command::new("sox")
        .args(["-n", "-r", "48000", "-c", "1", "-b", "16"])
        .arg(path)
        .args(["trim", "0", "1"]));
}

/// Writes what an agent says who listens in between: a sentence, 6 s of silence, the same sentence.
pub fn speak_twice(path: &Path) {
    let once = path.with_extension("once.wav");
    say(
        "Alobar xin nghe, tôi có thể giúp gì cho anh?",
        &once,
        48_000,
    );
    run(Command::new("sox")
        .arg(&once)
        .arg(path)
        .args(["pad", "0", "6", "repeat", "1"]));
    let _ = std::fs::remove_file(once);
}

fn say(text: &str, path: &Path, rate: u32) {
    let raw = path.with_extension("raw.wav");
    run(Command::new("espeak-ng")
        .args(["-s", "150", "-w"])
        .arg(&raw)
        .arg(text));
    run(Command::new("sox")
        .arg(&raw)
        .args(["-r", &rate.to_string(), "-c", "1", "-b", "16"])
        .arg(path)
        .args(["norm", "-6"]));
    let _ = std::fs::remove_file(raw);
}

fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Mono samples at 8 kHz of a 16-bit WAV file, in the telephone band.
pub fn samples(path: &Path) -> Vec<f32> {
    let mut reader =
        hound::WavReader::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let spec = reader.spec();
    let channels = usize::from(spec.channels);
    let all: Vec<f32> = reader
        .samples::<i16>()
        .map(|sample| f32::from(sample.expect("a sample")) / 32768.0)
        .collect();
    let mono: Vec<f32> = all
        .chunks_exact(channels)
        .map(|frame| frame.iter().sum::<f32>() / channels as f32)
        .collect();
    at_telephone_rate(&mono, spec.sample_rate as usize)
}

/// Samples taken at `rate`, at the rate of [`samples`].
pub fn at_telephone_rate(samples: &[f32], rate: usize) -> Vec<f32> {
    high_pass(high_pass(decimate(samples, rate / RATE)))
}

/// Averages `factor` neighbours: a crude low-pass, the same for both sides of a comparison.
fn decimate(samples: &[f32], factor: usize) -> Vec<f32> {
    samples
        .chunks_exact(factor.max(1))
        .map(|chunk| chunk.iter().sum::<f32>() / chunk.len() as f32)
        .collect()
}

/// What a telephone passes begins at 300 Hz. Below it codecs and clean-up filters turn the phase of
/// a low voice, which no ear notices and every correlation does.
fn high_pass(mut samples: Vec<f32>) -> Vec<f32> {
    const BLEND: f32 = 0.21; // 1 - exp(-2π · 300 / RATE)
    let mut low = 0.0;
    for sample in &mut samples {
        low += BLEND * (*sample - low);
        *sample -= low;
    }
    samples
}

/// Root mean square, 0 to 1.
pub fn level(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

/// How alike the heard sound is to the said one, 0 to 1: the mean over its pieces (those with
/// speech in them) of the best normalised correlation near the common delay.
pub fn likeness(said: &[f32], heard: &[f32]) -> f32 {
    let delay = common_delay(said, heard);
    let loud = level(said) / 4.0;
    let pieces: Vec<f32> = (0..said.len() / PIECE)
        .map(|piece| piece * PIECE)
        .filter(|start| level(&said[*start..start + PIECE]) > loud)
        .filter(|start| start + delay + PIECE + SLACK < heard.len())
        .map(|start| best_near(&said[start..start + PIECE], heard, start + delay))
        .collect();
    if pieces.is_empty() {
        0.0
    } else {
        pieces.iter().sum::<f32>() / pieces.len() as f32
    }
}

/// The delay, in samples, at which the loudness of both sounds fits best.
fn common_delay(said: &[f32], heard: &[f32]) -> usize {
    const STEP: usize = RATE / 100;
    let envelope = |samples: &[f32]| samples.chunks(STEP).map(level).collect::<Vec<_>>();
    let (said, heard) = (envelope(said), envelope(heard));
    let delays = 0..heard.len().saturating_sub(said.len() / 2);
    let fit = |delay: usize| -> f32 { said.iter().zip(&heard[delay..]).map(|(a, b)| a * b).sum() };
    delays
        .max_by(|a, b| fit(*a).total_cmp(&fit(*b)))
        .unwrap_or(0)
        * STEP
}

fn best_near(piece: &[f32], heard: &[f32], at: usize) -> f32 {
    let from = at.saturating_sub(SLACK);
    (from..at + SLACK)
        .map(|start| correlation(piece, &heard[start..start + piece.len()]))
        .fold(0.0, f32::max)
}

/// Normalised correlation of two pieces of equal length.
fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let product: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    let power = level(a) * level(b) * a.len() as f32;
    if power > 0.0 { product / power } else { 0.0 }
}

/// A sleeper kept waiting for longer means that 10 ms frames came too late.
const STALL: Duration = Duration::from_millis(8);

/// Repeats a listening test whose sound a busy machine has spoiled; `attempt` says what was wrong.
///
/// # Panics
/// When an undisturbed attempt fails, or the machine is never quiet enough.
pub fn listening(mut attempt: impl FnMut() -> Result<(), String>) {
    let mut spoiled = String::new();
    for _ in 0..5 {
        let guard = StallGuard::start();
        let outcome = attempt();
        let worst = guard.worst();
        match outcome {
            Ok(()) => return,
            Err(said) if worst < STALL => panic!("{said}"),
            Err(said) => spoiled = format!("{said}, but a sleeper waited {worst:?} too long"),
        }
    }
    panic!("{spoiled}");
}

/// Notes when this machine is too busy for sound.
struct StallGuard {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Duration>,
}

impl StallGuard {
    fn start() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            let (nap, mut worst) = (Duration::from_millis(5), Duration::ZERO);
            while !stopped.load(Ordering::Relaxed) {
                let asleep = Instant::now();
                thread::sleep(nap);
                worst = worst.max(asleep.elapsed().saturating_sub(nap));
            }
            worst
        });
        Self { stop, thread }
    }

    /// The longest a sleeper was kept waiting.
    fn worst(self) -> Duration {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_voice_saying_something_else_is_not_heard_as_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (said, other) = (
            folder.path().join("said.wav"),
            folder.path().join("other.wav"),
        );
        speak(&said);
        say(
            "Nobody at this number has ever ordered a refrigerator, and certainly not on a Sunday \
             morning before breakfast, whatever your list says.",
            &other,
            48_000,
        );
        let likeness = likeness(&samples(&said), &samples(&other));
        assert!(likeness < HEARD - 0.1, "{likeness}");
    }

    fn noise(seed: u32, length: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..length)
            .map(|at| next() * if at / 3000 % 3 == 0 { 0.1 } else { 1.0 })
            .collect()
    }

    #[test]
    fn the_same_sound_later_is_alike_and_another_sound_is_not() {
        let said = noise(1, 5 * RATE);
        let mut heard = vec![0.0; 4321];
        heard.extend(said.iter().map(|sample| sample * 0.5));
        heard.extend(vec![0.0; RATE]);
        assert!(likeness(&said, &heard) > 0.99);
        assert!(likeness(&said, &noise(2, 7 * RATE)) < 0.5);
    }
}
