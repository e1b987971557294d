//! Many at once: checked, sent, stopped, resumed over a restart, without one too many.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::admin::jobs::{Job, JobRowPage, JobState, RowState};
use protocol::admin::users::UserPage;
use reqwest::Method;
use serde_json::{Value, json};
use server::store::Audience;

use super::Desk;
use super::support::server::PATIENCE;

/// Rows of the test.
const ROWS: usize = 120;

/// A user whose id and address are told by a number.
fn user(no: usize) -> Value {
    json!({
        "id": format!("u{no}"), "name": "Test Person", "email": format!("u{no}@example.test"),
        "number": format!("0981111{no:04}"), "virtual_number": "+918040408080",
    })
}

impl Desk {
    async fn job(&self, id: &str) -> Job {
        self.get(&format!("/api/admin/jobs/{id}")).await
    }

    /// The job once `when` holds.
    async fn wait_for(&self, id: &str, when: impl Fn(&Job) -> bool) -> Job {
        let began = std::time::Instant::now();
        loop {
            let job = self.job(id).await;
            if when(&job) {
                return job;
            }
            assert!(began.elapsed() < 2 * PATIENCE, "{job:?}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    async fn move_job(&self, id: &str, how: &str) -> Job {
        self.ask(Method::POST, &format!("/api/admin/jobs/{id}/{how}"), None)
            .await
    }

    /// How each row stands, by its id.
    async fn rows(&self, id: &str) -> BTreeMap<String, RowState> {
        let path = format!("/api/admin/jobs/{id}/rows?limit=500");
        let page: JobRowPage = self.get(&path).await;
        page.rows.into_iter().map(|row| (row.id, row.state)).collect()
    }

    /// The vendor's next answers to this operation.
    async fn fault(&self, api: &str, operation: &str, status: u16, times: u32, when: &str) {
        let fault =
            json!({ "api": api, "operation": operation, "status": status, "times": times, "when": when });
        self.vendor.make("platform/faults", fault).await;
    }
}

#[tokio::test]
async fn a_job_is_stopped_survives_a_restart_and_adds_everybody_once() {
    let desk = Desk::new().await;
    // Ten digits are refused by the vendor, and by nobody before.
    desk.vendor.quirk("agent-number-needs-zero").await;
    let (there, elsewhere) = (user(3), json!({ "email": "u4@example.test", "id": "someone" }));
    desk.said(Method::POST, "/api/admin/users", Some(there)).await;
    let mut someone = user(4);
    someone["id"] = elsewhere["id"].clone();
    desk.said(Method::POST, "/api/admin/users", Some(someone)).await;

    let mut rows: Vec<Value> = (0..ROWS).map(user).collect();
    rows[1]["name"] = json!("Nobody");
    rows[2]["id"] = json!("u0");
    rows[60]["number"] = json!("9811110060");
    let body = Some(json!({ "rows": rows }));
    let job: Job = desk.ask(Method::POST, "/api/admin/jobs/users", body).await;
    assert_eq!((job.state, job.counts.invalid), (JobState::Checked, 2));
    let before: UserPage = desk.get("/api/admin/users?search=example.test").await;
    assert_eq!(before.users.len(), 2, "a dry run sends nothing");

    // The first batch arrives, and its answer is lost.
    desk.fault("integrations", "add_users", 503, 1, "after").await;
    desk.move_job(&job.id, "start").await;
    desk.wait_for(&job.id, |job| job.counts.unknown > 0).await;
    let stopped = desk.move_job(&job.id, "stop").await;
    assert_eq!(stopped.state, JobState::Stopped);
    let desk = desk.restarted().await;
    let kept = desk.job(&job.id).await;
    assert_eq!(
        (kept.state, kept.counts.ready > 0),
        (JobState::Stopped, true),
        "{kept:?}"
    );
    desk.move_job(&job.id, "start").await;
    // A second restart, while it runs.
    desk.wait_for(&job.id, |job| job.counts.added > 0).await;
    let desk = desk.restarted().await;
    let done = desk.wait_for(&job.id, |job| job.state == JobState::Done).await;
    assert_eq!(done.trouble, None);

    let rows = desk.rows(&job.id).await;
    let named = |id: &str| rows[id];
    assert_eq!(named("u3"), RowState::WasThere);
    assert_eq!((named("u4"), named("u60")), (RowState::Failed, RowState::Failed));
    // u1 and u2 are invalid; u3, u4 and u60 were not added.
    assert_eq!(done.counts.added as usize, ROWS - 5, "{:?}", done.counts);
    assert_eq!((done.counts.ready, done.counts.unknown), (0, 0));

    let records = desk.vendor.see("platform").await.to_string();
    for no in (5..ROWS).filter(|no| *no != 60) {
        let email = format!("\"u{no}@example.test\"");
        assert!(records.contains(&email), "{no}");
    }
    let mut users = 0;
    let mut after = String::new();
    loop {
        let page: UserPage = desk
            .get(&format!("/api/admin/users?limit=100&after={after}"))
            .await;
        users += page
            .users
            .iter()
            .filter(|user| user.email.ends_with("@example.test"))
            .count();
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(users, ROWS - 5 + 2, "nobody is there twice");

    let path = format!("/api/admin/jobs/{}/failures.csv", job.id);
    let (_, text) = desk.said(Method::GET, &path, None).await;
    assert_eq!(text.lines().count(), 1 + 4, "{text}");
    assert!(
        text.contains("AgentNumber is invalid"),
        "the vendor's words: {text}"
    );
    let events = desk
        .server
        .app
        .store
        .events_after(0, &Audience::Everybody, 500)
        .await
        .unwrap();
    assert!(
        events
            .iter()
            .any(|event| format!("{event:?}").contains("Job(JobNews"))
    );
    let agent = Audience::Agent("asha".to_owned());
    let theirs = desk.server.app.store.events_after(0, &agent, 500).await.unwrap();
    assert!(
        !format!("{theirs:?}").contains("JobNews"),
        "agents hear nothing of jobs"
    );

    // The failed ones once more, after the other user is gone.
    assert_eq!(
        desk.said(Method::DELETE, "/api/admin/users/someone", None)
            .await
            .0,
        204
    );
    desk.move_job(&job.id, "start").await;
    let done = desk.wait_for(&job.id, |job| job.state == JobState::Done).await;
    assert_eq!(
        (done.counts.added as usize, done.counts.failed),
        (ROWS - 4, 1),
        "{done:?}"
    );
    let path = format!("/api/admin/jobs/{}", job.id);
    assert_eq!(desk.said(Method::DELETE, &path, None).await.0, 204);
    assert_eq!(desk.refused(Method::GET, &path, None).await.0, 404);
}

#[tokio::test]
async fn subscribers_come_in_tens_and_each_fails_by_itself() {
    let desk = Desk::new().await;
    let there = json!({ "name": "sub3", "note": "" });
    desk.said(Method::POST, "/api/admin/subscribers", Some(there))
        .await;
    desk.vendor.quirk("short-names").await;
    let mut csv = "name;note\n".to_owned();
    for no in 0..24 {
        csv.push_str(&format!("sub{no};\"=of the; north\"\n"));
    }
    csv.push_str("Alex123bourt45on;\nnot a name;\n");
    let body = Some(json!({ "csv": csv }));
    let job: Job = desk.ask(Method::POST, "/api/admin/jobs/subscribers", body).await;
    assert_eq!((job.counts.ready, job.counts.invalid), (25, 1));
    desk.move_job(&job.id, "start").await;
    let done = desk.wait_for(&job.id, |job| job.state == JobState::Done).await;
    assert_eq!(
        (done.counts.added, done.counts.was_there, done.counts.failed),
        (23, 1, 1)
    );
    let rows = desk.rows(&job.id).await;
    assert_eq!(
        (rows["sub3"], rows["Alex123bourt45on"]),
        (RowState::WasThere, RowState::Failed)
    );
}

#[tokio::test]
async fn a_job_that_cannot_go_on_says_why_and_sends_nothing_by_halves() {
    let desk = Desk::new().await;
    let body = Some(json!({ "rows": [user(0), user(1)] }));
    let job: Job = desk.ask(Method::POST, "/api/admin/jobs/users", body).await;
    desk.fault("integrations", "add_users", 403, 1, "before").await;
    desk.move_job(&job.id, "start").await;
    let stopped = desk.wait_for(&job.id, |job| job.state == JobState::Stopped).await;
    let why = stopped.trouble.unwrap();
    assert!(
        why.contains("enable it") && why.contains("start the job again"),
        "{why}"
    );
    assert_eq!(stopped.counts.ready, 2);
    desk.move_job(&job.id, "start").await;
    let done = desk.wait_for(&job.id, |job| job.state == JobState::Done).await;
    assert_eq!((done.counts.added, done.trouble), (2, None));
    let path = format!("/api/admin/jobs/{}/start", job.id);
    let (status, problem) = desk.refused(Method::POST, &path, None).await;
    assert_eq!((status, problem.code.as_str()), (409, "nothing_to_send"));
    let none = Some(json!({ "csv": "id,name\n1,2" }));
    let (status, problem) = desk.refused(Method::POST, "/api/admin/jobs/users", none).await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("csv")));
}
