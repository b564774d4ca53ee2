//! Digits as telephone events: RFC 4733.

mod keys;

use std::collections::VecDeque;

pub(crate) use keys::Keys;

/// The digits by the number of their event (RFC 4733 section 3.2).
const DIGITS: &str = "0123456789*#ABCD";

/// Updates of 20 ms each; the event lasts one step longer: 160 ms.
const UPDATES: u16 = 7;
/// The end is said three times against loss (RFC 4733 section 2.5.1.4).
const ENDS: u8 = 3;
/// Steps of ordinary sound between two digits: 60 ms.
const GAP: u8 = 3;
/// -10 dBm0.
const VOLUME: u8 = 10;
const END_BIT: u8 = 0x80;

/// What to send in a step of 20 ms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Ordinary sound.
    Sound,
    /// An event instead of sound, `copies` times with sequence numbers of their own.
    Event {
        timestamp: u32,
        marker: bool,
        payload: [u8; 4],
        copies: u8,
    },
}

/// Digits waiting to be sent, one step of 20 ms at a time.
#[derive(Debug, Default)]
pub(crate) struct Dtmf {
    waiting: VecDeque<u8>,
    current: Option<Current>,
    gap: u8,
}

#[derive(Debug)]
struct Current {
    event: u8,
    /// RTP timestamp of the event's beginning, the same in all its packets.
    start: u32,
    updates: u16,
}

impl Dtmf {
    /// Queues `0-9 * # A-D`; other characters are not sent.
    pub(crate) fn push(&mut self, digits: &str) {
        self.waiting.extend(digits.chars().filter_map(event));
    }

    /// The next step. `timestamp` is the sound's at this step, `clock_rate` that of the events.
    pub(crate) fn step(&mut self, timestamp: u32, clock_rate: u32) -> Step {
        if self.current.is_none() {
            if self.gap > 0 {
                self.gap -= 1;
                return Step::Sound;
            }
            let Some(event) = self.waiting.pop_front() else {
                return Step::Sound;
            };
            self.current = Some(Current {
                event,
                start: timestamp,
                updates: 0,
            });
        }
        let Some(current) = &mut self.current else {
            return Step::Sound;
        };
        current.updates += 1;
        let ended = current.updates > UPDATES;
        // At most 160 ms at 48 kHz: 7680 fits the 16 bits.
        let duration = (u32::from(current.updates) * clock_rate / 50) as u16;
        let [high, low] = duration.to_be_bytes();
        let step = Step::Event {
            timestamp: current.start,
            marker: current.updates == 1,
            payload: [
                current.event,
                VOLUME | if ended { END_BIT } else { 0 },
                high,
                low,
            ],
            copies: if ended { ENDS } else { 1 },
        };
        if ended {
            self.current = None;
            self.gap = GAP;
        }
        step
    }
}

fn event(digit: char) -> Option<u8> {
    let event = DIGITS.find(digit.to_ascii_uppercase())?;
    u8::try_from(event).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(dtmf: &mut Dtmf, clock_rate: u32) -> Vec<Step> {
        (0..60)
            .map(|n| dtmf.step(n * clock_rate / 50, clock_rate))
            .collect()
    }

    #[test]
    fn a_digit_is_one_growing_event_with_three_ends() {
        let mut dtmf = Dtmf::default();
        dtmf.push("5");
        let events: Vec<_> = steps(&mut dtmf, 8_000)
            .into_iter()
            .filter(|step| *step != Step::Sound)
            .collect();
        assert_eq!(events.len(), 8);
        for (n, step) in events.iter().enumerate() {
            let Step::Event {
                timestamp,
                marker,
                payload,
                copies,
            } = step
            else {
                unreachable!()
            };
            assert_eq!(*timestamp, 0, "one event has one timestamp");
            assert_eq!(*marker, n == 0);
            assert_eq!(payload[0], 5);
            assert_eq!(payload[1], if n == 7 { 0x8a } else { 10 });
            assert_eq!(
                u16::from_be_bytes([payload[2], payload[3]]),
                160 * (n as u16 + 1)
            );
            assert_eq!(*copies, if n == 7 { 3 } else { 1 });
        }
    }

    #[test]
    fn durations_follow_the_clock_of_the_events() {
        let mut dtmf = Dtmf::default();
        dtmf.push("1");
        let Step::Event { payload, .. } = dtmf.step(0, 48_000) else {
            panic!("no event")
        };
        assert_eq!(payload, [1, 10, 0x03, 0xc0]);
    }

    #[test]
    fn digits_are_apart_and_keep_their_order() {
        let mut dtmf = Dtmf::default();
        dtmf.push("1*#D x");
        let all: Vec<_> = (0..100).map(|n| dtmf.step(n * 160, 8_000)).collect();
        let begins: Vec<_> = all
            .iter()
            .enumerate()
            .filter_map(|(n, step)| match step {
                Step::Event {
                    marker: true,
                    payload,
                    ..
                } => Some((n, payload[0])),
                _ => None,
            })
            .collect();
        assert_eq!(
            begins.iter().map(|b| b.1).collect::<Vec<_>>(),
            [1, 10, 11, 15]
        );
        // 160 ms of event and 60 ms of sound.
        assert!(
            begins.windows(2).all(|pair| pair[1].0 - pair[0].0 == 11),
            "{begins:?}"
        );
    }
}
