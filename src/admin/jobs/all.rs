//! The jobs there are.

use leptos::prelude::*;
use protocol::admin::jobs::{Job, JobList};
use protocol::event::Event;
use softphone::language::{fill, t};
use softphone::web::moments;

use super::{PATH, path_of, words};
use crate::screens::Admin;
use crate::screens::pieces::head::{head, link};
use crate::screens::pieces::load::Loaded;

pub(super) fn draw(admin: Admin) -> AnyView {
    let jobs = Loaded::<JobList>::new(admin, || PATH.to_owned());
    admin.news.hear(move |event| {
        if let Event::Job(_) | Event::Lost { .. } = event {
            jobs.again();
        }
    });
    let actions = view! {
        {link("button primary", "/admin/jobs/users".to_owned(), t("Add many users"))}
        {link("button", "/admin/jobs/subscribers".to_owned(), t("Add many subscribers"))}
    };
    view! {
        {head(
            t("Jobs"),
            t("Many additions at once. A job is checked before anything is sent, and outlives this browser."),
            actions.into_any(),
        )}
        {jobs.shown(4, |list| {
            if list.jobs.is_empty() {
                return view! {
                    <div class="empty">
                        <h2>{t("No jobs yet")}</h2>
                        <p>{t("Paste a sheet of users or subscribers; every row is checked before anything is sent.")}</p>
                    </div>
                }
                .into_any();
            }
            let rows: Vec<AnyView> = list.jobs.iter().map(row).collect();
            view! { <ul class="plain rows">{rows}</ul> }.into_any()
        })}
    }
    .into_any()
}

fn row(job: &Job) -> AnyView {
    let (whole, settled) = words::whole_and_settled(&job.counts);
    let at = moments::day_and_time(u64::try_from(job.created_at).unwrap_or(0));
    let title = fill("{0}: {1} rows", &[words::kind(job.kind), &whole.to_string()]);
    let about = fill("{0} settled · by {1}, {2}", &[&settled.to_string(), &job.by, &at]);
    view! {
        <li>
            <span class="two"><span class="two-title"><a href=path_of(&job.id)>{title}</a></span><span class="two-below">{about}</span></span>
            {words::state(job.state)}
        </li>
    }
    .into_any()
}
