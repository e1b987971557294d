//! The rules of rows, before anything is sent.

use std::collections::HashMap;

use exotel::{Invalid, PhoneNumber, Secret, integrations, subscribers};
use protocol::admin::jobs::RowState;
use protocol::admin::subscribers::NewSubscriber;
use protocol::admin::users::NewUser;
use serde::Serialize;

use crate::store::StoredRow;

/// Checks users of the account `sid`.
pub fn users(rows: Vec<NewUser>, sid: &str) -> Vec<StoredRow> {
    let mut seen = Seen::default();
    let mut checked = Vec::with_capacity(rows.len());
    for (user, no) in rows.into_iter().zip(1..) {
        let user = trimmed(user);
        let twice = seen
            .again("id", &user.id, no)
            .or_else(|| seen.again("email", &user.email.to_lowercase(), no));
        let fault = wire_user(&user, sid).check().err().map(ours).or(twice);
        checked.push(row(no, &user.id, &user, fault, String::new()));
    }
    checked
}

/// Checks subscribers.
pub fn subscribers(rows: Vec<NewSubscriber>) -> Vec<StoredRow> {
    let mut seen = Seen::default();
    let mut checked = Vec::with_capacity(rows.len());
    for (subscriber, no) in rows.into_iter().zip(1..) {
        let subscriber = NewSubscriber {
            name: subscriber.name.trim().to_owned(),
            note: subscriber.note.trim().to_owned(),
        };
        let twice = seen.again("name", &subscriber.name, no);
        let fault = wire_subscriber(&subscriber).check().err().map(ours).or(twice);
        let warning = match subscribers::is_longest_name(&subscriber.name) {
            true => "Some accounts refuse names of 16 characters.".to_owned(),
            false => String::new(),
        };
        checked.push(row(no, &subscriber.name, &subscriber, fault, warning));
    }
    checked
}

/// A user in the vendor's words.
pub fn wire_user(user: &NewUser, sid: &str) -> integrations::NewUser {
    let number = user.number.reveal();
    integrations::NewUser {
        app_user_id: user.id.clone(),
        app_username: user.name.clone(),
        email: user.email.clone(),
        exotel_account_sid: sid.to_owned(),
        exotel_user_name: match user.vendor_name.as_str() {
            "" => user.name.clone(),
            name => name.to_owned(),
        },
        agent_number: (!number.is_empty()).then(|| PhoneNumber::as_given(number)),
        virtual_number: PhoneNumber::as_given(user.virtual_number.reveal()),
    }
}

/// A subscriber in the vendor's words.
pub fn wire_subscriber(subscriber: &NewSubscriber) -> subscribers::NewSubscriber {
    subscribers::NewSubscriber {
        subscriber_name: subscriber.name.clone(),
        custom_field: (!subscriber.note.is_empty()).then(|| Secret::new(&*subscriber.note)),
    }
}

/// Without the blanks that a sheet leaves around values and inside numbers.
pub fn trimmed(user: NewUser) -> NewUser {
    let text = |text: String| text.trim().to_owned();
    let number = |number: protocol::PhoneNumber| {
        let digits = number
            .reveal()
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')'));
        protocol::PhoneNumber::new(digits.collect::<String>())
    };
    NewUser {
        id: text(user.id),
        name: text(user.name),
        vendor_name: text(user.vendor_name),
        email: text(user.email),
        number: number(user.number),
        virtual_number: number(user.virtual_number),
    }
}

/// The vendor's field in our words, with the rule.
pub fn ours(invalid: Invalid) -> (&'static str, String) {
    let field = match invalid.field.as_ref() {
        "AppUserId" => "id",
        "AppUsername" | "subscriber_name" => "name",
        "ExotelUserName" => "vendor_name",
        "Email" => "email",
        "AgentNumber" => "number",
        "VirtualNumber" => "virtual_number",
        _ => "row",
    };
    (field, invalid.rule.into_owned())
}

/// Values that may occur once, and the row where they did.
#[derive(Default)]
struct Seen(HashMap<(&'static str, String), i64>);

impl Seen {
    /// The fault, if `value` of `field` occurred in an earlier row.
    fn again(&mut self, field: &'static str, value: &str, no: i64) -> Option<(&'static str, String)> {
        let earlier = *self.0.entry((field, value.to_owned())).or_insert(no);
        let message = format!("Row {earlier} has the same. Remove one of the two.");
        (earlier != no && !value.is_empty()).then_some((field, message))
    }
}

fn row(
    no: i64,
    id: &str,
    entry: &impl Serialize,
    fault: Option<(&'static str, String)>,
    warning: String,
) -> StoredRow {
    let entry = serde_json::to_value(entry).unwrap_or_default();
    let (state, field, message) = match fault {
        None => (RowState::Ready, None, warning),
        Some((field, message)) => (RowState::Invalid, Some(field.to_owned()), message),
    };
    StoredRow {
        no,
        id: id.to_owned(),
        entry,
        state,
        field,
        message,
        vendor: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, name: &str, email: &str, number: &str) -> NewUser {
        NewUser {
            id: id.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            number: number.into(),
            virtual_number: "+918040408080".into(),
            ..NewUser::default()
        }
    }

    #[test]
    fn each_row_is_judged_by_itself_and_against_those_before() {
        let rows = users(
            vec![
                user("a1", "Asha Agent", "a@x.in", "098111 11003"),
                user("", "Asha Agent", "b@x.in", ""),
                user("a3", "Asha", "c@x.in", ""),
                user("a4", "Asha Agent", "nobody", ""),
                user("a5", "Asha Agent", "e@x.in", "none"),
                user("a1", "Asha Agent", "f@x.in", ""),
                user("a7", "Asha Agent", "A@x.in", ""),
            ],
            "sid",
        );
        let short: Vec<_> = rows.iter().map(|row| (row.state, row.field.as_deref())).collect();
        let invalid = |field| (RowState::Invalid, Some(field));
        let wanted = [
            (RowState::Ready, None),
            invalid("id"),
            invalid("name"),
            invalid("email"),
            invalid("number"),
            invalid("id"),
            invalid("email"),
        ];
        assert_eq!(short, wanted);
        assert_eq!(rows[0].entry["number"], "09811111003");
        assert_eq!(rows[5].message, "Row 1 has the same. Remove one of the two.");
    }

    #[test]
    fn a_long_name_is_warned_of_and_a_longer_one_refused() {
        let named = |name: &str| NewSubscriber {
            name: name.to_owned(),
            note: String::new(),
        };
        let rows = subscribers(vec![
            named("Alex123bourt45on"),
            named("Alex123bourt45onX"),
            named("a b"),
        ]);
        assert!(rows[0].state == RowState::Ready && !rows[0].message.is_empty());
        assert!(rows[1..].iter().all(|row| row.state == RowState::Invalid));
    }
}
