//! Passwords: argon2id, never kept.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::Refused;

/// The least that OWASP's password storage cheat sheet names: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Each takes a core and [`MEMORY_KIB`].
const AT_A_TIME: usize = 2;
/// How long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
const SHORTEST: usize = 8;
/// A shorter name is in many passwords.
const SHORTEST_NAME: usize = 3;
/// More is no safer, and is work for whoever has not signed in.
const LONGEST: usize = 200;

/// No password has it: checked for whoever does not exist, so that it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$YWxvYmFyYWxvYmFyYWxvYg\
    $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What everybody tries first, one a line.
const COMMON: &str = include_str!("common_passwords.txt");

/// Makes and checks hashes, some at a time, on threads that may block.
#[derive(Debug, Clone)]
pub(crate) struct Passwords(Arc<Semaphore>);

impl Passwords {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }

    /// As a PHC string.
    pub(crate) async fn hash(&self, password: String) -> Result<String, Refused> {
        self.work(move || {
            let hashed = argon2()?.hash_password(password.as_bytes());
            hashed.map(|hash| hash.to_string())
        })
        .await?
        .map_err(|error: argon2::password_hash::Error| Refused::Bug(error.to_string()))
    }

    /// Whether `password` is the one of `phc`. Without one it takes as long and is wrong.
    pub(crate) async fn check(
        &self,
        password: String,
        phc: Option<String>,
    ) -> Result<bool, Refused> {
        self.work(move || {
            let known = PasswordHash::new(phc.as_deref().unwrap_or(NOBODY));
            let (Ok(known), Ok(argon2)) = (known, argon2()) else {
                return false;
            };
            argon2.verify_password(password.as_bytes(), &known).is_ok()
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refused> {
        let turn = tokio::time::timeout(PATIENCE, self.0.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Refused::TooMany {
                code: "too_many_requests",
                retry_after_s: PATIENCE.as_secs(),
            });
        };
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|error| Refused::Bug(error.to_string()))
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)
        .map_err(|_| argon2::password_hash::Error::ParamsInvalid)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refuses what is guessed at once: too short, on every list, or the name of its owner.
pub(crate) fn worth(password: &str, username: &str) -> Result<(), Refused> {
    let lower = password.to_lowercase();
    if password.chars().count() < SHORTEST {
        return Err(Refused::field("password_too_short", "password"));
    }
    if password.len() > LONGEST {
        return Err(Refused::field("field_too_long", "password"));
    }
    let name = super::username(username);
    let holds_name = name.chars().count() >= SHORTEST_NAME && lower.contains(&name);
    if holds_name || COMMON.lines().any(|common| common == lower) {
        return Err(Refused::field("password_too_common", "password"));
    }
    Ok(())
}

/// What cannot be anybody's password is not worth a hash.
pub(crate) fn is_possible(password: &str) -> bool {
    !password.is_empty() && password.len() <= LONGEST
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[tokio::test]
    async fn h1_a_hash_is_argon2id_of_19_mib_and_opens_with_its_password_only() {
        let passwords = Passwords::new();
        let phc = passwords.hash("sun over hills".to_owned()).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        let check = |password: &str, phc| passwords.check(password.to_owned(), phc);
        assert!(check("sun over hills", Some(phc.clone())).await.unwrap());
        assert!(!check("sun over hillz", Some(phc.clone())).await.unwrap());
        assert!(!check("sun over hills", None).await.unwrap());
        assert!(
            !check("sun over hills", Some("junk".to_owned()))
                .await
                .unwrap()
        );
        let again = passwords.hash("sun over hills".to_owned()).await.unwrap();
        assert_ne!(phc, again, "each has its own salt");
    }

    #[test]
    fn h1_who_does_not_exist_costs_as_much_as_who_does() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let params = Params::try_from(&nobody).unwrap();
        assert_eq!((params.m_cost(), params.t_cost()), (MEMORY_KIB, PASSES));
        assert_eq!(nobody.hash.unwrap().as_bytes().len(), 32);
    }

    #[test]
    fn h1_a_password_that_everybody_tries_first_is_refused() {
        let refused = |password: &str| worth(password, "lan.nguyen").is_err();
        assert!(refused("short"));
        assert!(refused("Password1"));
        assert!(refused("xx-Lan.Nguyen-xx"));
        assert!(refused(&"x".repeat(201)));
        assert!(!refused("sun over hills"));
    }
}
