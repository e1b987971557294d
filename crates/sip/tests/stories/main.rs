//! Stories: what a user agent does, step by step, against another one or against a scripted far end.

#![allow(unreachable_pub, clippy::unwrap_used, clippy::needless_pass_by_value)] // one test binary of many files

mod called;
mod calling;
mod calls;
mod flows;
mod manners;
mod pair;
mod registering;
mod reinvites;
mod simulation;
mod solo;
mod within;
