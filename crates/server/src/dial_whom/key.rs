//! The names under which dial contexts are kept and found.

use exotel::hooks::DialWhom;
use protocol::PhoneNumber;
use protocol::dial::DialKey;

/// The index key of a context: `message:…`, `caller:…` or `called:…`. Numbers are the same subscriber under each way of
/// writing them.
pub fn index_key(key: &DialKey) -> String {
    match key {
        DialKey::Message(message) => format!("message:{message}"),
        DialKey::Caller(number) => format!("caller:{}", plain(number.reveal())),
        DialKey::Called(number) => format!("called:{}", plain(number.reveal())),
    }
}

/// The index keys of a question, best first. What is empty names nobody.
pub fn keys_of(question: &DialWhom) -> Vec<String> {
    // The platform says caller and called twice; either may be empty.
    let first = |one: &exotel::PhoneNumber, other: &exotel::PhoneNumber| {
        let given = if one.is_empty() { other } else { one };
        plain(given.reveal())
    };
    let parts = [
        ("message", question.custom_field.reveal().to_owned()),
        ("caller", first(&question.call_from, &question.from)),
        ("called", first(&question.call_to, &question.to)),
    ];
    let filled = parts.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(name, value)| format!("{name}:{value}")).collect()
}

/// Whether two ways of writing a number mean the same subscriber.
pub fn same_subscriber(one: &PhoneNumber, other: &PhoneNumber) -> bool {
    plain(one.reveal()) == plain(other.reveal())
}

/// A number in one form: the ten digits of an Indian one, the digits of any other, `sip:user` of an address.
fn plain(number: &str) -> String {
    let number = number.trim();
    let lower = number.to_ascii_lowercase();
    if let Some(address) = lower.strip_prefix("sip:").or_else(|| lower.strip_prefix("sips:")) {
        // A subscriber's name is told from others by its case.
        let user = number.get(number.len() - address.len()..).unwrap_or_default();
        let end = user.find(['@', ';']).unwrap_or(user.len());
        return format!("sip:{}", user.get(..end).unwrap_or(user));
    }
    // In a query an unescaped plus arrives as a blank, so it says nothing.
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let of_india = |prefix: &str| digits.strip_prefix(prefix).filter(|rest| rest.len() == 10);
    let national = ["0091", "91", "0"].into_iter().find_map(of_india);
    match national {
        Some(national) => national.to_owned(),
        None if digits.is_empty() => number.to_owned(),
        None => digits,
    }
}

#[cfg(test)]
mod tests {
    use exotel::Secret;

    use super::*;

    fn caller(number: &str) -> String {
        index_key(&DialKey::Caller(PhoneNumber::from(number)))
    }

    #[test]
    fn one_subscriber_has_one_key() {
        for number in [
            "+918040408080",
            "08040408080",
            "8040408080",
            "918040408080",
            " 918040408080",
            "+91 80404 08080",
            "00918040408080",
        ] {
            assert_eq!(caller(number), "caller:8040408080", "{number}");
        }
        assert_eq!(caller("+18040408080"), "caller:18040408080");
        assert_eq!(caller("+918040408081"), "caller:8040408081");
        assert_eq!(caller("sip:Asha@sandbox.test;transport=ws"), "caller:sip:Asha");
        assert_eq!(caller("SIP:Asha"), "caller:sip:Asha");
        assert_eq!(caller("anonymous"), "caller:anonymous");
    }

    #[test]
    fn a_question_finds_what_was_told() {
        let question = DialWhom {
            call_from: exotel::PhoneNumber::from("sip:asha"),
            to: exotel::PhoneNumber::from("08040408080"),
            custom_field: Secret::from("order:42"),
            ..DialWhom::default()
        };
        let told = [
            DialKey::Message("order:42".to_owned()),
            DialKey::Caller("sip:asha@exoteldemo.voip.exotel.com".into()),
            DialKey::Called("+918040408080".into()),
        ];
        assert_eq!(keys_of(&question), told.map(|key| index_key(&key)));
        assert_eq!(keys_of(&DialWhom::default()), [""; 0]);
    }
}
