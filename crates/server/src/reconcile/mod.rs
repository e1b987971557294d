//! Calls whose end never came are settled from call details.
