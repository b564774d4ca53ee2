//! Streams of the sound system. Their callbacks are wait-free: rings and atomics only.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{
    BufferSize, Data, ErrorKind, FromSample, SampleFormat, SizedSample, StreamConfig,
    SupportedBufferSize, SupportedStreamConfig,
};
use rtrb::{Consumer, Producer, RingBuffer};

use super::devices::{self, Side};
use super::rate::{Reader, Writer, ring_capacity};
use super::{AudioError, DeviceRole};

/// The pump's end of an open device.
pub(super) enum End {
    Reader(Box<Reader>),
    Writer(Box<Writer>),
}

/// A running stream and what is known of it.
pub(super) struct Open {
    /// Id of the device.
    pub(super) id: String,
    pub(super) health: Arc<Health>,
    /// Closed when dropped.
    _stream: cpal::Stream,
}

/// Written by callbacks, read by the hardware thread.
#[derive(Debug, Default)]
pub(super) struct Health {
    /// Callbacks that moved samples; wraps.
    pub(super) callbacks: AtomicU32,
    /// The stream is beyond help.
    pub(super) failed: AtomicBool,
}

impl Health {
    /// Sound may go on after some errors; after the others the stream must be opened anew. Some
    /// backends repeat one in a tight loop: nothing here may cost time.
    fn report(&self, error: &cpal::Error) {
        let harmless = [
            ErrorKind::Xrun,
            ErrorKind::RealtimeDenied,
            ErrorKind::DeviceChanged,
        ];
        if !harmless.contains(&error.kind()) {
            self.failed.store(true, Ordering::Relaxed);
        }
    }

