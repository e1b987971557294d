//! The page inside another site's frame: who is around it, and the ticket it was given.

use super::page::{self, document, window};
use super::{fragment, reflect};

/// What the page around ours hands it, so that the agent need not sign in.
pub struct Invitation {
    /// Good once and not for long.
    pub ticket: String,
    /// The origin of the page around, as the browser says.
    pub from: String,
}

/// What came with the address, which `www/boot.js` has cleaned; `None` where there is no ticket, or no frame to use it in.
pub fn invitation() -> Option<Invitation> {
    invited(page::fragment("ticket")?)
}

/// A ticket that the page around has given; `None` where there is none around.
pub fn invited(ticket: String) -> Option<Invitation> {
    let from = around()?;
    Some(Invitation { ticket, from })
}

/// The origin of the page around this one. Firefox has no `ancestorOrigins`, but the referrer says the same.
pub(super) fn around() -> Option<String> {
    if window().top().ok()?? == window() {
        return None;
    }
    let ancestors = reflect::get(window().location().as_ref(), "ancestorOrigins");
    let first = ancestors.and_then(|list| reflect::get(&list, "0")?.as_string());
    first.or_else(|| fragment::origin(&document()?.referrer()).map(str::to_owned))
}
