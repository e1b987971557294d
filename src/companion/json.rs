//! JSON, whoever parsed it.

/// One JSON value. What is absent, null or of another type reads as `None`.
pub trait Json: Sized {
    /// A member of an object.
    fn get(&self, name: &str) -> Option<Self>;
    /// The elements of an array; none where it is no array.
    fn list(&self) -> Vec<Self>;
    /// A string.
    fn string(&self) -> Option<String>;
    /// A number.
    fn number(&self) -> Option<f64>;
    /// True or false.
    fn boolean(&self) -> Option<bool>;

    /// A member that is a string.
    fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.string()
    }

    /// A member that is a moment or another whole number, not negative.
    fn whole(&self, name: &str) -> Option<u64> {
        let number = self.get(name)?.number()?;
        // Exact up to 2^53, which no Unix time in milliseconds reaches.
        (number >= 0.0).then_some(number as u64)
    }

    /// A member that is true.
    fn is(&self, name: &str) -> bool {
        self.get(name).and_then(|value| value.boolean()) == Some(true)
    }

    /// The elements of a member that is an array.
    fn all(&self, name: &str) -> Vec<Self> {
        self.get(name).map(|value| value.list()).unwrap_or_default()
    }
}
