//! Which readers see whole numbers.

use protocol::PhoneNumber;
use protocol::call::CallView;
use protocol::session::Role;

use crate::config::PhoneConfig;

/// Whether a reader of `role` sees customers' whole numbers.
pub fn sees_numbers(config: &PhoneConfig, role: Role) -> bool {
    role >= config.whole_numbers_from
}

/// `number` as a reader of `role` may see it.
pub fn number_for(config: &PhoneConfig, role: Role, number: PhoneNumber) -> PhoneNumber {
    match sees_numbers(config, role) {
        true => number,
        false => number.masked(),
    }
}

/// `view` as a reader of `role` may see it. The platform's own number is nobody's secret.
pub fn view_for(config: &PhoneConfig, role: Role, view: CallView) -> CallView {
    CallView {
        number: number_for(config, role, view.number),
        ..view
    }
}
