//! The account that a page gives a phone without screens, as it writes it.

use phone::Account;
use protocol::embed::{Fault, FaultCode};
use serde::Deserialize;

use crate::companion::IceServer;
use crate::sign_in;

/// What only such a page asks.
#[derive(Debug)]
pub enum Wish {
    /// Register.
    SignIn(Box<Given>),
    /// Unregister, and forget the password.
    SignOut,
}

/// An account, and the servers of its calls. Redacted in Debug.
pub struct Given {
    /// For the kernel.
    pub account: Account,
    /// STUN and TURN.
    pub ice_servers: Vec<IceServer>,
}

impl std::fmt::Debug for Given {
    /// Without passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Given")
            .field("address", &self.account.address)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Ask {
    SignInAs(Written),
    SignOut {},
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    server: Texts,
    address: String,
    password: String,
    auth_user: Option<String>,
    display_name: Option<String>,
    #[serde(default)]
    ice_servers: Vec<Ice>,
}

/// As in WebRTC's `RTCIceServer`.
#[derive(Deserialize)]
struct Ice {
    urls: Texts,
    username: Option<String>,
    credential: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Texts {
    fn all(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Many(texts) => texts,
        }
    }
}

/// Reads one message: the command's number, and what is wanted or why it cannot be. `None` for every other command.
#[must_use]
pub fn wish(text: &str) -> Option<(u32, Result<Wish, Fault>)> {
    let asked: serde_json::Value = serde_json::from_str(text).ok()?;
    let id = u32::try_from(asked.get("id")?.as_u64()?).ok()?;
    let ask = asked.get("ask")?;
    ask.get("signInAs").or_else(|| ask.get("signOut"))?;
    // What serde says of it may quote a password.
    let wrong = |_| {
        let message =
            "An account has server, address and password, and perhaps authUser, displayName and iceServers.";
        Fault::new(FaultCode::BadMessage, message)
    };
    let wanted = Ask::deserialize(ask).map_err(wrong).and_then(|ask| match ask {
        Ask::SignInAs(written) => read(written).map(|given| Wish::SignIn(Box::new(given))),
        Ask::SignOut {} => Ok(Wish::SignOut),
    });
    Some((id, wanted))
}

fn read(written: Written) -> Result<Given, Fault> {
    let refuse = |why: &str| Fault::new(FaultCode::BadMessage, why);
    let servers: Result<Vec<String>, _> = written
        .server
        .all()
        .iter()
        .map(|server| sign_in::server(server))
        .collect();
    let mut servers = servers.map_err(refuse)?.into_iter();
    let server = servers
        .next()
        .ok_or_else(|| refuse("An account has at least one server."))?;
    let ice = |ice: Ice| IceServer {
        urls: ice.urls.all(),
        username: ice.username,
        credential: ice.credential,
        expires_at: None,
    };
    Ok(Given {
        account: Account {
            server,
            spares: servers.collect(),
            address: sign_in::address(&written.address).map_err(refuse)?,
            auth_user: written.auth_user,
            display_name: written.display_name,
            password: written.password,
        },
        ice_servers: written.ice_servers.into_iter().map(ice).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(account: &str) -> Result<Given, Fault> {
        let text = format!("{{\"id\": 7, \"ask\": {{\"signInAs\": {account}}}}}");
        let (id, wanted) = wish(&text).unwrap();
        assert_eq!(id, 7);
        match wanted? {
            Wish::SignIn(given) => Ok(*given),
            Wish::SignOut => panic!("signed out"),
        }
    }

    #[test]
    fn an_account_is_read_with_its_servers() {
        let given = given(
            r#"{"server": ["sip.example.com", "ws://b/ws"], "address": "asha@example.com", "password": "p",
                "iceServers": [{"urls": "stun:s.example"}, {"urls": ["turn:t.example"], "username": "u", "credential": "c"}]}"#,
        )
        .unwrap();
        assert_eq!(given.account.server, "wss://sip.example.com");
        assert_eq!(given.account.spares, ["ws://b/ws"]);
        let urls: Vec<_> = given.ice_servers.iter().flat_map(|ice| &ice.urls).collect();
        assert_eq!(urls, ["stun:s.example", "turn:t.example"]);
        assert!(!format!("{given:?}").contains("\"p\""), "{given:?}");
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for account in [
            r#"{"server": [], "address": "a@b", "password": "hush"}"#,
            r#"{"server": "https://x", "address": "a@b", "password": "hush"}"#,
            r#"{"server": "wss://x", "address": "asha", "password": "hush"}"#,
            r#"{"server": "wss://x", "password": "hush"}"#,
            r#"{"server": "wss://x", "address": 7, "password": "hush"}"#,
        ] {
            let fault = given(account).unwrap_err();
            assert_eq!(fault.code, FaultCode::BadMessage);
            assert!(!fault.message.contains("hush"), "{fault:?}");
        }
    }

    #[test]
    fn other_commands_are_left_to_others() {
        assert!(wish(r#"{"id": 1, "ask": {"dial": {"number": "1"}}}"#).is_none());
        assert!(wish("no JSON").is_none());
        assert!(matches!(
            wish(r#"{"id": 1, "ask": {"signOut": {}}}"#),
            Some((1, Ok(Wish::SignOut)))
        ));
    }
}
