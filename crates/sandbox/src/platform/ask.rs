//! A request as the platform sees it, whatever carried it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;

use super::No;

/// One request, its route already found.
#[derive(Debug, Default)]
pub(crate) struct Ask {
    /// The `Authorization` header.
    pub(crate) authorization: Option<String>,
    /// The `Exotel-Version` header.
    pub(crate) version: Option<String>,
    /// `http://host`, as the visitor names it.
    pub(crate) origin: String,
    /// Parameters in the path, unescaped.
    pub(crate) path: Vec<(String, String)>,
    /// Parameters in the query, unescaped.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Ask {
    /// A parameter of the path; the route guarantees that it is there.
    pub(crate) fn in_path(&self, name: &str) -> &str {
        first(&self.path, name).unwrap_or_default()
    }

    /// A parameter of the query.
    pub(crate) fn in_query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// A whole number in the query, within `range`.
    pub(crate) fn number(
        &self,
        name: &str,
        default: u64,
        range: std::ops::RangeInclusive<u64>,
    ) -> Result<u64, No> {
        let Some(text) = self.in_query(name) else {
            return Ok(default);
        };
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| {
            let (least, most) = range.into_inner();
            No::bad(match most {
                u64::MAX => format!("{name} is a whole number of at least {least}"),
                _ => format!("{name} is a whole number from {least} to {most}"),
            })
        })
    }

    /// The JSON body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, No> {
        serde_json::from_slice(&self.body).map_err(|why| No::bad(format!("Invalid request body: {why}")))
    }

    /// The fields of a form body.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// User and password of Basic credentials.
    pub(crate) fn basic(&self) -> Option<(String, String)> {
        let (scheme, rest) = self.authorization.as_deref()?.split_once(' ')?;
        let bytes = scheme
            .eq_ignore_ascii_case("Basic")
            .then(|| STANDARD.decode(rest.trim()))?;
        let text = String::from_utf8(bytes.ok()?).ok()?;
        let (user, password) = text.split_once(':')?;
        Some((user.to_owned(), password.to_owned()))
    }
}

/// The first value of `name`.
pub(crate) fn first<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let (_, value) = fields.iter().find(|(key, _)| key == name)?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(authorization: &str) -> Ask {
        Ask {
            authorization: Some(authorization.to_owned()),
            query: vec![(String::from("page_size"), String::from("7"))],
            ..Ask::default()
        }
    }

    #[test]
    fn basic_is_user_and_password_and_nothing_else() {
        let pair = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
        assert_eq!(ask("Basic a2V5OnRva2Vu").basic(), pair("key", "token"));
        assert_eq!(ask("basic a2V5OnRva2Vu").basic(), pair("key", "token"));
        for text in ["", "a2V5OnRva2Vu", "Bearer a2V5OnRva2Vu", "Basic !", "Basic a2V5"] {
            assert_eq!(ask(text).basic(), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_whole_and_within() {
        let ask = ask("");
        assert_eq!(ask.number("page_size", 20, 1..=10).ok(), Some(7));
        assert_eq!(ask.number("offset", 20, 1..=10).ok(), Some(20));
        let no = ask.number("page_size", 20, 1..=5).unwrap_err();
        assert_eq!(no.words, "page_size is a whole number from 1 to 5");
    }
}
