//! How a call stands, computed from its facts.
