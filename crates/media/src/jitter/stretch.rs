//! Makes decoded sound a little shorter or longer without a click, by overlapping it with itself
//! one pitch period later (the idea of WSOLA).

/// Removed or inserted length: 2.5–10 ms.
const LAGS: std::ops::RangeInclusive<usize> = 120..=480;
const STRIDE: usize = 4;
/// Crossfade, and the length compared.
const OVERLAP: usize = 240;
/// Less alike than this, and not silent: leave it alone.
const ENOUGH: f32 = 0.5;
/// Mean square below which anything goes: about -55 dB.
const SILENCE: f32 = 3e-6;

/// Sound shorter than this cannot be changed.
pub(super) const NEEDED: usize = OVERLAP + 480;

/// Shortens `sound` at its beginning; the removed samples, 0 when nothing fits.
pub(super) fn shorten(sound: &mut Vec<f32>) -> usize {
    let Some(lag) = period(sound) else { return 0 };
    for n in 0..OVERLAP {
        let weight = n as f32 / OVERLAP as f32;
        sound[lag + n] = sound[n] * (1.0 - weight) + sound[lag + n] * weight;
    }
    sound.drain(..lag);
    lag
}

/// Lengthens `sound` at its beginning; the inserted samples, 0 when nothing fits.
pub(super) fn lengthen(sound: &mut Vec<f32>) -> usize {
    let Some(lag) = period(sound) else { return 0 };
    // Play up to `lag`, fade back to the start, and go on from there.
    let tail: Vec<f32> = (0..OVERLAP)
        .map(|n| {
            let weight = n as f32 / OVERLAP as f32;
            sound[lag + n] * (1.0 - weight) + sound[n] * weight
        })
        .collect();
    let rest = sound.split_off(OVERLAP);
    sound.extend_from_slice(&rest[..lag.saturating_sub(OVERLAP)]);
    sound.truncate(lag);
    sound.extend(tail);
    sound.extend(rest);
    lag
}

/// The lag at which `sound` resembles its beginning, if it does.
fn period(sound: &[f32]) -> Option<usize> {
    if sound.len() < NEEDED {
        return None;
    }
    let first = &sound[..OVERLAP];
    let energy = |part: &[f32]| part.iter().step_by(STRIDE).map(|x| x * x).sum::<f32>();
    let base = energy(first);
    if energy(&sound[..NEEDED]) < SILENCE * (NEEDED / STRIDE) as f32 {
        return Some(*LAGS.end());
    }
    let likeness = |lag: usize| {
        let other = &sound[lag..lag + OVERLAP];
        let product: f32 = first
            .iter()
            .zip(other)
            .step_by(STRIDE)
            .map(|(a, b)| a * b)
            .sum();
        product / (base * energy(other) + 1e-12).sqrt()
    };
    let (lag, best) = LAGS
        .map(|lag| (lag, likeness(lag)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best >= ENOUGH).then_some(lag)
}
