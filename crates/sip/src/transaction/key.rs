use crate::header::Via;
use crate::message::Headers;
use crate::scan::number_into;
use crate::text::head;

/// What names a server transaction (RFC 3261 §17.2.3), the method left out: ACK and CANCEL name their INVITE.
/// Branch, sent-by host and port in one text, for it is only compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerKey(String);

impl ServerKey {
    /// The key of a request, from its topmost Via. A branch without the RFC 3261 cookie, or with nothing behind it, is no key by itself: Call-ID,
    /// CSeq number and From join it.
    pub(crate) fn of(headers: &Headers) -> Option<Self> {
        let via = headers.typed::<Via>()?.ok()?;
        let mut key = via.host_text().to_ascii_lowercase();
        if let Some(port) = via.port() {
            key.push(':');
            number_into(&mut key, port.into());
        }
        // A host holds no blank, so what follows cannot be taken for a part of it.
        let mut add = |text: &str| {
            key.push(' ');
            key.push_str(text);
        };
        add(via.branch().unwrap_or_default());
        if via.unique_branch().is_none() {
            add(headers.get("Call-ID").unwrap_or_default());
            add(head(headers.get("CSeq").unwrap_or_default(), b' '));
            add(headers.get("From").unwrap_or_default());
        }
        Some(Self(key))
    }
}
