//! The question that a caller waits for: whom to connect.
