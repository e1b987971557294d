//! Refusals of the Integrations API, as rows of a table.

use super::{Customer, body};

/// Sends each row and compares status, `Code` and words.
pub async fn refuses(customer: &Customer, token: &str, rows: &[(&str, &str, String, u16, &str)]) {
    for (method, path, sent, status, words) in rows {
        let path = format!("/v2/integrations{path}");
        let answer = customer.raw(method, &path, token, sent).await;
        let body = body(&answer);
        let said = format!("{method} {path} {sent}: {body}");
        assert_eq!(answer.status(), *status, "{said}");
        assert_eq!(body["Code"], *status, "{said}");
        assert_eq!(body["Status"], "Failure", "{said}");
        assert!(body["Error"].as_str().unwrap().contains(words), "{said}");
    }
}

pub fn none() -> String {
    String::new()
}
