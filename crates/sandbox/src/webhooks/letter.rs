//! One webhook, before it is anybody's request.

use exotel::Secret;
use exotel::hooks::HookKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::client::Outgoing;

/// How the fields of a webhook travel. The platform documents none of these for its call notices, so a receiver has
/// to take all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// `POST` with a JSON object.
    #[default]
    Json,
    /// `POST` with a form.
    Form,
    /// `GET` with a query.
    Query,
}

/// What is to be told, to whom.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) kind: HookKind,
    /// The call or the allocation it speaks of: letters about one thing keep their order.
    pub(crate) about: String,
    /// Where to. Hidden, because a secret in it is a webhook's only protection.
    pub(crate) url: Secret,
    pub(crate) shape: Shape,
    pub(crate) fields: Map<String, Value>,
}

impl Letter {
    /// The request that carries it.
    pub(super) fn request(&self) -> Outgoing {
        let url = self.url.reveal().to_owned();
        match self.shape {
            Shape::Json => Outgoing::post(
                url,
                "application/json",
                Value::Object(self.fields.clone()).to_string(),
            ),
            Shape::Form => Outgoing::post(url, "application/x-www-form-urlencoded", self.pairs()),
            Shape::Query => Outgoing::get(with_query(&url, &self.pairs())),
        }
    }

    fn pairs(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.fields {
            match value {
                Value::String(text) => pairs.append_pair(name, text),
                Value::Null => pairs.append_pair(name, ""),
                other => pairs.append_pair(name, &other.to_string()),
            };
        }
        pairs.finish()
    }
}

/// Adds pairs to a URL that may have some of its own.
pub(crate) fn with_query(url: &str, pairs: &str) -> String {
    let joint = match url.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    format!("{url}{joint}{pairs}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(shape: Shape) -> Letter {
        let fields = serde_json::json!({"CallSid": "7b", "ToNumber": "+91 1", "TotalDuration": 10});
        Letter {
            kind: HookKind::Callback,
            about: "7b".to_owned(),
            url: Secret::from("http://127.0.0.1/hooks?key=s3"),
            shape,
            fields: fields.as_object().unwrap().clone(),
        }
    }

    #[test]
    fn each_shape_is_read_back_by_a_receiver() {
        for shape in [Shape::Json, Shape::Form, Shape::Query] {
            let request = letter(shape).request();
            let query = request.url.split_once('?').map_or("", |(_, query)| query);
            let read = exotel::hooks::parse(
                HookKind::Callback,
                request.content_type,
                query,
                request.body.as_bytes(),
            );
            let Ok(exotel::hooks::Hook::Callback(notice)) = read else {
                panic!("{shape:?}: {read:?}")
            };
            assert_eq!(notice.call_sid, "7b");
            assert_eq!(notice.to_number.reveal(), "+91 1");
            assert_eq!(notice.total_duration, Some(10));
        }
    }

    #[test]
    fn a_query_is_added_to_one_that_is_there() {
        assert_eq!(with_query("http://a/b", "x=1"), "http://a/b?x=1");
        assert_eq!(with_query("http://a/b?", "x=1"), "http://a/b?x=1");
        assert_eq!(with_query("http://a/b?k=1", "x=1"), "http://a/b?k=1&x=1");
    }

    #[test]
    fn the_secret_in_the_url_stays_out_of_debug() {
        assert!(!format!("{:?}", letter(Shape::Json)).contains("s3"));
    }
}
