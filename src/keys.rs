//! Which key does what outside of fields. Answer and decline have Enter and Escape besides, always.

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Takes the call that rings.
    Answer,
    /// Refuses it.
    Decline,
    /// Ends the call.
    HangUp,
    /// Mutes, or no more.
    Mute,
    /// Holds, or no more.
    Hold,
    /// Goes to the field *Number*.
    Number,
    /// Goes to the search for calls.
    Search,
    /// Shows and hides the list of keys.
    Sheet,
}

impl Deed {
    /// All, as the list shows them.
    pub const ALL: [Self; 8] = [
        Self::Answer,
        Self::Decline,
        Self::HangUp,
        Self::Mute,
        Self::Hold,
        Self::Number,
        Self::Search,
        Self::Sheet,
    ];

    const fn place(self) -> usize {
        match self {
            Self::Answer => 0,
            Self::Decline => 1,
            Self::HangUp => 2,
            Self::Mute => 3,
            Self::Hold => 4,
            Self::Number => 5,
            Self::Search => 6,
            Self::Sheet => 7,
        }
    }
}

/// In the text that is kept, a deed without a key.
const OFF: char = ' ';

/// A key, or none, for each deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys([Option<char>; 8]);

/// Why a key was not given to a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It does this already.
    Taken(Deed),
    /// It dials, or is no single character.
    NoSign,
}

impl Default for Keys {
    fn default() -> Self {
        Self([
            Some('a'),
            Some('d'),
            Some('e'),
            Some('m'),
            Some('h'),
            Some('n'),
            Some('/'),
            Some('?'),
        ])
    }
}

impl Keys {
    /// What [`Keys::kept`] has written; the usual keys for any other text.
    #[must_use]
    pub fn read(kept: &str) -> Self {
        let mut keys = Self([None; 8]);
        let mut signs = kept.chars();
        for deed in Deed::ALL {
            match signs.next() {
                Some(OFF) => {}
                Some(sign) if keys.give(deed, &sign.to_string()).is_ok() => {}
                Some(_) | None => return Self::default(),
            }
        }
        keys
    }

    /// As a text: a character for each deed.
    #[must_use]
    pub fn kept(&self) -> String {
        self.0.iter().map(|key| key.unwrap_or(OFF)).collect()
    }

    /// The key of a deed as it is shown.
    #[must_use]
    pub fn of(&self, deed: Deed) -> Option<String> {
        let key = self.0.get(deed.place()).copied().flatten()?;
        Some(key.to_ascii_uppercase().to_string())
    }

    /// What a key that was pressed (`KeyboardEvent.key`) does.
    #[must_use]
    pub fn deed(&self, key: &str) -> Option<Deed> {
        let sign = sign(key)?;
        Deed::ALL
            .into_iter()
            .find(|deed| self.0.get(deed.place()) == Some(&Some(sign)))
    }

    /// Gives a key to a deed in place of its own.
    ///
    /// # Errors
    /// It does something else, or dials.
    pub fn give(&mut self, deed: Deed, key: &str) -> Result<(), Unfit> {
        let sign = sign(key).ok_or(Unfit::NoSign)?;
        match self.deed(key) {
            Some(other) if other != deed => return Err(Unfit::Taken(other)),
            Some(_) | None => {}
        }
        if let Some(place) = self.0.get_mut(deed.place()) {
            *place = Some(sign);
        }
        Ok(())
    }

    /// Leaves a deed without a key.
    pub fn take(&mut self, deed: Deed) {
        if let Some(place) = self.0.get_mut(deed.place()) {
            *place = None;
        }
    }
}

/// A single character that dials nothing. Only the Latin alphabet has keys of one meaning in two cases here: the tables of all
/// others are larger than the list itself.
fn sign(key: &str) -> Option<char> {
    let mut signs = key.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    let dials = sign.is_ascii_digit() || matches!(sign, '*' | '#' | '+');
    let free = !dials && sign > ' ' && sign != '\u{7f}';
    free.then(|| sign.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_one_thing_in_both_cases() {
        let mut keys = Keys::default();
        assert_eq!(keys.deed("m"), Some(Deed::Mute));
        assert_eq!(keys.deed("M"), Some(Deed::Mute));
        assert_eq!(keys.give(Deed::Mute, "h"), Err(Unfit::Taken(Deed::Hold)));
        assert_eq!(keys.give(Deed::Mute, "X"), Ok(()));
        assert_eq!((keys.deed("m"), keys.deed("x")), (None, Some(Deed::Mute)));
        assert_eq!(keys.of(Deed::Mute).as_deref(), Some("X"));
        assert_eq!(keys.give(Deed::Mute, "म"), Ok(()));
        assert_eq!(keys.deed("म"), Some(Deed::Mute));
    }

    #[test]
    fn what_dials_or_is_no_sign_is_refused() {
        let mut keys = Keys::default();
        for key in ["1", "*", "#", "+", " ", "Enter", "F5", ""] {
            assert_eq!(keys.give(Deed::Hold, key), Err(Unfit::NoSign), "{key:?}");
            assert_eq!(keys.deed(key), None, "{key:?}");
        }
        assert_eq!(keys, Keys::default());
    }

    #[test]
    fn what_is_kept_is_read_back_and_anything_else_is_the_usual() {
        let mut keys = Keys::default();
        keys.take(Deed::Sheet);
        keys.take(Deed::Answer);
        assert_eq!(keys.give(Deed::Hold, "ß"), Ok(()));
        assert_eq!(Keys::read(&keys.kept()), keys);
        for text in ["", "a", "aaaaaaaa", "12345678", "adem"] {
            assert_eq!(Keys::read(text), Keys::default(), "{text:?}");
        }
    }
}
