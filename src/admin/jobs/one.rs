//! One job: what it will do, how far it is, and its rows.

use leptos::prelude::*;
use protocol::admin::jobs::{Job, JobKind, JobState};
use protocol::event::Event;
use softphone::language::{fill, t};

use super::{api_of, rows, words};
use crate::elements::live::{live, maybe, press};
use crate::screens::Admin;
use crate::screens::pieces::act::{Act, hint};
use crate::screens::pieces::dialog::Over;
use crate::screens::pieces::head::{head, link};
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::typed::sure;

pub(super) fn draw(admin: Admin, id: &str) -> AnyView {
    let api = StoredValue::new(api_of(id));
    let job = Loaded::<Job>::new(admin, move || api.get_value());
    let own = id.to_owned();
    admin.news.hear(move |event| match event {
        Event::Job(news) if news.id == own => {
            job.here.update(|job| {
                if let Some(job) = job {
                    job.state = news.state;
                    job.counts = news.counts;
                }
            });
            // Why it stopped is not in the news.
            if news.state != JobState::Running {
                job.again();
            }
        }
        Event::Lost { .. } => job.again(),
        Event::Job(_)
        | Event::Call(_)
        | Event::Device { .. }
        | Event::Push { .. }
        | Event::GreenPin(_)
        | Event::Policy(_) => {}
    });
    let actions = link("button quiet", "/admin/jobs".to_owned(), t("All jobs"));
    view! {
        {head(t("Job"), t("Every row with how it stands. What is sent is written down before and after, so nothing is sent twice."), actions)}
        {job.trouble()}
        {standing(admin, job, api)}
        {rows::draw(admin, job, api)}
    }
    .into_any()
}

fn standing(admin: Admin, job: Loaded<Job>, api: StoredValue<String>) -> AnyView {
    let act = Act::new();
    let start = Over::<Job>::closed();
    let gone = Over::<()>::closed();
    let here = Memo::new(move |_| job.here.with(|job| job.as_ref().map(|job| (job.kind, job.state))));
    let counts = Memo::new(move |_| job.here.with(|job| job.as_ref().map(|job| job.counts)));
    let trouble = Memo::new(move |_| {
        job.here
            .with(|job| job.as_ref().and_then(|job| job.trouble.clone()))
    });
    let begin = move || {
        if let Some(job) = job.here.get_untracked() {
            start.open(job);
        }
    };
    let stop = move || move_to(admin, job, act, api, "/stop");
    let failures = move || [&api.get_value(), "/failures.csv"].concat();
    view! {
        <section class="card" aria-label=t("Progress")>
            {live(move || match here.get() {
                None => crate::screens::pieces::load::skeleton(3),
                Some((kind, state)) => {
                    let button = match state {
                        JobState::Checked => act.button("button primary", t("Start…"), begin),
                        JobState::Stopped => act.button("button primary", t("Go on…"), begin),
                        JobState::Running => act.button("button", t("Stop"), stop),
                        JobState::Done => act.button("button", t("Send the failed ones again…"), begin),
                    };
                    let remove = (state != JobState::Running).then(|| {
                        let open = press(move || gone.open(()));
                        view! { <button type="button" class="button quiet" on:click=open>{t("Forget this job…")}</button> }.into_any()
                    });
                    view! {
                        <div class="bar"><h2>{words::kind(kind)}</h2> {words::state(state)}</div>
                        <div class="actions">
                            {button}
                            <a class="button" href=failures() download="">{t("Failures as CSV")}</a>
                            {remove}
                        </div>
                    }
                    .into_any()
                }
            })}
            {maybe(move || counts.get().map(|counts| {
                let (whole, settled) = words::whole_and_settled(&counts);
                let to_go = whole - counts.invalid;
                let says = fill("{0} of {1} settled", &[&settled.to_string(), &to_go.to_string()]);
                view! {
                    <div class="progress">
                        <progress max=to_go.max(1).to_string() value=settled.to_string() aria-label=t("Rows settled")></progress>
                        <span role="status">{says}</span>
                    </div>
                }
                .into_any()
            }))}
            {maybe(move || trouble.get().map(|why| hint("wait", &why)))}
            {act.told()}
        </section>
        {start.drawn(t("Start sending"), move |about| {
            let says = warnings(&about);
            sure(says, t("Send the rows"), move || Box::pin(async move {
                let told: Job = admin.send("POST", &[&api.get_value(), "/start"].concat(), &()).await?;
                job.put(told);
                start.close();
                Ok(String::new())
            }))
        })}
        {gone.drawn(t("Forget this job"), move |()| {
            let says = vec![t("The job and its rows are forgotten here. What was added stays added.").to_owned()];
            sure(says, t("Forget it"), move || Box::pin(async move {
                admin.tell("DELETE", &api.get_value(), None).await?;
                gone.close();
                admin.go("/admin/jobs");
                Ok(String::new())
            }))
        })}
    }
    .into_any()
}

fn move_to(admin: Admin, job: Loaded<Job>, act: Act, api: StoredValue<String>, how: &'static str) {
    act.run(async move {
        let told: Job = admin.send("POST", &[&api.get_value(), how].concat(), &()).await?;
        job.put(told);
        Ok(String::new())
    });
}

/// What starting does, said before.
fn warnings(job: &Job) -> Vec<String> {
    let count = match job.state {
        JobState::Done => job.counts.failed,
        JobState::Checked | JobState::Running | JobState::Stopped => job.counts.ready + job.counts.unknown,
    };
    let count = count.to_string();
    let first = match job.kind {
        JobKind::Users => fill(
            "{0} rows will be sent to the platform, fifty at a time.",
            &[&count],
        ),
        JobKind::Subscribers => fill("{0} rows will be sent to the platform, ten at a time.", &[&count]),
    };
    let mut says = vec![first];
    if job.counts.invalid > 0 {
        says.push(fill(
            "{0} invalid rows are left out.",
            &[&job.counts.invalid.to_string()],
        ));
    }
    if job.kind == JobKind::Users {
        says.push(
            t("Each mail address that the account does not know makes a new user of the account, who may cost money.")
                .to_owned(),
        );
    }
    says.push(t("You may stop it at any time and go on later.").to_owned());
    says
}
