//! The rows of a job, all or those that stand in one way.

use leptos::prelude::*;
use protocol::admin::jobs::{Job, JobRow, JobRowPage, JobState};
use softphone::language::{fill, t};

use super::words;
use crate::elements::live::{live, press};
use crate::screens::Admin;
use crate::screens::ask::asked;
use crate::screens::pieces::list::{list, plain, two};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::paged::{Page, Paged};

impl Page for JobRowPage {
    type Row = JobRow;
    const NEXT: &'static str = "after";

    fn open(self) -> (Vec<JobRow>, Option<String>) {
        (self.rows, self.next.map(|next| next.to_string()))
    }
}

pub(super) fn draw(admin: Admin, job: Loaded<Job>, api: StoredValue<String>) -> AnyView {
    let only = RwSignal::new("");
    let rows = Paged::new::<JobRowPage>(admin, move || {
        asked(
            &[&api.get_value(), "/rows"].concat(),
            &[("limit", "500"), ("state", only.get())],
        )
    });
    let counts = Memo::new(move |_| job.here.with(|job| job.as_ref().map(|job| job.counts)));
    let state = Memo::new(move |_| job.here.with(|job| job.as_ref().map(|job| job.state)));
    // Rows are read anew when the job comes to rest; while it runs, the figures above tell.
    Effect::new(move |before: Option<Option<JobState>>| {
        let now = state.get();
        if before.flatten().is_some_and(|before| Some(before) != now) {
            rows.again();
        }
        now
    });
    view! {
        <div class="filters" role="group" aria-label=t("Which rows")>
            {live(move || {
                let Some(counts) = counts.get() else { return ().into_any() };
                let (whole, _) = words::whole_and_settled(&counts);
                let some = words::counted(&counts);
                let buttons = some.into_iter().filter(|(_, _, count)| *count > 0).map(|(state, word, count)| {
                    filter(only, word, words::row_word(state).1, count)
                });
                let all = filter(only, "", t("All rows"), whole);
                std::iter::once(all).chain(buttons).collect::<Vec<_>>().into_any()
            })}
            <button type="button" class="button quiet small" on:click=press(move || rows.again())>{t("Read again")}</button>
        </div>
        {list(
            t("Rows"),
            "job-rows",
            &[t("Row"), t("State"), t("What to know")],
            rows,
            cells,
            || view! { <p>{t("No row stands so.")}</p> }.into_any(),
        )}
    }
    .into_any()
}

fn filter(only: RwSignal<&'static str>, word: &'static str, title: &'static str, count: u32) -> AnyView {
    let pressed = move || (only.get() == word).to_string();
    view! {
        <button type="button" class="filter" aria-pressed=pressed on:click=press(move || only.set(word))>
            {title} " " <b>{count.to_string()}</b>
        </button>
    }
    .into_any()
}

fn cells(row: &JobRow) -> Vec<AnyView> {
    let no = fill("Row {0}", &[&row.no.to_string()]);
    let mut about = row.message.clone();
    if let Some(vendor) = row.vendor.as_deref().filter(|words| !words.is_empty()) {
        about.push(' ');
        about.push_str(&fill("The platform said: {0}", &[vendor]));
    }
    let message = match &row.field {
        Some(field) => two(plain(about), field.clone()),
        None => plain(about),
    };
    let id = if row.id.is_empty() {
        "–".to_owned()
    } else {
        row.id.clone()
    };
    vec![two(id.into_any(), no), words::row(row.state), message]
}
