//! Enums whose values have a fixed spelling in JSON and in the database.

/// The text is none of the codes of this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Unknown code")]
pub struct UnknownCode;

impl UnknownCode {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        "unknown_code"
    }
}

/// An enum with one spelling per variant, for serde, `as_str` and `FromStr`, and `ALL` in the
/// order of writing.
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:tt),+ $(,)? }) => {
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        $(#[$doc])*
        pub enum $name {
            $($(#[$of])* #[serde(rename = $code)] $variant),+
        }

        impl $name {
            /// Every value, in the order it is shown.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code in JSON and in the database.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;

            fn from_str(text: &str) -> Result<Self, $crate::UnknownCode> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownCode),
                }
            }
        }
    };
}
