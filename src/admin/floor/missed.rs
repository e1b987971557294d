//! Missed calls: how many, when, at whom, and who was called back.

use leptos::prelude::*;
use protocol::admin::missed::{MissedCall, MissedCount, MissedReport};
use softphone::language::{fill, t};
use softphone::web::moments;

use super::moment;
use crate::screens::Admin;
use crate::screens::ask::asked;
use crate::screens::pieces::act::hint;
use crate::screens::pieces::bars::{Bar, lying, upright};
use crate::screens::pieces::facts::at;
use crate::screens::pieces::field::{Field, entry, form};
use crate::screens::pieces::head::{card, head};
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let from = Field::new("from", "");
    let to = Field::new("to", "");
    let agent = Field::new("agent", "");
    let zone = moments::minutes_east().to_string();
    let make = move || {
        let parameters = [
            ("from", moment(from)),
            ("to", moment(to)),
            ("agent", agent.value.get().trim().to_owned()),
            ("zone", zone.clone()),
        ];
        let parameters = parameters.each_ref().map(|(name, value)| (*name, value.as_str()));
        asked("/api/admin/missed", &parameters)
    };
    let path = RwSignal::new(untrack(&make));
    let report = Loaded::<MissedReport>::new(admin, move || path.get());
    let look = move || {
        path.set(untrack(&make));
    };
    view! {
        {head(t("Missed calls"), t("Inbound calls that nobody took, and whether the caller was spoken to since. The last day, if you say nothing else."), ().into_any())}
        {form("bar", look, view! {
            {entry(from, t("From"), "", "date", "off")}
            {entry(to, t("Before"), "", "date", "off")}
            {entry(agent, t("Agent"), t("Their id"), "text", "off")}
            <button type="submit" class="button primary">{t("Show")}</button>
        }.into_any())}
        {report.shown(8, |told| shown(&told))}
    }
    .into_any()
}

fn says(count: MissedCount) -> String {
    fill(
        "{0} missed, {1} called back",
        &[&count.missed.to_string(), &count.called_back.to_string()],
    )
}

fn shown(report: &MissedReport) -> AnyView {
    let span = fill("{0} to {1}", &[&at(Some(report.from)), &at(Some(report.to))]);
    if report.total.missed == 0 {
        return view! { <div class="empty"><h2>{t("No call was missed")}</h2><p>{span}</p></div> }.into_any();
    }
    let cut = report.cut.then(|| {
        hint(
            "wait",
            t("There are more calls than were read. Choose a shorter time."),
        )
    });
    let hours: Vec<Bar> = report
        .hours
        .iter()
        .map(|hour| Bar {
            name: hour.hour.to_string(),
            part: hour.count.called_back,
            whole: hour.count.missed,
            says: fill("{0} o'clock: {1}", &[&hour.hour.to_string(), &says(hour.count)]),
        })
        .collect();
    let most = report
        .agents
        .iter()
        .map(|agent| agent.count.missed)
        .max()
        .unwrap_or(1);
    let agents: Vec<Bar> = report
        .agents
        .iter()
        .map(|agent| Bar {
            name: if agent.agent.is_empty() {
                t("Nobody named").to_owned()
            } else {
                agent.agent.clone()
            },
            part: agent.count.called_back,
            whole: agent.count.missed,
            says: says(agent.count),
        })
        .collect();
    let calls: Vec<AnyView> = report.calls.iter().map(row).collect();
    view! {
        {cut}
        <p><b>{says(report.total)}</b> " · " {span}</p>
        <div class="cards">
            {card(t("By hour of the day"), upright(t("Missed calls by hour"), &hours))}
            {card(t("By agent"), lying(t("Missed calls by agent"), &agents, most))}
        </div>
        <ul class="plain rows" aria-label=t("Missed calls")>{calls}</ul>
    }
    .into_any()
}

fn row(call: &MissedCall) -> AnyView {
    let about = [&at(Some(call.at)), " · ", &call.agents.join(", ")].concat();
    let state = match (&call.called_back_at, &call.called_back_by) {
        (Some(_), Some(by)) => pill("good", &fill("Called back by {0}", &[by])),
        (Some(_), None) => pill("good", t("Spoken to since")),
        (None, _) => pill("bad", t("Not called back")),
    };
    view! {
        <li>
            <span class="two"><span class="two-title">{call.number.reveal().to_owned()}</span><span class="two-below">{about}</span></span>
            {state}
        </li>
    }
    .into_any()
}
