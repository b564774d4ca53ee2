//! Which programs understand each other.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// This program's.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Grows when an older client can no longer be answered, whatever its version.
pub(crate) const PROTOCOL: u32 = 1;

/// The hub that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HubVersion {
    /// `major.minor.patch`. A client one minor older or newer works.
    pub version: String,
    pub protocol: u32,
}

impl HubVersion {
    pub(crate) fn this() -> Self {
        Self {
            version: VERSION.to_owned(),
            protocol: PROTOCOL,
        }
    }
}

/// Why a client of another version is sent away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    TooOld,
    TooNew,
    /// No version.
    Malformed,
}

/// Whether a client of version `client` is understood by a hub of version `hub`.
pub(crate) fn fits(client: &str, hub: &str) -> Result<(), Unfit> {
    let read = |text| major_minor(text).ok_or(Unfit::Malformed);
    let (client, hub) = (read(client)?, read(hub)?);
    if client.0 == hub.0 && client.1.abs_diff(hub.1) <= 1 {
        return Ok(());
    }
    Err(if client < hub {
        Unfit::TooOld
    } else {
        Unfit::TooNew
    })
}

fn major_minor(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_older_or_newer_minor_is_understood() {
        for client in ["1.4.0", "1.5.9", "1.6.0-beta.1"] {
            assert_eq!(fits(client, "1.5.0"), Ok(()), "{client}");
        }
        for client in ["1.3.9", "0.5.0"] {
            assert_eq!(fits(client, "1.5.0"), Err(Unfit::TooOld), "{client}");
        }
        for client in ["1.7.0", "2.5.0"] {
            assert_eq!(fits(client, "1.5.0"), Err(Unfit::TooNew), "{client}");
        }
        assert_eq!(fits("one", "1.5.0"), Err(Unfit::Malformed));
    }
}
