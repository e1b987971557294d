//! A value that counts how often it may have changed.

use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};

/// Whoever may change it counts as a change: what is the same number is surely the same value.
#[derive(Debug)]
pub(crate) struct Watched<T> {
    value: T,
    revision: u64,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value, revision: 1 }
    }

    /// Never 0, and never less than before.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.revision += 1;
        &mut self.value
    }
}

impl<T: Serialize> Serialize for Watched<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_is_no_change() {
        let mut watched = Watched::new(vec![1]);
        let before = watched.revision();
        assert_eq!((watched.len(), watched.revision()), (1, before));
        watched.push(2);
        assert!(watched.revision() > before);
    }
}
