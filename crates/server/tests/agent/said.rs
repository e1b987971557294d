//! What agents say of their calls: notes, feedback, logs. And who changed what.

use protocol::session::Role;
use reqwest::Method;
use serde_json::json;
use server::calls;
use server::store::Write;

use super::Desk;

/// A desk with a call of Asha's, `sid1`.
async fn desk() -> Desk {
    let desk = Desk::new().await;
    let facts = calls::of_placement("asha", "+919811111003", "+918040408080", 1_764_000_000_000);
    let facts = Some(("sid1".to_owned(), facts));
    let at = 1_764_000_000_000;
    let write = Write {
        facts,
        at,
        ..Write::default()
    };
    desk.server.app.writer.write(write).await.unwrap();
    desk
}

#[tokio::test]
async fn a_note_stays_with_its_call_and_has_limits() {
    let desk = desk().await;
    let ravi = desk.also("ravi", Role::Agent, Some("ravi")).await;
    let path = "/api/calls/sid1/note";
    let note = |text: &str, disposition: &str| json!({ "text": text, "disposition": disposition });
    // 10,000 characters of three bytes each.
    let longest = "आ".repeat(10_000);
    let (status, kept) = desk
        .send(&desk.asha, Method::PUT, path, &note(&longest, "Sold"))
        .await;
    assert_eq!((status, &kept["disposition"]), (200, &json!("Sold")), "{kept}");
    let (_, page) = desk.get(&desk.asha, "/api/calls").await;
    assert_eq!(page["calls"][0]["note"], kept);
    assert!(kept["updated_at"].as_i64().unwrap() > 1_764_000_000_000);

    for (wrong, field) in [
        (note(&format!("{longest}x"), ""), "text"),
        (note("", "Nonsense"), "disposition"),
    ] {
        let (status, problem) = desk.send(&desk.asha, Method::PUT, path, &wrong).await;
        assert_eq!((status, &problem["field"]), (422, &json!(field)));
    }
    assert_eq!(
        desk.send(&ravi, Method::PUT, path, &note("mine", "")).await.0,
        404
    );
    let (status, _) = desk
        .send(&desk.asha, Method::PUT, "/api/calls/sid2/note", &note("", ""))
        .await;
    assert_eq!(status, 404);
    assert_eq!(
        desk.get(&desk.asha, "/api/calls").await.1["calls"][0]["note"],
        kept
    );
}

#[tokio::test]
async fn feedback_is_one_to_five_with_one_of_six_issues() {
    let desk = desk().await;
    let path = "/api/calls/sid1/feedback";
    for issue in [
        "NO_ISSUE",
        "BACKGROUND_NOISE",
        "CHOPPY_AUDIO",
        "HIGH_LATENCY",
        "NO_AUDIO",
        "ECHO",
    ] {
        let body = json!({ "rating": 3, "issue": issue, "statistics": "{\"jitter\":0.01}" });
        let (status, _) = desk.send(&desk.asha, Method::POST, path, &body).await;
        assert_eq!(status, 204, "{issue}");
    }
    for wrong in [
        json!({ "rating": 0, "issue": "ECHO" }),
        json!({ "rating": 6, "issue": "ECHO" }),
        json!({ "rating": 256, "issue": "ECHO" }),
        json!({ "rating": 3, "issue": "HUM" }),
        json!({ "rating": 3, "issue": "ECHO", "statistics": "no json" }),
        json!({ "rating": 3, "issue": "ECHO", "statistics": format!("\"{}\"", "x".repeat(16 * 1024)) }),
    ] {
        assert_eq!(desk.send(&desk.asha, Method::POST, path, &wrong).await.0, 422);
    }
    let rows = desk.server.app.store.export("feedback", 0, 10).await.unwrap();
    assert_eq!(rows.len(), 1, "the last one replaced the others");
    assert!(rows[0].1.to_string().contains("ECHO"));
}

#[tokio::test]
async fn uploaded_lines_are_kept_without_numbers() {
    let desk = desk().await;
    let body = json!({
        "from": 1, "to": 2, "description": "No sound with 9811111003",
        "lines": ["1764000000123 INVITE sip:+919811111003@example.com", "status 200"],
    });
    let (status, receipt) = desk.send(&desk.asha, Method::POST, "/api/logs", &body).await;
    assert_eq!(status, 201, "{receipt}");
    let rows = desk.server.app.store.export("logs", 0, 10).await.unwrap();
    let text = rows[0].1.to_string();
    assert!(
        text.contains(receipt["id"].as_str().unwrap()) && text.contains("status 200"),
        "{text}"
    );
    assert!(
        text.contains("1764000000123") && !text.contains("98111"),
        "{text}"
    );

    let line = "x".repeat(1000);
    let large =
        |lines: usize| json!({ "from": 1, "to": 2, "description": "", "lines": vec![line.as_str(); lines] });
    assert_eq!(
        desk.send(&desk.asha, Method::POST, "/api/logs", &large(1000))
            .await
            .0,
        201
    );
    let (status, problem) = desk
        .send(&desk.asha, Method::POST, "/api/logs", &large(1100))
        .await;
    assert_eq!((status, &problem["code"]), (413, &json!("too_large")));
}

#[tokio::test]
async fn an_admin_reads_who_changed_what() {
    let desk = desk().await;
    let boss = desk.also("boss", Role::Admin, None).await;
    for active in ["phone", "sip", "phone"] {
        let body = json!({ "active": active });
        desk.send(&desk.asha, Method::PUT, "/api/device", &body).await;
    }
    let (status, page) = desk.get(&boss, "/api/audit?limit=2").await;
    assert_eq!((status, page["records"].as_array().unwrap().len()), (200, 2));
    let (_, rest) = desk
        .get(&boss, &format!("/api/audit?limit=2&before={}", page["next"]))
        .await;
    assert_eq!(
        (rest["records"].as_array().unwrap().len(), &rest["next"]),
        (1, &json!(null))
    );
    assert_eq!(
        (&rest["records"][0]["who"], &rest["records"][0]["what"]),
        (&json!("asha"), &json!("set_device"))
    );
    assert_eq!(desk.get(&desk.asha, "/api/audit").await.0, 403);
}

#[tokio::test]
async fn nobody_fills_the_disk_with_logs() {
    let desk = Desk::new().await;
    let body = json!({ "from": 1, "to": 2, "description": "", "lines": ["a line"] });
    let mut answers = Vec::new();
    for _ in 0..12 {
        answers.push(desk.send(&desk.asha, Method::POST, "/api/logs", &body).await.0);
    }
    let taken = answers.iter().filter(|status| **status == 201).count();
    assert_eq!((taken, answers.last()), (10, Some(&429)));
}
