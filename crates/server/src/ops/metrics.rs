//! Figures for `/metrics`, Prometheus text.

/// All figures. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Metrics {}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        Self::default()
    }
}
