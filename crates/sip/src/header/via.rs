//! Via (RFC 3261 §20.42).

use super::Header;
use crate::error::HeaderError;
use crate::host::{Host, host_of, read_host};
use crate::params::Params;
use crate::scan::{Scan, is_token, number_into};

/// One hop of a request's path, and the way back for its responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The transport, such as `WSS`.
    transport: String,
    /// The host that sent it, IPv6 with its brackets.
    host: String,
    /// Its port, if written.
    port: Option<u16>,
    /// `branch`, `received`, `rport` and others.
    pub params: Params,
}

/// What every branch of an RFC 3261 element begins with (§8.1.1.7).
const COOKIE: &str = "z9hG4bK";

impl Via {
    /// A Via of ours. `transport` must be a token and `host` a host: what is not is replaced by `WSS`
    /// and `invalid`.
    pub fn new(transport: &str, host: &str, branch: &str) -> Self {
        let good = !transport.is_empty() && transport.bytes().all(is_token);
        let mut scan = Scan::new(host);
        let host = read_host(&mut scan).filter(|_| scan.done()).unwrap_or("invalid");
        let mut params = Params::new();
        params.set("branch", branch);
        Self {
            transport: if good { transport } else { "WSS" }.into(),
            host: host.into(),
            port: None,
            params,
        }
    }

    /// The transport as written, such as `WSS`.
    pub fn transport(&self) -> &str {
        &self.transport
    }

    /// The sender's host.
    pub fn host(&self) -> Host<'_> {
        host_of(&self.host)
    }

    /// The sender's host as written, IPv6 with its brackets.
    pub fn host_text(&self) -> &str {
        &self.host
    }

    /// The sender's port, if written.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The branch, the name of the transaction.
    pub fn branch(&self) -> Option<&str> {
        self.params.get("branch")
    }

    /// The branch, provided it was made by RFC 3261's rules and so names one transaction. A bare cookie names
    /// none (RFC 4475 §3.2.1); it and older branches are matched as in RFC 2543 (§17.2.3).
    pub fn unique_branch(&self) -> Option<&str> {
        self.branch().filter(|branch| {
            branch.len() > COOKIE.len()
                && branch
                    .get(..COOKIE.len())
                    .is_some_and(|c| c.eq_ignore_ascii_case(COOKIE))
        })
    }
}

impl Header for Via {
    const NAME: &'static str = "Via";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        let mut scan = Scan::new(value);
        match read(&mut scan) {
            Some(via) => scan.finish(Self::NAME, via),
            None => Err(scan.fail(Self::NAME)),
        }
    }

    fn write(&self, out: &mut String) {
        out.push_str("SIP/2.0/");
        out.push_str(&self.transport);
        out.push(' ');
        out.push_str(&self.host);
        if let Some(port) = self.port {
            out.push(':');
            number_into(out, u64::from(port));
        }
        self.params.write(out);
    }
}

fn read(scan: &mut Scan<'_>) -> Option<Via> {
    let protocol = scan.token()?.eq_ignore_ascii_case("SIP") && scan.separator(b'/');
    if !protocol || scan.token()? != "2.0" || !scan.separator(b'/') {
        return None;
    }
    let transport = scan.token()?.to_owned();
    if !scan.space() {
        return None;
    }
    let host = read_host(scan)?.to_owned();
    let port = if scan.separator(b':') {
        Some(u16::try_from(scan.number()?).ok()?)
    } else {
        None
    };
    Some(Via {
        transport,
        host,
        port,
        params: Params::read(scan)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, written};
    use super::*;

    #[test]
    fn spaces_ports_and_addresses_are_read() {
        let via: Via = read(
            "SIP  / 2.0  / TCP     spindle.example.com ;  branch  =   z9hG4bK9ikj8  , "
                .trim_end_matches([' ', ',']),
        )
        .unwrap();
        assert_eq!((via.transport(), via.branch()), ("TCP", Some("z9hG4bK9ikj8")));
        let via: Via =
            read("SIP/2.0/UDP [2001:db8::9:1] : 6050;received=2001:db8::9:255;rport;branch=z9hG4bKas3")
                .unwrap();
        assert_eq!(via.host(), Host::V6("2001:db8::9:1".parse().unwrap()));
        assert_eq!(via.port(), Some(6050));
        assert_eq!(via.params.get("received"), Some("2001:db8::9:255"));
        assert!(via.params.has("rport"));
    }

    #[test]
    fn malformed_hops_are_refused() {
        for bad in [
            "",
            "SIP/2.0/UDP",
            "SIP/2.0 192.0.2.1",
            "SIP/3.0/UDP a",
            "SIP/2.0/UDP 192.0.2.15;;",
            "SIP/2.0/UDP a:99999",
            "SIP/2.0/UDP 2001:db8::1",
        ] {
            assert_eq!(read::<Via>(bad), None, "{bad:?} was taken");
        }
    }

    #[test]
    fn only_a_cookie_with_a_tail_is_unique() {
        let unique = |branch: &str| Via::new("WSS", "a.invalid", branch).unique_branch().is_some();
        assert!(unique("z9hG4bKx") && unique("Z9HG4BKx"));
        assert!(!unique("z9hG4bK") && !unique("390skdjuw"));
    }

    #[test]
    fn ours_is_always_well_formed() {
        assert_eq!(
            written(&Via::new("a b", "x\r\n", "z9hG4bK1")),
            "SIP/2.0/WSS invalid;branch=z9hG4bK1"
        );
    }
}
