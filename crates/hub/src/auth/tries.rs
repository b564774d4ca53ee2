//! Slows down whoever guesses passwords: a few tries are free, then each costs more time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tries that cost nothing.
const FREE_OF_ACCOUNT: u32 = 5;
/// An office of some hundred people has one address.
const FREE_OF_ADDRESS: u32 = 50;
const FIRST_DELAY: Duration = Duration::from_secs(2);
/// Also what somebody who knows a name can lock its owner out for.
const LONGEST_DELAY: Duration = Duration::from_secs(5 * 60);
/// Who has not tried for so long starts anew.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);
/// Entries that are kept before the forgotten ones are looked for.
const ENTRIES: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
}

impl Key {
    fn free(&self) -> u32 {
        match self {
            Self::Account(_) => FREE_OF_ACCOUNT,
            Self::Address(_) => FREE_OF_ADDRESS,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

/// How long to wait, and for whose failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TooSoon {
    Account(Duration),
    Address(Duration),
}

impl Failures {
    fn is_forgotten(&self, now: Instant) -> bool {
        now.duration_since(self.last) >= FORGOTTEN
    }

    /// When the next try is looked at.
    fn until(&self, free: u32) -> Instant {
        let Some(beyond) = self.count.checked_sub(free) else {
            return self.last;
        };
        let delay = FIRST_DELAY.saturating_mul(2_u32.saturating_pow(beyond));
        self.last + delay.min(LONGEST_DELAY)
    }
}

/// The failed tries of every account and address, known or not.
#[derive(Debug, Default)]
pub(crate) struct Tries(Mutex<HashMap<Key, Failures>>);

impl Tries {
    /// Counts a try as failed until [`Self::succeeded`] takes it back: many at once are not free.
    ///
    /// # Errors
    /// The password must not be looked at.
    pub(crate) fn begin(
        &self,
        account: &str,
        address: Option<IpAddr>,
        now: Instant,
    ) -> Result<(), TooSoon> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= ENTRIES {
            all.retain(|_, failures| !failures.is_forgotten(now));
        }
        let keys = keys(account, address);
        for key in &keys {
            let failures = all.get(key).filter(|it| !it.is_forgotten(now));
            let until = failures.map_or(now, |it| it.until(key.free()));
            if until > now {
                let wait = until - now;
                return Err(match key {
                    Key::Account(_) => TooSoon::Account(wait),
                    Key::Address(_) => TooSoon::Address(wait),
                });
            }
        }
        for key in keys {
            let before = all.get(&key).filter(|it| !it.is_forgotten(now));
            let count = before.map_or(0, |it| it.count).saturating_add(1);
            all.insert(key, Failures { count, last: now });
        }
        Ok(())
    }

    /// It was no failure: the account starts anew, the address loses this one.
    pub(crate) fn succeeded(&self, account: &str, address: Option<IpAddr>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(account, address) {
            match &key {
                Key::Account(_) => {
                    all.remove(&key);
                }
                Key::Address(_) => {
                    if let Some(failures) = all.get_mut(&key) {
                        failures.count = failures.count.saturating_sub(1);
                    }
                }
            }
        }
    }
}

fn keys(account: &str, address: Option<IpAddr>) -> Vec<Key> {
    let account = Key::Account(account.to_owned());
    std::iter::once(account)
        .chain(address.map(Key::Address))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const ADDRESS: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

    fn fail(tries: &Tries, account: &str, times: u32, now: Instant) {
        for _ in 0..times {
            tries.begin(account, ADDRESS, now).unwrap();
        }
    }

    #[test]
    fn h1_after_five_failures_each_try_of_an_account_waits_twice_as_long() {
        let (tries, mut now) = (Tries::default(), Instant::now());
        fail(&tries, "lan", 5, now);
        let mut expected = Duration::from_secs(2);
        for _ in 0..12 {
            assert_eq!(
                tries.begin("lan", ADDRESS, now),
                Err(TooSoon::Account(expected))
            );
            now += expected;
            tries.begin("lan", ADDRESS, now).unwrap();
            expected = (expected * 2).min(Duration::from_secs(300));
        }
        tries.begin("another", ADDRESS, now).unwrap();
    }

    #[test]
    fn h1_an_address_that_tries_many_accounts_waits_too() {
        let (tries, now) = (Tries::default(), Instant::now());
        for account in 0..50 {
            fail(&tries, &account.to_string(), 1, now);
        }
        let refused = tries.begin("one more", ADDRESS, now);
        assert_eq!(refused, Err(TooSoon::Address(Duration::from_secs(2))));
        tries.begin("one more", None, now).unwrap();
    }

    #[test]
    fn who_succeeds_or_waits_an_hour_starts_anew() {
        let (tries, now) = (Tries::default(), Instant::now());
        fail(&tries, "lan", 4, now);
        tries.succeeded("lan", ADDRESS);
        fail(&tries, "lan", 5, now);
        tries.begin("lan", ADDRESS, now).unwrap_err();
        fail(&tries, "lan", 5, now + FORGOTTEN);
    }

    #[test]
    fn a_success_does_not_make_guesses_at_others_free() {
        let (tries, now) = (Tries::default(), Instant::now());
        for account in 0..50 {
            fail(&tries, &account.to_string(), 1, now);
            if tries.begin("own", ADDRESS, now).is_ok() {
                tries.succeeded("own", ADDRESS);
            }
        }
        tries.begin("one more", ADDRESS, now).unwrap_err();
    }
}
