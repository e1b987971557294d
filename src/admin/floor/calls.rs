//! The call log, with filters, and as a file.

use leptos::prelude::*;
use protocol::event::Event;
use protocol::history::{CallPage, PastCall};
use softphone::language::t;

use super::{moment, words};
use crate::elements::live::text;
use crate::screens::Admin;
use crate::screens::ask::asked;
use crate::screens::pieces::facts::at;
use crate::screens::pieces::field::{Field, choice, entry, form};
use crate::screens::pieces::head::head;
use crate::screens::pieces::list::{list, pill, plain, two};
use crate::screens::pieces::paged::{Page, Paged};
use crate::screens::pieces::ticking::lasted;

impl Page for CallPage {
    type Row = PastCall;
    const NEXT: &'static str = "before";

    fn open(self) -> (Vec<PastCall>, Option<String>) {
        (self.calls, self.next)
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
struct Filter {
    agent: Field,
    direction: Field,
    outcome: Field,
    from: Field,
    to: Field,
    search: Field,
}

impl Filter {
    fn path(self, path: &str, limit: &str) -> String {
        asked(
            path,
            &[
                ("limit", limit),
                ("agent", self.agent.value.get().trim()),
                ("direction", &self.direction.value.get()),
                ("outcome", &self.outcome.value.get()),
                ("from", &moment(self.from)),
                ("to", &moment(self.to)),
                ("search", self.search.value.get().trim()),
            ],
        )
    }
}

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let filter = Filter {
        agent: Field::new("agent", ""),
        direction: Field::new("direction", ""),
        outcome: Field::new("outcome", ""),
        from: Field::new("from", ""),
        to: Field::new("to", ""),
        search: Field::new("search", ""),
    };
    let path = RwSignal::new(asked("/api/admin/calls", &[("limit", "200")]));
    let calls = Paged::new::<CallPage>(admin, move || path.get());
    let fresh = RwSignal::new(false);
    admin.news.hear(move |event| match event {
        Event::Call(_) | Event::Lost { .. } => fresh.set(true),
        Event::Device { .. } | Event::Push { .. } | Event::GreenPin(_) | Event::Job(_) | Event::Policy(_) => {
        }
    });
    let look = move || {
        fresh.set(false);
        let wanted = untrack(move || filter.path("/api/admin/calls", "200"));
        if path.get_untracked() == wanted {
            calls.again();
        } else {
            path.set(wanted);
        }
    };
    let csv = text(move || filter.path("/api/admin/calls.csv", ""));
    let actions = view! { <a class="button" href=csv download="calls.csv">{t("Download as CSV")}</a> };
    view! {
        {head(t("Calls"), t("Every call this server has heard of, newest first."), actions.into_any())}
        {form("bar", look, view! {
            {entry(filter.search, t("Search"), t("Part of a number or a note"), "search", "off")}
            {entry(filter.agent, t("Agent"), t("Their id"), "text", "off")}
            {choice(filter.direction, t("Direction"), "", directions())}
            {choice(filter.outcome, t("Outcome"), "", outcomes())}
            {entry(filter.from, t("From"), "", "date", "off")}
            {entry(filter.to, t("Before"), "", "date", "off")}
            <button type="submit" class="button primary">{t("Show")}</button>
        }.into_any())}
        <p class="fresh" role="status">{text(move || if fresh.get() { t("There are newer calls: press Show.").to_owned() } else { String::new() })}</p>
        {list(
            t("Calls"),
            "calls",
            &[t("Number"), t("Agent"), t("Began"), t("Talk"), t("Outcome"), t("Note")],
            calls,
            cells,
            || view! {
                <h2>{t("No calls found")}</h2>
                <p>{t("Calls show here as the platform tells of them. Loosen the filter, or look whether the webhooks are installed.")}</p>
            }.into_any(),
        )}
    }
    .into_any()
}

fn directions() -> Vec<(String, String)> {
    let options = [
        ("", t("All")),
        ("inbound", t("Inbound")),
        ("outbound", t("Outbound")),
    ];
    options
        .map(|(value, word)| (value.to_owned(), word.to_owned()))
        .to_vec()
}

fn outcomes() -> Vec<(String, String)> {
    let all = (String::new(), t("All").to_owned());
    let each =
        words::OUTCOMES.map(|(value, outcome)| (value.to_owned(), words::outcome(outcome).1.to_owned()));
    std::iter::once(all).chain(each).collect()
}

fn cells(past: &PastCall) -> Vec<AnyView> {
    let call = &past.call;
    let number = call.number.reveal();
    let number = if number.is_empty() {
        t("Unknown number")
    } else {
        number
    };
    let outcome = match call.outcome {
        Some(outcome) => {
            let (tone, word) = words::outcome(outcome);
            pill(tone, word)
        }
        None => pill("live", t("Going on")),
    };
    let talk = call.talk_seconds.map(|seconds| lasted(u64::from(seconds)));
    let note = past
        .note
        .as_ref()
        .map(|note| [&note.disposition, " ", &note.text].concat());
    vec![
        two(
            number.to_owned().into_any(),
            words::direction(call.direction).to_owned(),
        ),
        plain(if call.agent.is_empty() { "–" } else { &call.agent }),
        plain(at(Some(call.started_at))),
        plain(talk.unwrap_or_else(|| "–".to_owned())),
        outcome,
        plain(note.unwrap_or_default()),
    ]
}
