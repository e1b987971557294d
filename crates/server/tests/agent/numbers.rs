//! `GET /api/numbers?text=`

use serde_json::json;

use super::Desk;

#[tokio::test]
async fn a_typed_number_is_shown_as_it_would_be_dialled() {
    let desk = Desk::new().await;
    let (status, shown) = desk.get(&desk.asha, "/api/numbers?text=098111%2011003").await;
    assert_eq!(status, 200);
    assert_eq!(
        shown,
        json!({ "dialled": "+919811111003", "national": "098111 11003", "country": "IN" })
    );
    let (_, shown) = desk.get(&desk.asha, "/api/numbers?text=%2B14155552671").await;
    assert_eq!(shown["country"], "US");
    let (status, problem) = desk.get(&desk.asha, "/api/numbers?text=112").await;
    assert_eq!((status, &problem["field"]), (422, &json!("text")));
}
