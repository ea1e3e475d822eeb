//! The macro for values that are one of several words. New words appear over time: each such type keeps
//! a word that it does not know, and shows it.

/// An enum of the known words, with `Other` for the rest.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$word_about:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_about])* $variant,)+
            /// A word that this client does not know, as it came.
            Other(String),
        }

        impl $name {
            /// The known ones.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The word as Contabo writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
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

        impl $crate::decode::Answer for $name {
            fn read(value: &serde_json::Value) -> Result<Self, $crate::decode::Fault> {
                <String as $crate::decode::Answer>::read(value).map(|word| Self::from(word.as_str()))
            }

            /// Only a field that is no `Option` has this: one whose empty word means something.
            fn unsaid() -> Option<Self> {
                Some(Self::from(""))
            }
        }

        impl $crate::query::Parameter for $name {
            fn text(&self) -> String {
                self.as_str().to_owned()
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
#[expect(unreachable_pub, reason = "what the macro makes is public, as the crate needs it")]
mod tests {
    use crate::decode::Answer;
    use serde_json::json;

    words! {
        /// How it is.
        Mood {
            Calm = "calm",
            NotSaid = "",
        }
    }

    #[test]
    fn an_unknown_word_is_kept_and_shown() {
        assert_eq!(Mood::read(&json!("calm")).unwrap(), Mood::Calm);
        assert_eq!(Mood::read(&json!("")).unwrap(), Mood::NotSaid);
        let new = Mood::read(&json!("elated")).unwrap();
        assert_eq!(new, Mood::Other("elated".to_owned()));
        assert_eq!(new.to_string(), "elated");
        assert_eq!(serde_json::to_value(&new).unwrap(), json!("elated"));
        assert_eq!(Mood::KNOWN.len(), 2);
    }
}
