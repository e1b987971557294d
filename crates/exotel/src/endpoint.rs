//! What an operation is: a request that can be built and an answer that can be read.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, Request, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::config::Base;
use crate::credential::Credential;
use crate::{ApiError, Invalid};

/// One operation of one API. Implemented by its request type; whoever has a connection runs it.
pub trait Endpoint {
    /// Where the API is and how the account is called there.
    type Config;
    /// What proves who is asking.
    type Credential: Credential;
    /// What a success says.
    type Response;

    /// Checks the documented rules, then builds the HTTP request.
    ///
    /// # Errors
    /// [`Invalid`] names the first rule that is broken; nothing may be sent.
    fn request(
        &self,
        config: &Self::Config,
        credential: &Self::Credential,
    ) -> Result<Request<Vec<u8>>, Invalid>;

    /// Reads the answer to this request.
    ///
    /// # Errors
    /// [`ApiError`] says whether the platform refused or cannot be understood.
    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Self::Response, ApiError>;
}

/// Everything but RFC 3986's unreserved characters, so that `a+b@x` survives in a path and in a query.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request being written.
pub(crate) struct Draft {
    method: Method,
    url: String,
    has_query: bool,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

impl Draft {
    /// `method` on `base` itself; paths are added to it.
    pub(crate) fn new(method: Method, base: &Base) -> Self {
        Self {
            method,
            url: base.as_str().to_owned(),
            has_query: false,
            headers: vec![(ACCEPT, HeaderValue::from_static("application/json"))],
            body: Vec::new(),
        }
    }

    /// Appends a literal path such as `/app`, or a URI of the platform's own making.
    pub(crate) fn path(mut self, path: &str) -> Self {
        self.url.push_str(path);
        self.has_query |= path.contains('?');
        self
    }

    /// Appends `/` and `value` as one escaped path segment. An empty one, or dots alone, would name something else
    /// (perhaps the whole collection) and is refused.
    pub(crate) fn segment(mut self, field: &'static str, value: &str) -> Result<Self, Invalid> {
        if matches!(value, "" | "." | "..") {
            return Err(Invalid::new(
                field,
                "An id in a path is not empty and not made of dots.",
            ));
        }
        self.url.push('/');
        self.url.extend(utf8_percent_encode(value, ESCAPED));
        Ok(self)
    }

    /// Appends `name=value` to the query, escaped.
    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        self.url.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.url.push_str(name);
        self.url.push('=');
        self.url.extend(utf8_percent_encode(value, ESCAPED));
        self
    }

    /// Appends the query parameter if there is a value.
    pub(crate) fn query_option(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.query(name, &value.to_string()),
            None => self,
        }
    }

    /// Adds one more header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Result<Self, Invalid> {
        let header = (name.parse().ok()).zip(HeaderValue::from_str(value).ok());
        let header =
            header.ok_or_else(|| Invalid::new("header", "A header has a name and no line breaks."))?;
        self.headers.push(header);
        Ok(self)
    }

    /// Signs the request.
    pub(crate) fn sign(mut self, credential: &impl Credential) -> Result<Self, Invalid> {
        if let Some(value) = credential.authorization()? {
            self.headers.push((AUTHORIZATION, value));
        }
        Ok(self)
    }

    /// Sets a JSON body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Self, Invalid> {
        self.body = serde_json::to_vec(body)
            .map_err(|error| Invalid::new("body", format!("The body can be written as JSON ({error}).")))?;
        self.headers
            .push((CONTENT_TYPE, HeaderValue::from_static("application/json")));
        Ok(self)
    }

    /// Sets a form body.
    pub(crate) fn form(mut self, fields: &[(&str, &str)]) -> Self {
        self.body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish()
            .into_bytes();
        self.headers.push((
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        ));
        self
    }

    /// The finished request.
    pub(crate) fn finish(self) -> Result<Request<Vec<u8>>, Invalid> {
        let mut request = Request::builder()
            .method(self.method)
            .uri(self.url)
            .body(self.body)
            .map_err(|error| Invalid::new("url", format!("The address is a valid URI ({error}).")))?;
        request.headers_mut().extend(self.headers);
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::new(Method::GET, &Base::new("https://example.com/v2/").unwrap())
    }

    #[test]
    fn reserved_characters_survive() {
        let request = draft()
            .path("/users")
            .segment("id", "a+b@x/é")
            .unwrap()
            .query("q", "1&2 +")
            .finish();
        assert_eq!(
            request.unwrap().uri(),
            "https://example.com/v2/users/a%2Bb%40x%2F%C3%A9?q=1%262%20%2B"
        );
    }

    #[test]
    fn an_empty_segment_never_names_the_collection() {
        for value in ["", ".", ".."] {
            assert!(draft().path("/users").segment("id", value).is_err());
        }
    }

    #[test]
    fn a_url_too_long_is_an_error() {
        assert!(draft().query("q", &"x".repeat(70_000)).finish().is_err());
    }
}
