//! Enumerations of a vendor that adds words without notice.

/// Declares an enum of wire words with one more variant, `Other`, that keeps any word not listed.
///
/// Words are compared without regard to case (the platform writes `mumbai` and `Mumbai`) and written as listed.
/// `null` reads as the empty word, which is also the default.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A word this crate does not know, as it came; empty when there was none.
            Other(String),
        }

        impl $name {
            /// Every known word, as a value.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(word) => word,
                }
            }

            /// Whether there was no word at all.
            pub fn is_empty(&self) -> bool {
                self.as_str().is_empty()
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                $(if word.eq_ignore_ascii_case($text) {
                    return Self::$variant;
                })+
                Self::Other(word.to_owned())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::lenient::text(deserializer).map(|word| Self::from(word.as_str()))
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    #![allow(unreachable_pub)]

    words! {
        /// A light.
        pub enum Light {
            /// Go.
            Green = "green",
            /// Stop.
            Red = "red",
        }
    }

    #[test]
    fn known_words_lose_their_case_and_unknown_ones_nothing() {
        assert_eq!(Light::from("GREEN"), Light::Green);
        assert_eq!(Light::from("Mauve").as_str(), "Mauve");
        assert_eq!(serde_json::to_string(&Light::Red).unwrap(), "\"red\"");
        assert_eq!(serde_json::from_str::<Light>("null").unwrap(), Light::default());
        assert!(Light::default().is_empty());
        assert_eq!(Light::KNOWN.len(), 2);
    }
}
