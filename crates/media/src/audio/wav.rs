//! Sound files in place of devices.

use std::fs::File;
use std::io::{BufWriter, Read};
use std::iter;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

use super::{AudioError, FRAME, Frame, SAMPLE_RATE};

/// Messages to the writer that may wait: 5 s of a disk that does not answer.
const BACKLOG: usize = 500;

/// A file that is said into a call.
pub(super) struct WavSource {
    /// 16 bits are all that a telephone hears, at half the memory.
    sound: Vec<i16>,
    position: usize,
}

impl WavSource {
    /// Reads all of it: mixed to mono and resampled once, here.
    pub(super) fn load(path: &Path) -> Result<Self, AudioError> {
        let failed = |source| AudioError::ReadWav {
            path: path.into(),
            source,
        };
        let reader = WavReader::open(path).map_err(failed)?;
        let rate = reader.spec().sample_rate;
        let length = reader.duration() as usize;
        let mut mono = mono(reader);
        let sound = if rate == SAMPLE_RATE {
            let mut sound = Vec::with_capacity(length);
            for sample in &mut mono {
                sound.push(to_i16(sample.map_err(failed)?));
            }
            sound
        } else {
            let sound = mono.collect::<Result<Vec<_>, _>>().map_err(failed)?;
            let sound = resample_all(&sound, rate)?;
            sound.into_iter().map(to_i16).collect()
        };
        // At its end, so that what follows is silence.
        Ok(Self {
            position: usize::MAX,
            sound,
        })
    }

    pub(super) fn rewind(&mut self) {
        self.position = 0;
    }

    /// The next 10 ms, silence after the end. True once, with the last samples.
    pub(super) fn read(&mut self, frame: &mut Frame) -> bool {
        frame.fill(0.0);
        let rest = self.sound.get(self.position..).unwrap_or_default();
        let length = rest.len().min(FRAME);
        for (sample, stored) in frame.iter_mut().zip(&rest[..length]) {
            *sample = f32::from(*stored) / 32768.0;
        }
        let finished = self.position != usize::MAX && rest.len() <= FRAME;
        self.position = if finished {
            usize::MAX
        } else {
            self.position.saturating_add(FRAME)
        };
        finished
    }
}

