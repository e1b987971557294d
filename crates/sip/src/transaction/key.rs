use crate::header::Via;
use crate::message::Headers;
use crate::scan::number_into;

/// What names a server transaction (RFC 3261 §17.2.3), the method left out: ACK and CANCEL name their INVITE. One text, since it
/// is only ever compared: sent-by and branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerKey(String);

impl ServerKey {
    /// The key of a request, from its topmost Via. A branch without the RFC 3261 cookie, or with nothing behind it, is no
    /// key by itself: Call-ID, CSeq number and From join it.
    pub(crate) fn of(headers: &Headers) -> Option<Self> {
        let via = headers.typed::<Via>()?.ok()?;
        let mut key = via.host_text().to_ascii_lowercase();
        number_into(&mut key, u64::from(via.port().unwrap_or_default()));
        let mut join = |part: &str| {
            key.push(' ');
            key.push_str(part);
        };
        join(via.branch().unwrap_or_default());
        if via.unique_branch().is_none() {
            let cseq = headers.get("CSeq").unwrap_or_default();
            join(cseq.split(' ').next().unwrap_or_default());
            for name in ["Call-ID", "From"] {
                join(headers.get(name).unwrap_or_default());
            }
        }
        Some(Self(key))
    }
}
