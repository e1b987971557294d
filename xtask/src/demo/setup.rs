//! What the demo's server is told: the sandbox's credentials, people, webhooks.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::http::{Answer, ask};
use crate::failure::Failure;

/// Somebody who may sign in.
pub(super) struct Person {
    pub(super) name: &'static str,
    title: &'static str,
    role: &'static str,
    /// Whether the sandbox has an agent of that name.
    has_phone: bool,
}

/// The sandbox's agents, and those who look after them.
pub(super) const PEOPLE: [Person; 5] = [
    Person {
        name: "asha",
        title: "Asha",
        role: "agent",
        has_phone: true,
    },
    Person {
        name: "ravi",
        title: "Ravi",
        role: "agent",
        has_phone: true,
    },
    Person {
        name: "meera",
        title: "Meera",
        role: "agent",
        has_phone: true,
    },
    Person {
        name: "sunita",
        title: "Sunita (supervisor)",
        role: "supervisor",
        has_phone: false,
    },
    Person {
        name: "admin",
        title: "Admin",
        role: "admin",
        has_phone: false,
    },
];

/// Webhooks that no setting of an app holds.
const ENDPOINTS: [&str; 7] = [
    "greenpin-call-completed",
    "greenpin-deallocated",
    "greenpin-verified",
    "greenpin-verification-failed",
    "dial-whom",
    "push",
    "passthru",
];

/// A demo that is being put together. Its secrets are made for this run.
pub(super) struct Demo {
    /// Everybody's.
    pub(super) password: String,
    pub(super) port: u16,
    crm_port: u16,
    pub(super) server_port: u16,
    pub(super) dist: PathBuf,
    pub(super) hooks_secret: String,
    pub(super) hooks_password: String,
    folder: PathBuf,
}

impl Demo {
    /// On `port`, with a CRM on another one, and its files in `folder`.
    pub(super) fn new(port: u16, crm_port: u16, folder: &Path, dist: &Path) -> Result<Self, Failure> {
        // Free now; nobody else on this machine is looking for it in the next second.
        let server_port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .map_err(|e| Failure::new(format!("no port is free for the server: {e}")))?
            .port();
        Ok(Self {
            password: random().split_at(12).0.to_owned(),
            port,
            crm_port,
            server_port,
            folder: folder.to_owned(),
            dist: dist.to_owned(),
            hooks_secret: random(),
            hooks_password: random(),
        })
    }

    /// What browsers and webhooks call it.
    pub(super) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where the CRM's page is.
    pub(super) fn crm_origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.crm_port)
    }

    fn people_file(&self) -> PathBuf {
        self.folder.join("people.json")
    }

    fn config_file(&self) -> PathBuf {
        self.folder.join("softphone.toml")
    }

    pub(super) fn sandbox_arguments(&self) -> Vec<String> {
        let companion = format!("http://127.0.0.1:{}", self.server_port);
        let people = self.people_file().display().to_string();
        let port = self.port.to_string();
        ["--port", &port, "--companion", &companion, "--people", &people]
            .map(str::to_owned)
            .to_vec()
    }

    pub(super) fn server_arguments(&self) -> Vec<String> {
        vec!["--config".to_owned(), self.config_file().display().to_string()]
    }

    /// Asks the sandbox who it is, and writes the server's configuration.
    pub(super) fn write_configuration(&self) -> Result<(), Failure> {
        let platform = ask(self.port, "GET", "/control/platform", &[], None)?;
        let platform = platform.good("asking the sandbox for its credentials")?.json();
        self.write(&self.config_file(), &self.configuration(&platform))
    }

    /// Adds everybody by the server's own command.
    pub(super) fn add_people(&self, server: &Path) -> Result<(), Failure> {
        let file = self.folder.join("password");
        self.write(&file, &self.password)?;
        for person in PEOPLE {
            let mut add = Command::new(server);
            add.args(self.server_arguments())
                .args(["user", "add", person.name, "--role", person.role])
                .arg("--password-file")
                .arg(&file);
            if person.has_phone {
                add.args(["--agent", person.name, "--subscriber", person.name]);
            }
            let output = add.output().map_err(|e| Failure::io("start", server, &e))?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                return Err(Failure::new(format!("adding {}: {said}", person.name)));
            }
        }
        Ok(())
    }

    /// Makes the CRM's key by the server's own command.
    pub(super) fn add_key(&self, server: &Path) -> Result<String, Failure> {
        let mut add = Command::new(server);
        add.args(self.server_arguments()).args(["key", "add", "crm"]);
        let output = add.output().map_err(|e| Failure::io("start", server, &e))?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
            false => {
                let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                Err(Failure::new(format!("making the CRM's key: {said}")))
            }
        }
    }

    /// Signs in as the admin, who writes our addresses into the account; then those that the API has no place for.
    pub(super) fn install_webhooks(&self) -> Result<(), Failure> {
        let origin = self.origin();
        let ours = [("Origin", origin.as_str()), ("softphone-request", "1")];
        let person = json!({"name": "admin", "password": self.password});
        let session = ask(self.port, "POST", "/api/session", &ours, Some(&person))?;
        let session = session.good("signing in as the admin")?;
        let cookie = session
            .header("set-cookie")
            .and_then(|cookie| cookie.split(';').next())
            .unwrap_or_default();
        let with_cookie = [ours[0], ours[1], ("Cookie", cookie)];
        let installed = ask(self.port, "POST", "/api/webhooks/install", &with_cookie, None)?;
        let _: Answer = installed.good("installing webhooks")?;
        let left = ask(self.port, "DELETE", "/api/session", &with_cookie, None)?;
        let _: Answer = left.good("signing the admin out")?;

        let place = format!(
            "http://platform:{}@127.0.0.1:{}/hooks/{}",
            self.hooks_password, self.port, self.hooks_secret
        );
        let address = |kind: &str| (kind.to_owned(), Value::from(format!("{place}/{kind}")));
        let addresses = Value::Object(ENDPOINTS.into_iter().map(address).collect());
        let kept = ask(self.port, "POST", "/control/endpoints", &[], Some(&addresses))?;
        let _: Answer = kept.good("installing the account's webhooks")?;
        Ok(())
    }

    /// Tells the page who may sign in. Last: from then on it does.
    pub(super) fn write_people(&self) -> Result<(), Failure> {
        let people: Value = PEOPLE
            .iter()
            .map(|person| json!({"name": person.name, "password": self.password, "title": person.title}))
            .collect();
        self.write(&self.people_file(), &people.to_string())
    }

    fn write(&self, file: &Path, text: &str) -> Result<(), Failure> {
        fs::write(file, text).map_err(|e| Failure::io("write", file, &e))
    }
}

/// 128 bits from the system, as hexadecimal digits: the standard library seeds its hash maps with them.
fn random() -> String {
    let part = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", part(), part())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_from_run_to_run() {
        let (one, two) = (random(), random());
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
    }
}