/// The file's samples one by one, its channels mixed, full scale 1.
fn mono<R: Read + 'static>(
    reader: WavReader<R>,
) -> Box<dyn Iterator<Item = Result<f32, hound::Error>>> {
    let spec = reader.spec();
    let channels = spec.channels;
    let mut samples: Box<dyn Iterator<Item = Result<f32, hound::Error>>> = match spec.sample_format
    {
        SampleFormat::Float => Box::new(reader.into_samples::<f32>()),
        SampleFormat::Int => {
            let full_scale = (1_i64 << (spec.bits_per_sample - 1)) as f32;
            let samples = reader.into_samples::<i32>();
            Box::new(samples.map(move |sample| Ok(sample? as f32 / full_scale)))
        }
    };
    Box::new(iter::from_fn(move || {
        let mut sum = 0.0;
        for _ in 0..channels {
            match samples.next()? {
                Ok(sample) => sum += sample,
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(sum / f32::from(channels)))
    }))
}

fn resample_all(mono: &[f32], rate: u32) -> Result<Vec<f32>, AudioError> {
    if mono.is_empty() {
        return Ok(Vec::new());
    }
    let refused = AudioError::Resample { rate };
    let resampler = Fft::<f32>::new(
        rate as usize,
        SAMPLE_RATE as usize,
        1024,
        1,
        FixedSync::Input,
    );
    let (Ok(mut resampler), Ok(input)) = (resampler, InterleavedSlice::new(mono, 1, mono.len()))
    else {
        return Err(refused);
    };
    let output = resampler
        .process_all(&input, mono.len(), None)
        .map_err(|_| refused)?;
    Ok(output.take_data())
}

/// What is too loud is clipped: `as` saturates.
fn to_i16(sample: f32) -> i16 {
    (sample * 32768.0).round() as i16
}

enum Entry {
    Sound(Box<Frame>),
    /// Make the file complete as it is.
    Flush,
}

/// A recording, written by a thread of its own. Complete on disk after a flush, at most a second
/// old after an abrupt end.
pub(super) struct WavSink {
    /// `None` only while dropping.
    entries: Option<SyncSender<Entry>>,
    writer: Option<JoinHandle<()>>,
    frames: u32,
}

impl WavSink {
    pub(super) fn create(path: &Path) -> Result<Self, AudioError> {
        let spec = WavSpec {
            channels: 1,
            sample_rate: SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let mut file = WavWriter::create(path, spec).map_err(|source| AudioError::CreateWav {
            path: path.into(),
            source,
        })?;
        let (entries, inbox) = sync_channel(BACKLOG);
        let write = move || {
            if let Err(error) = write_all(&mut file, &inbox).and_then(|()| file.finalize()) {
                tracing::warn!(%error, "The recording is incomplete");
            }
        };
        let writer = thread::Builder::new()
            .name("alobar-recording".into())
            .spawn(write)
            .map_err(AudioError::Thread)?;
        Ok(Self {
            entries: Some(entries),
            writer: Some(writer),
            frames: 0,
        })
    }

    pub(super) fn write(&mut self, frame: &Frame) {
        self.enter(Entry::Sound(Box::new(*frame)));
        self.frames = (self.frames + 1) % 100;
        if self.frames == 0 {
            self.flush();
        }
    }

    pub(super) fn flush(&mut self) {
        self.enter(Entry::Flush);
    }

    fn enter(&self, entry: Entry) {
        if let Some(entries) = &self.entries {
            // A full disk or a slow one must not stop the call: its sound is lost, the warning is
            // the writer's.
            let _ = entries.try_send(entry);
        }
    }
}

impl Drop for WavSink {
    fn drop(&mut self) {
        self.entries = None;
        if self
            .writer
            .take()
            .is_some_and(|writer| writer.join().is_err())
        {
            tracing::error!("The recording's thread has panicked");
        }
    }
}

fn write_all(
    file: &mut WavWriter<BufWriter<File>>,
    inbox: &Receiver<Entry>,
) -> Result<(), hound::Error> {
    while let Ok(entry) = inbox.recv() {
        match entry {
            Entry::Sound(frame) => {
                for sample in *frame {
                    file.write_sample(to_i16(sample))?;
                }
            }
            Entry::Flush => file.flush()?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hertz: f32, rate: u32, n: usize) -> f32 {
        0.5 * (std::f32::consts::TAU * hertz * n as f32 / rate as f32).sin()
    }

    fn write_wav(path: &Path, spec: WavSpec, seconds: u32) {
        let mut file = WavWriter::create(path, spec).unwrap();
        for n in 0..(spec.sample_rate * seconds) as usize {
            let value = sine(440.0, spec.sample_rate, n);
            for _ in 0..spec.channels {
                match spec.sample_format {
                    SampleFormat::Float => file.write_sample(value).unwrap(),
                    SampleFormat::Int => {
                        let full_scale = (1_i64 << (spec.bits_per_sample - 1)) as f32;
                        file.write_sample((value * full_scale) as i32).unwrap();
                    }
                }
            }
        }
        file.finalize().unwrap();
    }

    fn read_all(source: &mut WavSource) -> Vec<f32> {
        let mut sound = Vec::new();
        let mut frame = [0.0; FRAME];
        loop {
            let finished = source.read(&mut frame);
            sound.extend(frame);
            if finished {
                return sound;
            }
        }
    }

    #[test]
    fn a_file_of_any_rate_depth_and_channels_sounds_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("in.wav");
        for (channels, sample_rate, bits_per_sample, sample_format) in [
            (1, 8_000, 16, SampleFormat::Int),
            (2, 44_100, 24, SampleFormat::Int),
            (1, 48_000, 8, SampleFormat::Int),
            (2, 96_000, 32, SampleFormat::Float),
        ] {
            write_wav(
                &path,
                WavSpec {
                    channels,
                    sample_rate,
                    bits_per_sample,
                    sample_format,
                },
                1,
            );
            let mut source = WavSource::load(&path).unwrap();
            source.rewind();
            let sound = read_all(&mut source);
            let second = SAMPLE_RATE as usize;
            assert!(
                (second..=second + FRAME).contains(&sound.len()),
                "{sample_rate} Hz"
            );
            // The edges ring; 8 bit is coarse.
            for (n, sample) in sound.iter().enumerate().take(40_000).skip(8_000) {
                let expected = sine(440.0, SAMPLE_RATE, n);
                assert!((sample - expected).abs() < 0.02, "{sample_rate} Hz at {n}");
            }
        }
    }

    #[test]
    fn a_file_is_played_once_and_only_after_it_was_rewound() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("in.wav");
        let spec = WavSpec {
            channels: 1,
            sample_rate: SAMPLE_RATE,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        write_wav(&path, spec, 1);
        let mut source = WavSource::load(&path).unwrap();
        let mut frame = [1.0; FRAME];
        assert!(!source.read(&mut frame));
        assert_eq!(frame, [0.0; FRAME]);
        source.rewind();
        assert_eq!(read_all(&mut source).len(), SAMPLE_RATE as usize);
        assert!(!source.read(&mut frame), "it finishes once");
        assert_eq!(frame, [0.0; FRAME]);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = WavSource::load(Path::new("no/such.wav")).err().unwrap();
        assert!(error.to_string().contains("no/such.wav"));
    }

    #[test]
    fn a_recording_is_complete_and_clips_instead_of_wrapping() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.wav");
        let mut sink = WavSink::create(&path).unwrap();
        sink.write(&[0.25; FRAME]);
        sink.write(&[1.5; FRAME]);
        sink.write(&[-1.5; FRAME]);
        drop(sink);
        let mut reader = WavReader::open(&path).unwrap();
        assert_eq!(
            (reader.spec().sample_rate, reader.spec().bits_per_sample),
            (48_000, 16)
        );
        let samples: Vec<i16> = reader.samples().collect::<Result<_, _>>().unwrap();
        assert_eq!(samples.len(), 3 * FRAME);
        assert_eq!(
            [samples[0], samples[FRAME], samples[2 * FRAME]],
            [8192, i16::MAX, i16::MIN]
        );
    }

    #[test]
    fn a_flushed_recording_can_be_read_while_it_is_still_open() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.wav");
        let mut sink = WavSink::create(&path).unwrap();
        sink.write(&[0.25; FRAME]);
        sink.flush();
        // Never closed: as after a crash. The writer gets there in its own time.
        let _open = sink;
        while WavReader::open(&path).map_or(0, |wav| wav.len()) < FRAME as u32 {
            thread::yield_now();
        }
    }
}
