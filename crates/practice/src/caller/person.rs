//! Who calls: invented people.

use alobar_core::{Peer, Pii};

/// First line family names, second line the rest.
const NAMES: &str = include_str!("names.txt");

/// Looks like a mobile number of Viet Nam, with the 555 of the films: 030 is given to no operator,
/// so nobody answers when an agent calls back. The last four digits are drawn.
const RANGE: &str = "030555";

/// The name and number of `seed`.
pub(super) fn drawn(seed: u64) -> Peer {
    let mut random = Random(seed);
    let mut lines = NAMES.lines();
    let mut pick = || {
        let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
        names[random.below(names.len())]
    };
    let name = format!("{} {}", pick(), pick());
    let number = format!("{RANGE}{:04}", random.below(10_000));
    Peer {
        number: Pii::new(number),
        name: Some(Pii::new(name)),
    }
}

/// SplitMix64: a seed draws the same person in every version of the program.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_seed_is_always_the_same_person() {
        assert_eq!(drawn(7), drawn(7));
        let person = drawn(1);
        assert_eq!(person.name.unwrap().reveal(), "Huỳnh Kim Oanh");
        assert_eq!(person.number.reveal(), "0305550590");
    }

    #[test]
    fn people_differ() {
        let people: HashSet<String> = (0..50)
            .map(|seed| drawn(seed).name.unwrap().into_inner())
            .collect();
        assert!(people.len() > 25, "{} names", people.len());
    }

    #[test]
    fn every_number_can_be_shown_and_belongs_to_nobody() {
        for seed in 0..200 {
            let number = drawn(seed).number.into_inner();
            assert_eq!(number.len(), 10);
            assert!(number.starts_with("030555"), "{number}");
            assert!(number.parse::<alobar_core::Dialable>().is_ok());
        }
    }
}
