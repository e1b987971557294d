use crate::header::Via;
use crate::message::Headers;
use crate::text::head;

/// What names a server transaction (RFC 3261 §17.2.3), the method left out: ACK and CANCEL name their INVITE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerKey {
    branch: String,
    sent_by: (String, Option<u16>),
}

impl ServerKey {
    /// The key of a request, from its topmost Via. A branch without the RFC 3261 cookie, or with nothing behind it, is no key by itself: Call-ID,
    /// CSeq number and From join it.
    pub(crate) fn of(headers: &Headers) -> Option<Self> {
        let via = headers.typed::<Via>()?.ok()?;
        let unique = via.unique_branch().is_some();
        let mut branch = via.branch().unwrap_or_default().to_owned();
        if !unique {
            for name in ["Call-ID", "CSeq", "From"] {
                branch.push(' ');
                let value = headers.get(name).unwrap_or_default();
                branch.push_str(if name == "CSeq" { head(value, b' ') } else { value });
            }
        }
        Some(Self {
            branch,
            sent_by: (via.host_text().to_ascii_lowercase(), via.port()),
        })
    }
}
