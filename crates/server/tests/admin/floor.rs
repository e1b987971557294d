//! What supervisors watch: the floor, the call log, missed calls, quality.

use protocol::admin::floor::{AgentOnFloor, AgentState, Floor, Reach};
use protocol::admin::missed::MissedReport;
use protocol::admin::quality::QualityReport;
use protocol::call::{Direction, Outcome};
use protocol::history::{CallPage, Feedback, Issue, Note};
use protocol::phone::DeviceName;
use protocol::session::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::calls::of_placement;
use server::config::HOOKS_SECRET;
use server::store::Write;
use server::{calls, clock};

use super::Desk;

impl Desk {
    async fn hook(&self, kind: &str, body: Value) {
        let url = self.server.url(&format!("/hooks/{HOOKS_SECRET}/{kind}"));
        let request = self
            .server
            .http
            .post(url)
            .header("content-type", "application/json");
        assert_eq!(request.body(body.to_string()).send().await.unwrap().status(), 200);
    }

    async fn on_floor(&self, agent: &str) -> AgentOnFloor {
        let floor: Floor = self.get("/api/admin/floor").await;
        floor.agents.into_iter().find(|it| it.agent == agent).unwrap()
    }

    /// A call that rang at `agent` and that nobody took.
    async fn missed(&self, sid: &str, agent: &str, from: &str) {
        for kind in ["popup", "missedcall"] {
            let body =
                json!({ "CallSid": sid, "AppUserID": agent, "FromNumber": from, "Direction": "inbound" });
            self.hook(kind, body).await;
        }
    }

    /// A call that `agent` placed.
    async fn placed(&self, sid: &str, agent: &str, to: &str) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let at = clock::now();
        let write = Write {
            facts: Some((sid.to_owned(), of_placement(agent, to, "", at))),
            at,
            ..Write::default()
        };
        self.server.app.writer.write(write).await.unwrap();
    }
}

#[tokio::test]
async fn the_floor_shows_who_is_there_what_rings_and_who_can_be_reached() {
    let mut desk = Desk::new().await;
    let asha = desk.server.signed_in("asha", Role::Agent, Some("asha")).await;
    desk.server.add("meera", Role::Agent, Some("meera")).await;
    desk.boss = desk.server.signed_in("sue", Role::Supervisor, None).await;
    let seen = desk.on_floor("asha").await;
    assert_eq!(
        (seen.state, seen.reachable, seen.device_known),
        (AgentState::Free, Reach::Unknown, false)
    );
    assert_eq!(desk.on_floor("meera").await.state, AgentState::Away);

    let set = desk.server.request(Method::PUT, "/api/device", &asha);
    let set = set
        .header("content-type", "application/json")
        .body(r#"{"active":"sip"}"#);
    assert_eq!(set.send().await.unwrap().status(), 200);
    let seen = desk.on_floor("asha").await;
    assert_eq!(
        (seen.device, seen.reachable),
        (Some(DeviceName::Sip), Reach::No),
        "no browser listens"
    );
    let stream = desk
        .server
        .request(Method::GET, "/events", &asha)
        .send()
        .await
        .unwrap();
    assert_eq!(desk.on_floor("asha").await.reachable, Reach::Yes);
    drop(stream);

    let body =
        json!({ "CallSid": "c1", "AppUserID": "asha", "FromNumber": "09811111003", "Direction": "inbound" });
    desk.hook("popup", body).await;
    let seen = desk.on_floor("asha").await;
    assert_eq!(
        (seen.state, seen.call.unwrap().sid.as_str()),
        (AgentState::Ringing, "c1")
    );
    let answered = calls::of_leg_report("asha", protocol::call::LegReport::Answered, clock::now());
    let write = Write {
        facts: Some(("c1".to_owned(), answered)),
        at: clock::now(),
        ..Write::default()
    };
    desk.server.app.writer.write(write).await.unwrap();
    assert_eq!(desk.on_floor("asha").await.state, AgentState::Talking);
}

#[tokio::test]
async fn calls_are_filtered_taken_away_as_a_file_and_masked_for_who_may_not_see() {
    let mut desk = Desk::new().await;
    desk.missed("m1", "asha", "09811111003").await;
    desk.missed("m2", "ravi", "09811111004").await;
    desk.placed("o1", "asha", "+919811111003").await;
    let note = Note {
        text: "=HYPERLINK(\"x\")".to_owned(),
        disposition: "Sold".to_owned(),
        updated_at: 1,
    };
    desk.server.app.store.put_note("o1", "asha", &note).await.unwrap();
    let found = async |query: &str| {
        let page: CallPage = desk.get(&format!("/api/admin/calls?{query}")).await;
        let sids = page.calls.iter().map(|it| it.call.sid.clone());
        sids.collect::<Vec<_>>()
    };
    assert_eq!(found("").await, ["o1", "m2", "m1"]);
    assert_eq!(found("direction=inbound&outcome=missed").await, ["m2", "m1"]);
    assert_eq!(found("direction=inbound&agent=asha").await, ["m1"]);
    assert_eq!(found("direction=outbound&search=11003").await, ["o1"]);
    assert_eq!(
        found(&format!("from={}", clock::now() + 1000)).await,
        Vec::<String>::new()
    );
    assert_eq!(found("to=1000").await, Vec::<String>::new());
    let first: CallPage = desk.get("/api/admin/calls?limit=1&direction=inbound").await;
    let place = first.next.unwrap();
    assert_eq!(
        found(&format!("limit=1&direction=inbound&before={place}")).await,
        ["m1"]
    );

    let (_, file) = desk
        .said(Method::GET, "/api/admin/calls.csv?agent=asha", None)
        .await;
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 3, "{file}");
    assert!(
        lines[1].contains(",outbound,") && lines[1].contains("'+919811111003"),
        "{file}"
    );
    assert!(
        lines[1].contains("\"'=HYPERLINK(\"\"x\"\")\""),
        "no cell is a formula: {file}"
    );
    assert!(
        desk.records()
            .await
            .iter()
            .any(|(_, what, ..)| what == "export_calls")
    );

    let policy = desk.server.app.policy.now();
    let mut strict = policy.policy.clone();
    strict.whole_numbers_from = Role::Admin;
    let change = json!({ "version": 0, "policy": strict });
    let _: Value = desk.ask(Method::PUT, "/api/admin/policy", Some(change)).await;
    desk.boss = desk.server.signed_in("sue", Role::Supervisor, None).await;
    for path in ["/api/admin/calls", "/api/admin/calls.csv", "/api/admin/missed"] {
        let (status, text) = desk.said(Method::GET, path, None).await;
        assert!(status == 200 && !text.contains("9811111003"), "{path}: {text}");
    }
    let (status, _) = desk
        .refused(Method::GET, "/api/admin/calls?search=11003", None)
        .await;
    assert_eq!(status, 422, "who may not see a number may not search for it");
}

