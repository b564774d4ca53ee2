use super::*;

/// Jitter and chunk sizes from a fixed seed.
struct Random(u32);

impl Random {
    fn next(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % below
    }
}

fn sine(hertz: f64, rate: u32, n: usize) -> f32 {
    (0.5 * (std::f64::consts::TAU * hertz * n as f64 / f64::from(rate)).sin()) as f32
}

/// A device's clock against ours, in virtual time.
struct Desk {
    rate: u32,
    /// Device samples per sample of ours, beyond the nominal rate.
    drift: f64,
    random: Random,
    /// Device samples moved so far.
    moved: f64,
    ticks: u32,
}

impl Desk {
    fn new(rate: u32, ppm: f64) -> Self {
        Self {
            rate,
            drift: 1.0 + ppm * 1e-6,
            random: Random(7),
            moved: 0.0,
            ticks: 0,
        }
    }

    /// Samples that the device moves until our next tick: chunks of up to 10 ms.
    fn advance(&mut self) -> usize {
        self.ticks += 1;
        let due = f64::from(self.ticks) * f64::from(self.rate) * self.drift / 100.0;
        // What is due, less the part of a chunk that is still on its way.
        let on_its_way = f64::from(self.random.next(self.rate / 100));
        let count = (due - on_its_way - self.moved).max(0.0) as usize;
        self.moved += count as f64;
        count
    }
}

const MINUTE: u32 = 6000;

/// Highest fill (ms) after the first minute, and silent ticks there.
fn run_reader(rate: u32, ppm: f64, stall_at: Option<u32>) -> (f64, u32) {
    let (mut ring, consumer) = rtrb::RingBuffer::new(ring_capacity(rate));
    let mut reader = Reader::new(consumer, rate).unwrap();
    let mut desk = Desk::new(rate, ppm);
    let (mut highest, mut gaps, mut frame) = (0, 0, [0.0; FRAME]);
    for tick in 0..2 * MINUTE {
        for _ in 0..desk.advance() {
            let _ = ring.push(0.5);
        }
        if stall_at.is_some_and(|at| (at..at + 40).contains(&tick)) {
            continue;
        }
        reader.read(&mut frame);
        if tick > MINUTE {
            highest = highest.max(reader.ring.slots());
            gaps += u32::from(frame[FRAME / 2] == 0.0);
        }
    }
    (highest as f64 * 1000.0 / f64::from(rate), gaps)
}

fn run_writer(rate: u32, ppm: f64, stall_at: Option<u32>) -> (f64, u32) {
    let (producer, mut ring) = rtrb::RingBuffer::new(ring_capacity(rate));
    let mut writer = Writer::new(producer, rate).unwrap();
    let mut desk = Desk::new(rate, ppm);
    let (mut highest, mut gaps) = (0, 0);
    for tick in 0..2 * MINUTE {
        writer.write(&[0.5; FRAME]);
        if tick > MINUTE {
            highest = highest.max(ring.slots());
        }
        let wanted = desk.advance();
        if stall_at.is_some_and(|at| (at..at + 40).contains(&tick)) {
            continue;
        }
        let ready = wanted.min(ring.slots());
        ring.read_chunk(ready).unwrap().commit_all();
        gaps += u32::from(tick > MINUTE && ready < wanted);
    }
    (highest as f64 * 1000.0 / f64::from(rate), gaps)
}

#[test]
fn rings_stay_short_and_whole_whatever_the_devices_clock_does() {
    for (rate, ppm) in [
        (48_000, 0.0),
        (44_100, 300.0),
        (48_000, -300.0),
        (16_000, 100.0),
    ] {
        for (name, (highest, gaps)) in [
            ("microphone", run_reader(rate, ppm, None)),
            ("speaker", run_writer(rate, ppm, None)),
        ] {
            assert!(highest < 40.0, "{name} {rate} Hz {ppm} ppm: {highest} ms");
            assert_eq!(gaps, 0, "{name} {rate} Hz {ppm} ppm");
        }
    }
}

#[test]
fn a_stall_does_not_step_up_the_latency() {
    for (name, (highest, _)) in [
        ("microphone", run_reader(48_000, 0.0, Some(MINUTE / 2))),
        ("speaker", run_writer(48_000, 0.0, Some(MINUTE / 2))),
    ] {
        assert!(highest < 40.0, "{name}: {highest} ms");
    }
}

/// Noise and distortion below a 1 kHz tone, in dB.
fn residue(sound: &[f32], rate: u32) -> f64 {
    let (mut sin, mut cos, mut total) = (0.0, 0.0, 0.0);
    for (n, sample) in sound.iter().enumerate() {
        let phase = std::f64::consts::TAU * 1000.0 * n as f64 / f64::from(rate);
        let sample = f64::from(*sample);
        sin += sample * phase.sin();
        cos += sample * phase.cos();
        total += sample * sample;
    }
    let tone = 2.0 * (sin * sin + cos * cos) / sound.len() as f64;
    10.0 * (tone / (total - tone)).log10()
}

#[test]
fn resampling_keeps_a_tone_clean() {
    for rate in [8_000, 16_000, 44_100, 96_000] {
        let (mut ring, consumer) = rtrb::RingBuffer::new(rate as usize * 2);
        for n in 0..rate as usize {
            ring.push(sine(1000.0, rate, n)).unwrap();
        }
        let mut reader = Reader::new(consumer, rate).unwrap();
        // Straight to the resampler: a second in the ring is a surplus to the drift control.
        let mut sound = Vec::new();
        for _ in 0..60 {
            let need = reader.resampler.input_frames_next();
            let mut frame = [0.0; FRAME];
            reader
                .ring
                .pop_entire_slice(&mut reader.chunk[..need])
                .unwrap();
            resample(&mut reader.resampler, &reader.chunk[..need], &mut frame);
            sound.extend(frame);
        }
        let clean = residue(&sound[48 * 100..48 * 500], SAMPLE_RATE);
        assert!(clean > 60.0, "{rate} Hz: {clean:.0} dB");
    }
}
