//! A CRM with the phone in it: the page `www/host.html` at an address of its own, and as much of a backend as it takes to sign
//! its agent in (docs/embed.md).
//!
//! ```text
//! browser ── page, style, scripts ──► CRM :8090        from a fixed list; nothing else is given out
//!         ── POST /phone/ticket ────► CRM ── POST /api/tickets with the CRM's key ──► :8080
//!         ── the phone, in a frame ─► :8080
//! ```

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::http::ask;
use super::serve::{Asked, Given};
use crate::failure::Failure;

/// What the page is made of, by its path.
const FILES: [(&str, &str, &str); 9] = [
    ("/", "host.html", "text/html; charset=utf-8"),
    ("/host.css", "host.css", "text/css; charset=utf-8"),
    ("/host.js", "host.js", SCRIPT),
    ("/host-contact.js", "host-contact.js", SCRIPT),
    ("/host-contacts.js", "host-contacts.js", SCRIPT),
    ("/host-draw.js", "host-draw.js", SCRIPT),
    ("/host-kept.js", "host-kept.js", SCRIPT),
    ("/host-phone.js", "host-phone.js", SCRIPT),
    ("/host-timeline.js", "host-timeline.js", SCRIPT),
];
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What the files call the phone's server.
const PHONE: &str = "https://phone.example";

/// Who is signed in to the CRM.
const AGENT: &str = "asha";

/// The CRM.
pub(super) struct Crm {
    /// Where browsers find it.
    pub(super) origin: String,
    /// Where they find the phone.
    pub(super) phone: String,
    /// The port of that.
    pub(super) port: u16,
    /// What it shows that server.
    pub(super) key: String,
    /// The folder with its page.
    pub(super) www: PathBuf,
}

impl Crm {
    /// What a request is given.
    pub(super) fn answer(&self, asked: &Asked) -> Given {
        // A name that leads here by somebody else's wish is none of ours.
        if asked.header("host") != self.origin.strip_prefix("http://") {
            return Given::plain(421, "This address has another name.");
        }
        match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/favicon.ico") => Given::plain(204, ""),
            ("GET", path) => match FILES.iter().find(|(known, ..)| *known == path) {
                Some((_, file, kind)) => self.file(file, kind),
                None => Given::plain(404, "There is no such page."),
            },
            ("POST", "/phone/ticket") => self.ticket(asked),
            _ => Given::plain(405, "That cannot be done here."),
        }
    }

    /// Read each time, so that a change shows when the page is loaded anew.
    fn file(&self, name: &str, kind: &'static str) -> Given {
        match fs::read_to_string(self.www.join(name)) {
            Ok(text) => Given {
                status: 200,
                kind,
                headers: self.policies(),
                body: text.replace(PHONE, &self.phone),
            },
            Err(error) => Given::plain(500, &format!("{name} could not be read: {error}")),
        }
    }

    /// As strict as a CRM's may be.
    fn policies(&self) -> Vec<(&'static str, String)> {
        let phone = &self.phone;
        let features = [
            "microphone",
            "autoplay",
            "speaker-selection",
            "hid",
            "clipboard-write",
        ];
        let allowed = features.map(|feature| format!("{feature}=(self \"{phone}\")"));
        let content = format!(
            "default-src 'none'; script-src 'self' {phone}; style-src 'self'; connect-src 'self'; frame-src {phone}; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types 'none'"
        );
        vec![
            ("Content-Security-Policy", content),
            ("Permissions-Policy", allowed.join(", ")),
        ]
    }

    /// A ticket for the agent who is signed in to the CRM. The page alone may ask: no other site's.
    fn ticket(&self, asked: &Asked) -> Given {
        if asked.header("origin") != Some(self.origin.as_str()) {
            return Given::plain(403, "Only the CRM's own page gets tickets.");
        }
        match self.minted() {
            Ok(ticket) => Given {
                status: 200,
                kind: "application/json",
                headers: Vec::new(),
                body: ticket,
            },
            Err(failure) => Given::plain(502, &failure.to_string()),
        }
    }

    fn minted(&self) -> Result<String, Failure> {
        let key = format!("Bearer {}", self.key);
        let wanted = json!({ "name": AGENT, "origin": self.origin });
        let headers = [("Authorization", key.as_str())];
        let ticket = ask(self.port, "POST", "/api/tickets", &headers, Some(&wanted))?;
        Ok(ticket.good("asking for a ticket")?.json().to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn crm() -> Crm {
        Crm {
            origin: "http://127.0.0.1:8090".to_owned(),
            phone: "http://127.0.0.1:8080".to_owned(),
            port: 1,
            key: "softphone_key_secret".to_owned(),
            www: Path::new(env!("CARGO_MANIFEST_DIR")).join("../www"),
        }
    }

    fn asks(line: &str, headers: &str) -> Given {
        let head = format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:8090\r\n{headers}");
        crm().answer(&Asked::read(&head).unwrap())
    }

    #[test]
    fn every_file_of_the_page_is_given_with_the_phones_address_in_it() {
        for (path, ..) in FILES {
            let given = asks(&format!("GET {path}"), "");
            assert_eq!(given.status, 200, "{path}: {}", given.body);
            assert!(!given.body.contains(PHONE), "{path}");
        }
        let page = asks("GET /", "").body;
        assert!(page.contains("src=\"http://127.0.0.1:8080/embed.js\""), "{page}");
    }

    #[test]
    fn whatever_the_page_asks_for_is_in_the_list() {
        let known = |name: &str| FILES.iter().any(|(path, ..)| *path == name);
        for (path, ..) in FILES {
            let text = asks(&format!("GET {path}"), "").body;
            let named = text.split('"').filter(|part| part.starts_with("/host"));
            for name in named {
                assert!(known(name), "{path} asks for {name}");
            }
        }
    }

    #[test]
    fn nothing_else_is_given() {
        for path in [
            "/host.html",
            "/index.html",
            "/../Cargo.toml",
            "//etc/passwd",
            "/%2e%2e/x",
            "/host.css?x",
        ] {
            assert_eq!(asks(&format!("GET {path}"), "").status, 404, "{path}");
        }
        assert_eq!(asks("DELETE /", "").status, 405);
    }

    #[test]
    fn the_page_runs_no_script_but_its_own_and_the_phones() {
        let headers = asks("GET /", "").headers;
        let (_, policy) = headers
            .iter()
            .find(|(name, _)| *name == "Content-Security-Policy")
            .unwrap();
        assert!(
            policy.contains("script-src 'self' http://127.0.0.1:8080; style-src 'self';"),
            "{policy}"
        );
    }

    #[test]
    fn a_name_of_somebody_elses_leads_to_nothing() {
        let asked = Asked::read("GET / HTTP/1.1\r\nHost: evil.example:8090\r\n").unwrap();
        assert_eq!(crm().answer(&asked).status, 421);
    }

    #[test]
    fn no_other_sites_page_gets_a_ticket() {
        assert_eq!(asks("POST /phone/ticket", "").status, 403);
        assert_eq!(
            asks("POST /phone/ticket", "Origin: http://127.0.0.1:8080\r\n").status,
            403
        );
        assert_eq!(asks("POST /phone/ticket", "Origin: null\r\n").status, 403);
        // Nobody listens on port 1: the page is told so, and not with what key.
        let given = asks("POST /phone/ticket", "Origin: http://127.0.0.1:8090\r\n");
        assert_eq!(given.status, 502);
        assert!(!given.body.contains("secret"), "{}", given.body);
    }
}
