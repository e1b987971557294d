//! What is known of a call, and what follows from it.

mod cases;
mod lattice;
mod telling;
