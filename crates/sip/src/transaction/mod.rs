//! Transactions (RFC 3261 §17 with the corrections of RFC 6026) over a reliable transport.
//!
//! A WebSocket delivers or dies, so timers A, E and G (retransmission) do not exist and D, I, J and K are zero.
//! What is left: B, F and H (giving up), and RFC 6026's L and M (waiting for repeated 2xx).
//! With J at zero a non-INVITE server transaction answered at once has no life of its own: it is one reply.

mod client;
mod invite_client;
mod invite_server;
mod key;

pub(crate) use client::{NonInviteClient, Reply};
pub(crate) use invite_client::{InviteClient, InviteReply};
pub(crate) use invite_server::InviteServer;
pub(crate) use key::ServerKey;

/// Round-trip estimate, ms (RFC 3261 §17.1.1.1); here the first pause between repeated 2xx responses.
pub(crate) const T1: u64 = 500;
/// Longest pause between repeated 2xx responses, ms.
pub(crate) const T2: u64 = 4_000;
/// 64·T1: timers B, F, H, L and M, and how long a cancelled INVITE may stay silent (RFC 3261 §9.1), ms.
pub(crate) const GIVE_UP: u64 = 64 * T1;
