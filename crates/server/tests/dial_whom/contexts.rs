//! `PUT /api/dial-contexts`: what is kept, what is refused and where.

use serde_json::{Value, json};
use server::clock;

use super::Stage;

#[tokio::test]
async fn each_fault_says_its_place_and_nothing_is_kept() {
    let stage = Stage::new(|_| {}).await;
    let good = json!({"key": {"caller": "+919811111111"}, "destination": "asha"});
    let with = |field: &str, value: Value| {
        let mut context = good.clone();
        context[field] = value;
        context
    };
    for (bad, field, words) in [
        (with("key", json!({"message": "order 42"})), "[1].key", "' '"),
        (with("key", json!({"message": ""})), "[1].key", "leave it out"),
        (with("key", json!({"caller": " "})), "[1].key", "1 to 512 bytes"),
        (
            with("destination", json!("a b")),
            "[1].destination",
            "subscriber's name",
        ),
        (
            with("outgoing_number", json!("12")),
            "[1].outgoing_number",
            "3 to 15 digits",
        ),
        (with("expires_at", json!(1)), "[1].expires_at", "has passed"),
        (with("customer", json!({"name": " "})), "[1].customer", "1 to 100"),
        (
            with(
                "customer",
                json!({"name": "Kavya", "link": "javascript:alert(1)"}),
            ),
            "[1].customer",
            "https://",
        ),
        (
            json!({"key": {"called": "08040408080"}, "destination": "asha", "customer": {"name": "Kavya"}}),
            "[1].customer",
            "belongs to a caller",
        ),
    ] {
        let (status, problem) = stage.put(&json!([good, bad])).await;
        assert_eq!(status, 422, "{problem}");
        assert_eq!(problem["field"], field);
        let message = problem["message"].as_str().unwrap();
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(stage.put(&json!({"key": "?"})).await.0, 422);
    let asked = stage.ask("/dial-whom?CallSid=1&CallFrom=09811111111").await;
    assert_eq!(asked.1, "sip:meera", "a refused list leaves nothing behind");
}

#[tokio::test]
async fn a_thousand_fit_and_one_more_does_not() {
    let stage = Stage::new(|_| {}).await;
    let list = |count: u32| -> Value {
        let context =
            |n: u32| json!({"key": {"message": format!("order:{n}")}, "destination": format!("agent{n}")});
        (0..count).map(context).collect()
    };
    assert_eq!(stage.put(&list(1_000)).await.0, 204);
    assert_eq!(
        stage.ask("/dial-whom?CallSid=1&CustomField=order:999").await.1,
        "sip:agent999"
    );
    let (status, problem) = stage.put(&list(1_001)).await;
    assert_eq!((status, &problem["field"]), (422, &json!("contexts")));
    assert_eq!(stage.put(&json!([])).await.0, 204);
}

#[tokio::test]
async fn a_context_ends_at_its_moment() {
    let stage = Stage::new(|_| {}).await;
    let ends = clock::now() + 1_500;
    let told = json!([{"key": {"message": "soon"}, "destination": "asha", "expires_at": ends}]);
    assert_eq!(stage.put(&told).await.0, 204);
    let mut answers = Vec::new();
    while clock::now() < ends + 100 {
        answers.push(stage.ask("/dial-whom?CallSid=1&CustomField=soon").await.1);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    answers.push(stage.ask("/dial-whom?CallSid=1&CustomField=soon").await.1);
    answers.dedup();
    assert_eq!(answers, ["sip:asha", "sip:meera"]);
}

#[tokio::test]
async fn only_a_key_opens() {
    let stage = Stage::new(|_| {}).await;
    let url = stage.server.url("/api/dial-contexts");
    for key in ["", "wrong"] {
        let request = stage.server.http.put(&url).bearer_auth(key);
        let answer = request
            .header("content-type", "application/json")
            .body("[]")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 401);
    }
}