    fn beat(&self) {
        self.callbacks.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error("No device")]
    NoDevice,
    #[error(transparent)]
    Audio(#[from] AudioError),
    #[error("Open the device")]
    Stream(#[from] cpal::Error),
    #[error("The sound system does not answer")]
    Hangs,
}

/// Opens and starts the device that `wanted` names, or the default. Blocks while the sound system does.
pub(super) fn open(role: DeviceRole, wanted: Option<&str>) -> Result<(Open, End), OpenError> {
    match role {
        DeviceRole::Microphone => {
            let (device, entry) = devices::find(Side::Input, wanted)?.ok_or(OpenError::NoDevice)?;
            open_input(&device, entry.id)
        }
        DeviceRole::Speaker | DeviceRole::Ringer => {
            let (device, entry) =
                devices::find(Side::Output, wanted)?.ok_or(OpenError::NoDevice)?;
            open_output(&device, entry.id)
        }
    }
}

fn open_input(device: &cpal::Device, id: String) -> Result<(Open, End), OpenError> {
    let supported = device.default_input_config()?;
    with_small_buffer(&supported, |config| {
        let (producer, consumer) = RingBuffer::new(ring_capacity(config.sample_rate));
        let reader = Reader::new(consumer, config.sample_rate)?;
        let health = Arc::new(Health::default());
        let (on_sound, on_error) = (health.clone(), health.clone());
        let stream = device.build_input_stream_raw(
            config,
            supported.sample_format(),
            capture(producer, usize::from(config.channels), on_sound),
            move |error| on_error.report(&error),
            None,
        )?;
        stream.play()?;
        Ok((
            Open {
                id: id.clone(),
                health,
                _stream: stream,
            },
            End::Reader(reader.into()),
        ))
    })
}

fn open_output(device: &cpal::Device, id: String) -> Result<(Open, End), OpenError> {
    let supported = device.default_output_config()?;
    with_small_buffer(&supported, |config| {
        let (producer, consumer) = RingBuffer::new(ring_capacity(config.sample_rate));
        let writer = Writer::new(producer, config.sample_rate)?;
        let health = Arc::new(Health::default());
        let (on_sound, on_error) = (health.clone(), health.clone());
        let stream = device.build_output_stream_raw(
            config,
            supported.sample_format(),
            render(consumer, usize::from(config.channels), on_sound),
            move |error| on_error.report(&error),
            None,
        )?;
        stream.play()?;
        Ok((
            Open {
                id: id.clone(),
                health,
                _stream: stream,
            },
            End::Writer(writer.into()),
        ))
    })
}

/// Tries 10 ms buffers first; a device that refuses gets its own size.
fn with_small_buffer<T>(
    supported: &SupportedStreamConfig,
    build: impl Fn(StreamConfig) -> Result<T, OpenError>,
) -> Result<T, OpenError> {
    let wanted = supported.sample_rate() / 100;
    let small = match *supported.buffer_size() {
        SupportedBufferSize::Range { min, max } => wanted.clamp(min, max),
        SupportedBufferSize::Unknown => wanted,
    };
    let config = supported.config();
    build(StreamConfig {
        buffer_size: BufferSize::Fixed(small),
        ..config
    })
    .or_else(|_| {
        build(StreamConfig {
            buffer_size: BufferSize::Default,
            ..config
        })
    })
}

type CaptureCallback = dyn FnMut(&Data, &cpal::InputCallbackInfo) + Send;
type RenderCallback = dyn FnMut(&mut Data, &cpal::OutputCallbackInfo) + Send;

fn capture(mut ring: Producer<f32>, channels: usize, health: Arc<Health>) -> Box<CaptureCallback> {
    Box::new(move |data, _| {
        match data.sample_format() {
            SampleFormat::I8 => take::<i8>(data, channels, &mut ring),
            SampleFormat::I16 => take::<i16>(data, channels, &mut ring),
            SampleFormat::I24 => take::<cpal::I24>(data, channels, &mut ring),
            SampleFormat::I32 => take::<i32>(data, channels, &mut ring),
            SampleFormat::I64 => take::<i64>(data, channels, &mut ring),
            SampleFormat::U8 => take::<u8>(data, channels, &mut ring),
            SampleFormat::U16 => take::<u16>(data, channels, &mut ring),
            SampleFormat::U24 => take::<cpal::U24>(data, channels, &mut ring),
            SampleFormat::U32 => take::<u32>(data, channels, &mut ring),
            SampleFormat::U64 => take::<u64>(data, channels, &mut ring),
            SampleFormat::F32 => take::<f32>(data, channels, &mut ring),
            SampleFormat::F64 => take::<f64>(data, channels, &mut ring),
            // One-bit sound is of no use for speech; the stall is noticed and reported.
            _ => return,
        }
        health.beat();
    })
}

/// Mixes to mono. What does not fit is lost: the pump stands still.
fn take<T: SizedSample>(data: &Data, channels: usize, ring: &mut Producer<f32>)
where
    f32: FromSample<T>,
{
    let Some(samples) = data.as_slice::<T>() else {
        return;
    };
    let scale = 1.0 / channels as f32;
    let mono = samples
        .chunks_exact(channels)
        .map(|frame| frame.iter().map(|s| f32::from_sample_(*s)).sum::<f32>() * scale);
    if let Ok(chunk) = ring.write_chunk_uninit(mono.len().min(ring.slots())) {
        chunk.fill_from_iter(mono);
    }
}

fn render(mut ring: Consumer<f32>, channels: usize, health: Arc<Health>) -> Box<RenderCallback> {
    Box::new(move |data, _| {
        match data.sample_format() {
            SampleFormat::I8 => give::<i8>(data, channels, &mut ring),
            SampleFormat::I16 => give::<i16>(data, channels, &mut ring),
            SampleFormat::I24 => give::<cpal::I24>(data, channels, &mut ring),
            SampleFormat::I32 => give::<i32>(data, channels, &mut ring),
            SampleFormat::I64 => give::<i64>(data, channels, &mut ring),
            SampleFormat::U8 => give::<u8>(data, channels, &mut ring),
            SampleFormat::U16 => give::<u16>(data, channels, &mut ring),
            SampleFormat::U24 => give::<cpal::U24>(data, channels, &mut ring),
            SampleFormat::U32 => give::<u32>(data, channels, &mut ring),
            SampleFormat::U64 => give::<u64>(data, channels, &mut ring),
            SampleFormat::F32 => give::<f32>(data, channels, &mut ring),
            SampleFormat::F64 => give::<f64>(data, channels, &mut ring),
            // As above.
            _ => return,
        }
        health.beat();
    })
}

/// Plays on the first two channels (front left and right); silence when the pump is behind.
fn give<T: SizedSample + FromSample<f32>>(
    data: &mut Data,
    channels: usize,
    ring: &mut Consumer<f32>,
) {
    let Some(samples) = data.as_slice_mut::<T>() else {
        return;
    };
    let ready = ring.slots().min(samples.len() / channels);
    let Ok(chunk) = ring.read_chunk(ready) else {
        return;
    };
    let mut mono = chunk.into_iter();
    for frame in samples.chunks_exact_mut(channels) {
        let sample = mono.next().unwrap_or(0.0).clamp(-1.0, 1.0);
        for (channel, place) in frame.iter_mut().enumerate() {
            *place = T::from_sample_(if channel < 2 { sample } else { 0.0 });
        }
    }
}
