//! Who is asking (RFC 3261 §22): digest of REGISTER as a registrar, of INVITE as a proxy.

use sip::digest::Algorithm;
use sip::digest::server::{NonceState, Nonces, issue, verify};
use sip::header::{
    Authorization, Credentials, From, NameAddr, ProxyAuthenticate, ProxyAuthorization, To, WwwAuthenticate,
};
use sip::message::{Method, Request, Response};
use sip::{Instant, Secret, Uri};

use crate::account::Account;

/// How long a nonce is good for, ms.
const LIFETIME: u64 = 300_000;
/// The strongest first (RFC 8760 §2.3).
const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Md5];

/// What became of a request.
pub(super) enum Verdict {
    /// It is this agent's.
    Agent(String),
    /// It goes no further; answer this.
    Answer(Box<Response>),
}

/// The keeper of nonces.
pub(super) struct Gate {
    nonces: Nonces,
}

impl Gate {
    pub(super) fn new(seed: [u8; 32]) -> Self {
        Self {
            nonces: Nonces::new(&seed, LIFETIME),
        }
    }

    /// Lets a request in whose credentials prove the agent it speaks for; challenges any other.
    pub(super) fn check(&mut self, now: Instant, request: &Request, accounts: &[Account]) -> Verdict {
        if let Err(rejection) = request.check_as(&PROFILE) {
            return Verdict::Answer(Box::new(rejection.response(request)));
        }
        let Some(credentials) = credentials(request) else {
            return self.challenge(now, request, false);
        };
        let user = credentials.params.get("username").unwrap_or_default();
        let account = accounts.iter().find(|account| account.user == user);
        let proven = account.is_some_and(|account| {
            credentials.params.get("realm") == Some(crate::DOMAIN)
                && same_uri(&credentials, &request.uri)
                && verify(
                    &credentials,
                    &request.method,
                    &Secret::new(account.password.as_str()),
                )
        });
        if !proven {
            return self.challenge(now, request, false);
        }
        match self.nonces.check(now, &credentials) {
            NonceState::Good if speaks_for(request).as_deref() == Some(user) => {
                Verdict::Agent(user.to_owned())
            }
            NonceState::Good => Verdict::Answer(Box::new(request.reply(403))),
            NonceState::Stale => self.challenge(now, request, true),
            NonceState::Unknown => self.challenge(now, request, false),
        }
    }

    fn challenge(&self, now: Instant, request: &Request, stale: bool) -> Verdict {
        let challenges = issue(crate::DOMAIN, &self.nonces.issue(now), &ALGORITHMS, stale);
        let registers = request.method == Method::Register;
        let mut response = request.reply(if registers { 401 } else { 407 });
        for challenge in challenges {
            if registers {
                response.headers.push(&WwwAuthenticate(challenge));
            } else {
                response.headers.push(&ProxyAuthenticate(challenge));
            }
        }
        Verdict::Answer(Box::new(response))
    }
}

/// A registrar and proxy, as against a phone: it takes REGISTER too.
const PROFILE: sip::message::Profile<'static> = sip::message::Profile {
    methods: &[Method::Invite, Method::Register],
    ..sip::message::Profile::PHONE
};

fn credentials(request: &Request) -> Option<Credentials> {
    match request.method {
        Method::Register => request
            .headers
            .typed::<Authorization>()?
            .ok()
            .map(|header| header.0),
        _ => request
            .headers
            .typed::<ProxyAuthorization>()?
            .ok()
            .map(|header| header.0),
    }
}

fn same_uri(credentials: &Credentials, uri: &Uri) -> bool {
    let named = credentials
        .params
        .get("uri")
        .and_then(|text| Uri::parse(text).ok());
    named.is_some_and(|named| named.equivalent(uri))
}

/// Whose address the request claims: To of a REGISTER, From of an INVITE.
fn speaks_for(request: &Request) -> Option<String> {
    let address: NameAddr = match request.method {
        Method::Register => request.headers.typed::<To>()?.ok()?.0,
        _ => request.headers.typed::<From>()?.ok()?.0,
    };
    address.uri.user()
}
