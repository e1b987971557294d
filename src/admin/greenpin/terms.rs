//! The form of an allocation's terms: for a new one, for a change, for a change of many.

use leptos::prelude::*;
use protocol::greenpin::{AllocationTerms, PartyTerms, Usage};
use protocol::{PhoneNumber, Secret};
use softphone::language::t;

use crate::screens::pieces::field::{Field, choice, entry, line};

/// One party's fields.
#[derive(Clone, Copy)]
struct Party {
    vns: Field,
    numbers: Field,
    pin: Field,
    length: Field,
}

/// All of them.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    a: Party,
    b: Party,
    usage: Field,
    duration: Field,
}

impl Terms {
    /// Empty ones.
    pub(super) fn new() -> Self {
        Self {
            a: Party {
                vns: Field::new("a.vns", ""),
                numbers: Field::new("a.numbers", ""),
                pin: Field::new("a.pin", ""),
                length: Field::new("a.pin_length", ""),
            },
            b: Party {
                vns: Field::new("b.vns", ""),
                numbers: Field::new("b.numbers", ""),
                pin: Field::new("b.pin", ""),
                length: Field::new("b.pin_length", ""),
            },
            usage: Field::new("usage", ""),
            duration: Field::new("duration", ""),
        }
    }

    /// Each field, for a refusal that names one.
    pub(super) fn fields(self) -> Vec<Field> {
        let Self {
            a,
            b,
            usage,
            duration,
        } = self;
        let parties = [a, b];
        let of = |party: Party| [party.vns, party.numbers, party.pin, party.length];
        parties
            .into_iter()
            .flat_map(of)
            .chain([usage, duration])
            .collect()
    }

    /// What they say; nothing where a field is empty. `None` if one cannot be read, and that is said there.
    pub(super) fn read(self) -> Option<AllocationTerms> {
        let (a, b) = (self.a.read(), self.b.read());
        Some(AllocationTerms {
            a: a?,
            b: b?,
            usage: match self.usage.now().as_str() {
                "oneway" => Some(Usage::OneWay),
                "twoway" => Some(Usage::TwoWay),
                _ => None,
            },
            duration: self.duration.given(),
        })
    }

    /// The fields on the screen. `untouched` is what an empty choice means.
    pub(super) fn drawn(self, untouched: &'static str) -> AnyView {
        let usages = [
            ("", untouched),
            ("twoway", t("Both may call")),
            ("oneway", t("A calls B, not the reverse")),
        ];
        let usages = usages.map(|(value, word)| (value.to_owned(), word.to_owned()));
        view! {
            <div class="cards">
                {self.a.drawn(t("Party A, by custom the business"))}
                {self.b.drawn(t("Party B, by custom the customer"))}
            </div>
            <div class="pair">
                {choice(self.usage, t("Who may call whom"), "", usages.to_vec())}
                {line(self.duration, t("Ends after"), t("A whole number and d, h, m or s, such as 20m. The account's default if empty."))}
            </div>
        }
        .into_any()
    }
}

impl Party {
    fn read(self) -> Option<Option<PartyTerms>> {
        let pin_length = self.length.given().map(|length| length.parse()).transpose();
        let Ok(pin_length) = pin_length else {
            self.length.fault(t("Enter a whole number from 1 to 9."));
            return None;
        };
        let numbers = |field: Field| -> Vec<PhoneNumber> {
            let text = field.now();
            let parts = text.split([',', ';', '\n', ' ']);
            parts
                .filter(|part| !part.is_empty())
                .map(PhoneNumber::from)
                .collect()
        };
        let terms = PartyTerms {
            vns: numbers(self.vns),
            numbers: numbers(self.numbers),
            pin: self.pin.given().map(Secret::new),
            pin_length,
        };
        Some((terms != PartyTerms::default()).then_some(terms))
    }

    fn drawn(self, title: &'static str) -> AnyView {
        view! {
            <fieldset>
                <legend>{title}</legend>
                {line(self.numbers, t("Numbers"), t("With country code, such as +919812345678; commas between them, at most 10."))}
                {line(self.vns, t("Virtual numbers"), t("What this party calls; the other party's if empty."))}
                <div class="pair">
                    {entry(self.pin, t("Pin"), t("1 to 9 digits; made by the platform if empty."), "password", "off")}
                    {entry(self.length, t("Length of the pin"), t("1 to 9, if the platform makes it."), "number", "off")}
                </div>
            </fieldset>
        }
        .into_any()
    }
}
