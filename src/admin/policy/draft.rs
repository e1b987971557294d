//! The policy as it stands in the form.

use leptos::prelude::*;
use protocol::admin::policy::{Policy, RingRules, WrapUpRules};
use protocol::session::Role;
use softphone::language::t;

use super::rules::{Line, role_of, role_value};
use crate::screens::frame::role_word;
use crate::screens::pieces::field::{Field, area, choice, entry, tick};
use crate::screens::pieces::head::card;

/// Its fields.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The screen's: lines live as long as it does, whoever fills the form.
    owner: StoredValue<Owner>,
    pub(super) rules: RwSignal<Vec<Line>>,
    dispositions: Field,
    whole_numbers_from: Field,
    sound: RwSignal<bool>,
    volume: Field,
    auto_answer: Field,
    while_talking: RwSignal<bool>,
    wrap_seconds: Field,
    disposition_needed: RwSignal<bool>,
    note_needed: RwSignal<bool>,
}

impl Draft {
    /// An empty form.
    pub(super) fn new() -> Self {
        Self {
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            rules: RwSignal::new(Vec::new()),
            dispositions: Field::new("dispositions", ""),
            whole_numbers_from: Field::new("whole_numbers_from", "agent"),
            sound: RwSignal::new(true),
            volume: Field::new("ring.volume", "80"),
            auto_answer: Field::new("ring.auto_answer_seconds", "3"),
            while_talking: RwSignal::new(true),
            wrap_seconds: Field::new("wrap_up.seconds", "0"),
            disposition_needed: RwSignal::new(false),
            note_needed: RwSignal::new(false),
        }
    }

    /// Fills the form.
    pub(super) fn put(self, policy: &Policy) {
        let lines = || policy.features.iter().map(Line::of).collect();
        self.rules.set(self.owner.get_value().with(lines));
        self.dispositions.put(policy.dispositions.join("\n"));
        self.whole_numbers_from.put(role_value(policy.whole_numbers_from));
        self.sound.set(policy.ring.sound);
        self.volume.put(policy.ring.volume.to_string());
        self.auto_answer.put(policy.ring.auto_answer_seconds.to_string());
        self.while_talking.set(policy.ring.while_talking);
        self.wrap_seconds.put(policy.wrap_up.seconds.to_string());
        self.disposition_needed.set(policy.wrap_up.disposition_needed);
        self.note_needed.set(policy.wrap_up.note_needed);
    }

    /// What the form says, followed.
    pub(super) fn read(self) -> Policy {
        let lines = self.dispositions.value.get();
        let words = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        Policy {
            features: self.rules.get().into_iter().map(Line::read).collect(),
            dispositions: words.map(str::to_owned).collect(),
            whole_numbers_from: role_of(&self.whole_numbers_from.value.get()).unwrap_or(Role::Agent),
            ring: RingRules {
                sound: self.sound.get(),
                // Too large stays too large: the server says so at the field.
                volume: number(self.volume).min(u32::from(u8::MAX)) as u8,
                auto_answer_seconds: number(self.auto_answer).min(u32::from(u8::MAX)) as u8,
                while_talking: self.while_talking.get(),
            },
            wrap_up: WrapUpRules {
                seconds: number(self.wrap_seconds),
                disposition_needed: self.disposition_needed.get(),
                note_needed: self.note_needed.get(),
            },
        }
    }

    /// Those that a refusal may name.
    pub(super) fn fields(self) -> Vec<Field> {
        vec![
            self.dispositions,
            self.whole_numbers_from,
            self.volume,
            self.auto_answer,
            self.wrap_seconds,
        ]
    }

    /// The cards below the rules.
    pub(super) fn drawn(self) -> AnyView {
        let roles = [Role::Agent, Role::Supervisor, Role::Admin]
            .map(|role| (role_value(role).to_owned(), role_word(role).to_owned()));
        let ring = view! {
            {tick(self.sound, t("Ring aloud"), "")}
            {entry(self.volume, t("Loudness"), t("0 to 100"), "number", "off")}
            {entry(self.auto_answer, t("Answer by itself after"), t("Seconds, 0 to 60, where answering by itself is forced."), "number", "off")}
            {tick(self.while_talking, t("Ring while in a call"), "")}
        };
        let wrap = view! {
            {entry(self.wrap_seconds, t("Wrap-up time"), t("Seconds after a call, 0 to 3600; none if 0."), "number", "off")}
            {tick(self.disposition_needed, t("A disposition must be chosen"), "")}
            {tick(self.note_needed, t("A note must be written"), "")}
        };
        let numbers = view! {
            {choice(self.whole_numbers_from, t("Whole numbers from"), t("Roles below this see all but the last two digits as dots."), roles.to_vec())}
            {area(self.dispositions, t("Dispositions"), t("Words to choose after a call, one a line, at most 50."), "5")}
        };
        view! {
            <div class="cards">
                {card(t("Ringing"), ring.into_any())}
                {card(t("Wrap-up"), wrap.into_any())}
                {card(t("Numbers and dispositions"), numbers.into_any())}
            </div>
        }
        .into_any()
    }
}

/// What a field of digits says; nothing readable is more than any limit.
fn number(field: Field) -> u32 {
    field.value.get().trim().parse().unwrap_or(u32::MAX)
}
