//! What cannot be taken back is typed first.

use axum::http::StatusCode;
use protocol::admin::confirm::Confirm;

use crate::Refused;

/// Whether `confirm` is the name of what goes; `what` says it in the sentence.
///
/// # Errors
/// 422, before anything was asked of the vendor.
pub fn check(confirm: &Confirm, what: &str, name: &str) -> Result<(), Refused> {
    let typed = confirm.typed.trim();
    if !typed.is_empty() && typed == name.trim() {
        return Ok(());
    }
    let message = format!("This cannot be taken back. To go on, type {what} exactly: {name}");
    let mut refused = Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "not_confirmed", message);
    refused.problem.field = Some("typed".to_owned());
    Err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_name_confirms() {
        let check = |typed: &str, name: &str| {
            let typed = typed.to_owned();
            check(&Confirm { typed }, "the name", name).is_ok()
        };
        assert!(check(" Acme Ltd ", "Acme Ltd"));
        for typed in ["", " ", "acme ltd", "Acme", "Acme Ltd."] {
            assert!(!check(typed, "Acme Ltd"), "{typed}");
        }
        assert!(!check("", ""), "nothing was typed");
    }
}
