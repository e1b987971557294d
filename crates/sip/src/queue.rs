//! What waits its turn.

/// First in, first out. It is short and soon emptied, so taking the first moves the rest up: the code of a ring buffer for
/// each of seven element types was 2 KB of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue<T>(Vec<T>);

impl<T> Queue<T> {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Puts one behind all others.
    // Not inlined: elements are large and places that push are many.
    #[inline(never)]
    pub fn push(&mut self, element: T) {
        self.0.push(element);
    }

    /// Takes the first out.
    #[inline(never)]
    pub fn pop(&mut self) -> Option<T> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// All that wait, the first one first.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// Drops all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Leaves out what is not to be kept. As `Vec::retain_mut`, for short lists: one small loop for each element type instead of
/// two for each place.
#[inline(never)]
pub(crate) fn keep<T>(list: &mut Vec<T>, wanted: &mut dyn FnMut(&mut T) -> bool) {
    let mut at = 0;
    while let Some(element) = list.get_mut(at) {
        if wanted(element) {
            at += 1;
        } else {
            list.remove(at);
        }
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_first_goes_first() {
        let mut queue = Queue::new();
        queue.push(1);
        queue.push(2);
        assert_eq!((queue.pop(), queue.as_slice()), (Some(1), &[2][..]));
        queue.push(3);
        assert_eq!((queue.pop(), queue.pop(), queue.pop()), (Some(2), Some(3), None));
    }

    #[test]
    fn only_the_unwanted_go() {
        let mut list = vec![1, 2, 3, 4, 4];
        keep(&mut list, &mut |number| *number % 2 == 1);
        assert_eq!(list, [1, 3]);
    }
}
