//! What agents said of their calls' quality.

use leptos::prelude::*;
use protocol::admin::quality::{AgentQuality, QualityReport};
use softphone::language::{fill, t};

use super::{moment, words};
use crate::screens::Admin;
use crate::screens::ask::asked;
use crate::screens::pieces::bars::{Bar, lying};
use crate::screens::pieces::facts::at;
use crate::screens::pieces::field::{Field, entry, form};
use crate::screens::pieces::head::{card, head};
use crate::screens::pieces::load::Loaded;

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let from = Field::new("from", "");
    let to = Field::new("to", "");
    let make = move || {
        let (from, to) = (moment(from), moment(to));
        asked("/api/admin/quality", &[("from", &from), ("to", &to)])
    };
    let path = RwSignal::new(untrack(make));
    let report = Loaded::<QualityReport>::new(admin, move || path.get());
    let look = move || path.set(untrack(make));
    view! {
        {head(t("Quality"), t("How agents rated their calls, the worst first. The last week, if you say nothing else."), ().into_any())}
        {form("bar", look, view! {
            {entry(from, t("From"), "", "date", "off")}
            {entry(to, t("Before"), "", "date", "off")}
            <button type="submit" class="button primary">{t("Show")}</button>
        }.into_any())}
        {report.shown(8, |told| shown(&told))}
    }
    .into_any()
}

fn shown(report: &QualityReport) -> AnyView {
    let span = fill("{0} to {1}", &[&at(Some(report.from)), &at(Some(report.to))]);
    if report.agents.is_empty() {
        return view! {
            <div class="empty"><h2>{t("No call was rated")}</h2><p>{span}</p><p>{t("Agents are asked after each call, unless the policy forbids it.")}</p></div>
        }
        .into_any();
    }
    let bars: Vec<Bar> = report.agents.iter().map(bar).collect();
    let issues: Vec<AnyView> = report.agents.iter().map(complaints).collect();
    view! {
        <p>{span}</p>
        <div class="cards">
            {card(t("Mean rating by agent, 1 to 5"), lying(t("Mean rating by agent"), &bars, 500))}
            {card(t("What they complained of"), view! { <ul class="plain rows">{issues}</ul> }.into_any())}
        </div>
    }
    .into_any()
}

/// Hundredths as people write them: `3.42`.
fn mean(hundredths: u32) -> String {
    let rest = hundredths % 100;
    [
        (hundredths / 100).to_string().as_str(),
        if rest < 10 { ".0" } else { "." },
        &rest.to_string(),
    ]
    .concat()
}

fn bar(agent: &AgentQuality) -> Bar {
    Bar {
        name: agent.agent.clone(),
        part: agent.mean_hundredths,
        whole: agent.mean_hundredths,
        says: fill(
            "{0} of 5, {1} rated",
            &[&mean(agent.mean_hundredths), &agent.rated.to_string()],
        ),
    }
}

fn complaints(agent: &AgentQuality) -> AnyView {
    let each: Vec<String> = agent
        .issues
        .iter()
        .map(|count| {
            fill(
                "{0} ({1})",
                &[words::issue(count.issue), &count.count.to_string()],
            )
        })
        .collect();
    view! {
        <li><span class="two"><span class="two-title">{agent.agent.clone()}</span><span class="row-message">{each.join(", ")}</span></span></li>
    }
    .into_any()
}
