//! Who we are at the server: the account in use and its SIP user agent.

use sip::{Config, Secret, Transport, Uri, UserAgent};

use crate::dial;
use crate::server::{self, Scheme};
use crate::view::Peer;
use crate::{Account, LinkFault};

/// Binding lifetime asked for, in seconds; refreshed by the user agent well before.
const REGISTER_EXPIRES: u32 = 300;

/// An account in use.
pub(crate) struct Agent {
    pub(crate) account: Account,
    pub(crate) ua: UserAgent,
    /// Our address, to be shown.
    pub(crate) address: String,
    /// Where dialled numbers live: the address's host and port.
    pub(crate) domain: String,
    /// Legs to hang up as soon as the link is back.
    pub(crate) owed: Vec<sip::CallId>,
}

impl Agent {
    pub(crate) fn new(account: Account, seed: [u8; 32], instance: &str) -> Result<Self, LinkFault> {
        let (transport, uri) = check(&account)?;
        let address = uri.as_text().to_owned();
        let domain = uri.place().to_owned();
        let mut config = Config::new(uri, Secret::new(account.password.clone()));
        config.display_name = account.display_name.clone().filter(|name| !name.is_empty());
        config.auth_user = account.auth_user.clone().filter(|user| !user.is_empty());
        config.transport = transport;
        config.instance = instance.to_owned();
        config.register_expires = REGISTER_EXPIRES;
        Ok(Self {
            ua: UserAgent::new(config, seed),
            address,
            domain,
            owed: Vec::new(),
            account,
        })
    }
}

impl Agent {
    /// The address for an attempt after so many that failed in a row: each in turn, the first one first.
    pub(crate) fn server(&self, failures: u32) -> &str {
        let Account { server, spares, .. } = &self.account;
        let turn = failures as usize % (spares.len() + 1);
        turn.checked_sub(1)
            .and_then(|spare| spares.get(spare))
            .unwrap_or(server)
    }
}

/// Whether the account can be used at all.
pub(crate) fn check(account: &Account) -> Result<(Transport, Uri), LinkFault> {
    let transport = match server::check(&account.server) {
        Some(Scheme::Ws) => Transport::Ws,
        Some(Scheme::Wss) => Transport::Wss,
        None => return Err(LinkFault::BadServerAddress),
    };
    let uri = address(dial::bare(&account.address)).ok_or(LinkFault::BadSipAddress)?;
    Ok((transport, uri))
}

/// `sip:user@host` or `user@host`: an address of record has a user and names no transport of its own.
fn address(text: &str) -> Option<Uri> {
    let uri = match sip_uri(text) {
        Some(uri) => uri,
        None => sip_uri(&["sip:", text].concat())?,
    };
    uri.user().is_some_and(|user| !user.is_empty()).then_some(uri)
}

/// A `sip:` or `sips:` URI one could call.
pub(crate) fn sip_uri(text: &str) -> Option<Uri> {
    let uri = Uri::parse(text).ok()?;
    // A password in an address would be shown and logged with it (RFC 3261 §19.1.1).
    (uri.is_sip() && !uri.host_text().is_empty() && uri.password().is_none()).then_some(uri)
}

/// How the far end is shown.
pub(crate) fn peer(name: Option<&str>, uri: &Uri) -> Peer {
    Peer {
        name: name.filter(|name| !name.is_empty()).map(str::to_owned),
        number: uri.user().unwrap_or_else(|| uri.host_text().to_owned()),
        uri: uri.as_text().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(server: &str, address: &str) -> Account {
        Account {
            server: server.to_owned(),
            spares: Vec::new(),
            address: address.to_owned(),
            auth_user: None,
            display_name: None,
            password: String::from("s3cret"),
        }
    }

    #[test]
    fn addresses_come_with_or_without_a_scheme() {
        for address in [
            "asha@sandbox.test",
            "sip:asha@sandbox.test",
            " sip:asha@sandbox.test ",
        ] {
            let agent = Agent::new(account("wss://sandbox.test/sip", address), [0; 32], "")
                .ok()
                .unwrap();
            assert_eq!(
                (agent.address.as_str(), agent.domain.as_str()),
                ("sip:asha@sandbox.test", "sandbox.test")
            );
        }
        let agent = Agent::new(account("ws://[::1]:80/", "asha@[::1]:5060"), [0; 32], "")
            .ok()
            .unwrap();
        assert_eq!(agent.domain, "[::1]:5060");
    }

    #[test]
    fn anything_else_is_no_address() {
        for address in [
            "",
            "asha",
            "sandbox.test",
            "sip:sandbox.test",
            "tel:1@x",
            "asha@",
            "@sandbox.test",
            "a b@c",
            "a@b@c",
        ] {
            assert_eq!(
                check(&account("wss://sandbox.test", address)).err(),
                Some(LinkFault::BadSipAddress),
                "{address:?}"
            );
        }
        assert_eq!(
            check(&account("https://sandbox.test", "a@b")).err(),
            Some(LinkFault::BadServerAddress)
        );
    }
}
