//! Where a request comes from, as far as browsers say.

use axum::http::header::ORIGIN;
use axum::http::uri::Scheme;
use axum::http::{HeaderMap, StatusCode, Uri};

use crate::Refused;

/// A web origin as browsers write it (RFC 6454): lower case, without the default port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// Reads `https://crm.example:8443`. Anything behind the port, a user, a wildcard or another scheme is no origin.
    pub fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.trim().parse().ok()?;
        let scheme = uri
            .scheme()
            .filter(|scheme| [Scheme::HTTP, Scheme::HTTPS].contains(scheme))?;
        let authority = uri.authority()?;
        let plain = !authority.as_str().contains(['@', '*']) && uri.path() == "/" && uri.query().is_none();
        if !plain || authority.host().is_empty() {
            return None;
        }
        let usual = if *scheme == Scheme::HTTPS { 443 } else { 80 };
        let host = authority.host().to_ascii_lowercase();
        Some(Self(match authority.port_u16() {
            Some(port) if port != usual => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        }))
    }

    /// From the checked configuration. What is no origin equals no browser's.
    pub(super) fn configured(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|| Self(text.to_owned()))
    }

    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether everything travels encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Refuses a change without the header that only our own page can send, then what [`from_outside`] refuses.
pub(super) fn check_change(headers: &HeaderMap, own: &Origin) -> Result<(), Refused> {
    if !headers.contains_key(protocol::CHANGE_HEADER) {
        let message = format!("A change needs the header \"{}\".", protocol::CHANGE_HEADER);
        return Err(Refused::new(StatusCode::FORBIDDEN, "header_missing", message));
    }
    from_outside(headers, own)
}

/// Refuses what another site's page asks. Programs that are no browsers send neither header.
pub(super) fn from_outside(headers: &HeaderMap, own: &Origin) -> Result<(), Refused> {
    let mut origins = headers.get_all(ORIGIN).iter();
    let ours = origins.all(|origin| {
        let origin = origin.to_str().ok().and_then(Origin::parse);
        origin.as_ref() == Some(own)
    });
    let mut sites = headers.get_all("sec-fetch-site").iter();
    let here = sites.all(|site| site == "same-origin" || site == "none");
    if ours && here {
        return Ok(());
    }
    let message = format!("Only pages of {} may ask this. Open the phone there.", own.0);
    Err(Refused::new(StatusCode::FORBIDDEN, "wrong_origin", message))
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn one_form_for_each_origin() {
        let read = |text: &str| Origin::parse(text).map(|origin| origin.0);
        let same = [
            "https://crm.example",
            "HTTPS://CRM.Example:443",
            "https://crm.example/",
        ];
        for text in same {
            assert_eq!(read(text).as_deref(), Some("https://crm.example"), "{text}");
        }
        assert_eq!(read("http://[::1]:80").as_deref(), Some("http://[::1]"));
        assert_eq!(
            read("http://crm.example:8080").as_deref(),
            Some("http://crm.example:8080")
        );
        let none = [
            "null",
            "",
            "*",
            "https://*.example",
            "crm.example",
            "ftp://crm.example",
            "https://a@crm.example",
            "https://crm.example/x",
            "https://crm.example?x",
            "https://crm.example.evil.test/..",
            "javascript:1",
        ];
        for text in none {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
