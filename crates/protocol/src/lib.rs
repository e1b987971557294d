//! Our own wire: what the browser and the server say to each other, as types. JSON over HTTP and in the event stream.
//!
//! - [`problem`]: every refusal, in one shape.
//! - [`session`]: signing in, tickets for embeds, who somebody is.
//! - [`people`]: local accounts, for admins.
//! - [`phone`]: what a signed-in agent's phone needs: SIP account, servers, ICE, features, device.
//! - [`call`]: a call as an agent sees it, placing one, what became of it.
//! - [`history`]: pages of calls, notes, feedback, uploaded logs.
//! - [`crm_log`]: calls that a CRM's page writes into its CRM.
//! - [`crm_webhooks`]: webhooks to a CRM.
//! - [`event`]: what the event stream carries.
//! - [`audit`]: who changed what.
//! - [`dial`]: whom to connect, told before the platform asks.
//! - [`embed`]: a page of another site and the phone in its frame.
//! - [`webhooks`]: whether the account sends webhooks here, and what came.
//! - [`greenpin`]: allocations of numbers with pins.
//! - [`admin`]: the vendor's account, the floor, the policy.
//!
//! The types also pack with formats that do not describe themselves: no untagged and no flattened fields.

pub mod admin;
pub mod audit;
pub mod call;
pub mod crm_log;
pub mod crm_webhooks;
pub mod dial;
pub mod embed;
pub mod event;
pub mod greenpin;
pub mod history;
pub mod people;
pub mod phone;
pub mod problem;
pub mod session;
mod text;
pub mod webhooks;

pub use text::{PhoneNumber, Secret};

/// A moment: Unix time in milliseconds.
pub type Millis = i64;

/// The header that every change must carry, with any value. A foreign page cannot set it without a preflight, which the
/// server refuses (RFC 10017, CSRF).
pub const CHANGE_HEADER: &str = "softphone-request";
