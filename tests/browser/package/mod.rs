//! The npm package, installed as its users install it.

mod adapters;
mod element;
mod headless;

use crate::support::browser::Setup;
use crate::support::tls;

/// A browser for pages of a CRM. The page asks who is signed in before the ticket is there.
fn setup() -> Setup {
    Setup {
        expected: &["/api/session", "/demo.json"],
        flags: tls::FLAGS,
        ..Setup::default()
    }
}
