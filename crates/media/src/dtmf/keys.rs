//! Keys that the peer presses: telephone events (RFC 4733) on their way in.

/// Longer than any packet is delayed: 1 s on the clock of 48 kHz, 6 s on that of 8 kHz.
const DELAYED: u32 = 48_000;
/// Nobody releases a key whose duration is this close to the end of its 16 bits.
const LONG: u16 = 0x8000;
const END_BIT: u8 = 0x80;

/// Knows which packets belong to one press: they have one RTP timestamp.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    last: Option<Press>,
}

#[derive(Debug)]
struct Press {
    ssrc: u32,
    /// RTP timestamp of its beginning.
    start: u32,
    event: u8,
    /// The longest that was told, in units of the RTP clock.
    duration: u16,
    ended: bool,
}

impl Keys {
    /// Takes an event's packet; the key at the first packet of its press, whichever it is.
    pub(crate) fn take(&mut self, ssrc: u32, timestamp: u32, payload: &[u8]) -> Option<char> {
        let [event, flags, high, low, ..] = *payload else {
            return None;
        };
        let press = Press {
            ssrc,
            start: timestamp,
            event,
            duration: u16::from_be_bytes([high, low]),
            ended: flags & END_BIT != 0,
        };
        let Some(last) = self.last.as_mut().filter(|last| last.ssrc == ssrc) else {
            self.last = Some(press);
            return digit(event);
        };
        if last.start == timestamp {
            last.duration = last.duration.max(press.duration);
            last.ended |= press.ended;
            return None;
        }
        // A straggler of an earlier press. From further back it is another numbering.
        if last.start.wrapping_sub(timestamp) < DELAYED {
            return None;
        }
        let goes_on = last.continues_as(&press);
        *last = press;
        (!goes_on).then(|| digit(event)).flatten()
    }
}

impl Press {
    /// A key held longer than 16 bits can tell goes on under a new timestamp (RFC 4733 section 2.5.1.3).
    fn continues_as(&self, next: &Press) -> bool {
        !self.ended
            && self.event == next.event
            && self.duration >= LONG
            && next.start.wrapping_sub(self.start) <= u32::from(u16::MAX)
    }
}

/// RFC 4733 section 3.2; the hook flash and what is no key at all are left out.
fn digit(event: u8) -> Option<char> {
    super::DIGITS.chars().nth(usize::from(event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtmf::{Dtmf, Step};

    type Packet = (u32, [u8; 4]);

    /// What our own sender makes of `digits`, at 8 kHz, from `timestamp` on.
    fn packets(digits: &str, timestamp: u32) -> Vec<Packet> {
        let mut dtmf = Dtmf::default();
        dtmf.push(digits);
        let steps = (0..60).map(|n| dtmf.step(timestamp.wrapping_add(n * 160), 8_000));
        let packets = steps.filter_map(|step| match step {
            Step::Sound => None,
            Step::Event {
                timestamp,
                payload,
                copies,
                ..
            } => Some(vec![(timestamp, payload); usize::from(copies)]),
        });
        packets.flatten().collect()
    }

    fn read(packets: &[Packet]) -> String {
        let mut keys = Keys::default();
        let read = packets
            .iter()
            .filter_map(|(timestamp, payload)| keys.take(7, *timestamp, payload));
        read.collect()
    }

    #[test]
    fn each_press_is_one_key_however_many_packets_tell_it() {
        assert_eq!(read(&packets("1*#D", 0)), "1*#D");
        assert_eq!(read(&packets("0055", 99)), "0055");
    }

    #[test]
    fn a_key_survives_the_loss_of_all_its_packets_but_one() {
        let all = packets("58", 0);
        let (five, eight) = all.split_at(10);
        for left in five {
            assert_eq!(read(&[&[*left], eight].concat()), "58");
        }
        for left in eight {
            assert_eq!(read(&[five, &[*left]].concat()), "58");
        }
    }

    #[test]
    fn packets_out_of_order_and_doubled_make_no_second_key() {
        let mut shuffled = packets("12", 0);
        shuffled.extend_from_within(..);
        assert_eq!(read(&shuffled), "12", "all of it again");
        let mut swapped = packets("12", 0);
        swapped[..10].reverse();
        // The last end of the 1 comes after the 2 has begun.
        swapped.swap(9, 12);
        assert_eq!(read(&swapped), "12");
    }

    #[test]
    fn timestamps_may_wrap_between_and_within_keys() {
        assert_eq!(read(&packets("123", 0_u32.wrapping_sub(1_000))), "123");
    }

    #[test]
    fn a_held_key_is_one_key() {
        // On the clock of 48 kHz the 16 bits are full after 1.365 s.
        let held = [0, 65_535, 131_070].map(|start: u32| {
            [48_000_u16, 65_000].map(|duration| {
                let [high, low] = duration.to_be_bytes();
                (start, [5, 10, high, low])
            })
        });
        assert_eq!(read(&held.concat()), "5");
        let again = [&held.concat()[..], &packets("5", 400_000)].concat();
        assert_eq!(read(&again), "55");
    }

    #[test]
    fn another_stream_begins_anew() {
        let mut keys = Keys::default();
        assert_eq!(keys.take(1, 500_000, &[1, 10, 0, 160]), Some('1'));
        assert_eq!(keys.take(2, 480_000, &[2, 10, 0, 160]), Some('2'));
        // The same stream with a clock set back.
        assert_eq!(keys.take(2, 100_000, &[3, 10, 0, 160]), Some('3'));
    }

    #[test]
    fn what_is_no_key_is_not_told() {
        let mut keys = Keys::default();
        assert_eq!(keys.take(1, 0, &[16, 10, 0, 160]), None, "hook flash");
        assert_eq!(keys.take(1, 9_000, &[5, 10, 0]), None, "cut off");
        assert_eq!(keys.take(1, 9_000, &[5, 10, 0, 160]), Some('5'));
    }
}
