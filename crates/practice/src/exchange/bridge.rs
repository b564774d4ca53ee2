//! Two calls joined: each hears what the other says.

use alobar_media::Voice;
use alobar_media::audio::Frame;

/// Frames that may wait on their way: the two ends are driven one after the other.
const DEPTH: usize = 4;

/// One end of a bridge.
pub(super) struct End {
    to_other: rtrb::Producer<Frame>,
    from_other: rtrb::Consumer<Frame>,
}

/// Both ends.
pub(super) fn pair() -> (End, End) {
    let (to_b, from_a) = rtrb::RingBuffer::new(DEPTH);
    let (to_a, from_b) = rtrb::RingBuffer::new(DEPTH);
    let end = |to_other, from_other| End {
        to_other,
        from_other,
    };
    (end(to_b, from_b), end(to_a, from_a))
}

impl Voice for End {
    fn frame(&mut self, heard: &Frame, said: &mut Frame) {
        // Full when the other call is not up yet: it has missed that.
        let _ = self.to_other.push(*heard);
        if let Ok(frame) = self.from_other.pop() {
            *said = frame;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_says_the_other_hears_whoever_is_driven_first() {
        let (mut a, mut b) = pair();
        let (mut at_a, mut at_b) = (Vec::new(), Vec::new());
        for n in 1..20_u8 {
            let (mut said_a, mut said_b) = ([0.0; 480], [0.0; 480]);
            a.frame(&[f32::from(n); 480], &mut said_a);
            b.frame(&[-f32::from(n); 480], &mut said_b);
            at_a.push(said_a[0]);
            at_b.push(said_b[0]);
        }
        assert_eq!(at_b[..3], [1.0, 2.0, 3.0]);
        assert_eq!(at_a[..3], [0.0, -1.0, -2.0]);
    }
}
