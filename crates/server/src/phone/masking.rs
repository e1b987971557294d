//! Which readers see whole numbers.

use protocol::PhoneNumber;
use protocol::call::CallView;
use protocol::session::Role;

use crate::admin::policy::Held;

/// Whether a reader of `role` sees customers' whole numbers.
pub fn sees_numbers(policy: &Held, role: Role) -> bool {
    policy.sees_numbers(role)
}

/// `number` as a reader of `role` may see it.
pub fn number_for(policy: &Held, role: Role, number: PhoneNumber) -> PhoneNumber {
    match sees_numbers(policy, role) {
        true => number,
        false => number.masked(),
    }
}

/// `view` as a reader of `role` may see it. The platform's own number is nobody's secret.
pub fn view_for(policy: &Held, role: Role, view: CallView) -> CallView {
    CallView {
        number: number_for(policy, role, view.number),
        ..view
    }
}