#[tokio::test]
async fn who_called_back_and_what_agents_said_of_calls() {
    let desk = Desk::new().await;
    desk.missed("m1", "asha", "09811111003").await;
    desk.missed("m2", "ravi", "09811111004").await;
    desk.placed("o1", "meera", "+919811111003").await;
    let report: MissedReport = desk.get("/api/admin/missed").await;
    assert_eq!((report.total.missed, report.total.called_back), (2, 1));
    let m1 = report.calls.iter().find(|call| call.sid == "m1").unwrap();
    assert_eq!(m1.called_back_by.as_deref(), Some("meera"));
    assert_eq!(report.hours.len(), 24);
    let asha: MissedReport = desk.get("/api/admin/missed?agent=asha").await;
    assert_eq!((asha.total.missed, asha.total.called_back), (1, 1));
    let year = format!("/api/admin/missed?from=1&to={}", clock::now());
    assert_eq!(desk.refused(Method::GET, &year, None).await.0, 422);

    for (sid, agent, rating, issue) in [
        ("c1", "asha", 2, Issue::ChoppyAudio),
        ("c2", "asha", 5, Issue::NoIssue),
        ("c3", "ravi", 5, Issue::NoIssue),
    ] {
        let feedback = Feedback {
            rating,
            issue,
            statistics: None,
        };
        let at = clock::now();
        desk.server
            .app
            .store
            .put_feedback(sid, agent, &feedback, at)
            .await
            .unwrap();
    }
    let quality: QualityReport = desk
        .get(&format!("/api/admin/quality?to={}", clock::now() + 1000))
        .await;
    let means: Vec<_> = quality
        .agents
        .iter()
        .map(|it| (it.agent.as_str(), it.rated, it.mean_hundredths))
        .collect();
    assert_eq!(means, [("asha", 2, 350), ("ravi", 1, 500)]);
    assert_eq!(quality.agents[0].issues[0].issue, Issue::ChoppyAudio);
    let page: CallPage = desk.get("/api/admin/calls?direction=inbound").await;
    let it = &page.calls[0].call;
    assert_eq!(
        (it.direction, it.outcome),
        (Direction::Inbound, Some(Outcome::Missed))
    );
}
