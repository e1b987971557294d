//! Whether two URIs name the same resource. Registrars and proxies ask that; a phone does not.

use super::{Scheme, Uri};
use crate::host::{Host, host_of};
use crate::scan::unescape;

impl Uri {
    /// Whether both name the same resource (RFC 3261 §19.1.4).
    pub fn equivalent(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.parts(), other.parts());
        match (mine.scheme, theirs.scheme) {
            (Scheme::Other(a), Scheme::Other(b)) => {
                return a.eq_ignore_ascii_case(b) && mine.host == theirs.host;
            }
            (a, b) if a != b => return false,
            _ => {}
        }
        let same_host = mine.host.eq_ignore_ascii_case(theirs.host)
            || matches!((host_of(mine.host), host_of(theirs.host)), (Host::V6(a), Host::V6(b)) if a == b);
        same_host
            && mine.user.map(unescape) == theirs.user.map(unescape)
            && mine.password.map(unescape) == theirs.password.map(unescape)
            && mine.port == theirs.port
            && self.params_agree(other)
            && other.params_agree(self)
            && self.headers_agree(other)
    }

    fn params_agree(&self, other: &Self) -> bool {
        self.parts().params().all(|(name, _)| {
            let name = unescape(name);
            // A name given twice is an error of the sender's (RFC 3261 §19.1.1); the first one counts, on both sides.
            match (self.param(&name), other.param(&name)) {
                (Some(mine), Some(theirs)) => mine.eq_ignore_ascii_case(&theirs),
                // These matter even where only one side has them.
                _ => !["user", "ttl", "method", "maddr", "transport"]
                    .iter()
                    .any(|counted| name.eq_ignore_ascii_case(counted)),
            }
        })
    }

    fn headers_agree(&self, other: &Self) -> bool {
        let all = |uri: &Self| -> Vec<(String, String)> {
            uri.headers().map(|(n, v)| (n.to_ascii_lowercase(), v)).collect()
        };
        let (mine, theirs) = (all(self), all(other));
        // In any order. They are few, so counting beats sorting.
        let times = |list: &[(String, String)], pair| list.iter().filter(|p| *p == pair).count();
        mine.len() == theirs.len() && mine.iter().all(|pair| times(&mine, pair) == times(&theirs, pair))
    }
}
