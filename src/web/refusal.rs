//! Why `getUserMedia` failed, from what the browser lets through.

use phone::MediaFault;

/// What is known of a failed request.
#[derive(Debug, Clone, Copy)]
pub struct Refused<'a> {
    /// `DOMException.name`.
    pub name: &'a str,
    /// `DOMException.message`: the only place where Chromium tells the system's denial from the site's.
    pub message: &'a str,
    /// The document's permissions policy lets it use a microphone.
    pub allowed: bool,
    /// The document is a secure context.
    pub secure: bool,
}

/// The fault (W3C mediacapture-main §10.2, and the older names some browsers keep).
pub fn fault(refused: Refused<'_>) -> MediaFault {
    if !refused.secure {
        return MediaFault::Insecure;
    }
    if !refused.allowed {
        return MediaFault::BlockedByEmbedder;
    }
    match refused.name {
        "NotAllowedError" | "PermissionDeniedError" | "SecurityError" => {
            if refused.message.to_ascii_lowercase().contains("system") {
                MediaFault::DeniedBySystem
            } else {
                MediaFault::DeniedBySite
            }
        }
        "NotFoundError" | "DevicesNotFoundError" | "OverconstrainedError" => MediaFault::NoDevice,
        "NotReadableError" | "TrackStartError" | "AbortError" | "InvalidStateError" => MediaFault::InUse,
        // TypeError: no such method, or constraints it cannot read.
        _ => MediaFault::Unsupported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(name: &str, message: &str) -> MediaFault {
        fault(Refused {
            name,
            message,
            allowed: true,
            secure: true,
        })
    }

    #[test]
    fn each_way_it_fails_has_its_own_fault() {
        assert_eq!(
            plain("NotAllowedError", "Permission denied"),
            MediaFault::DeniedBySite
        );
        assert_eq!(
            plain("NotAllowedError", "Permission dismissed"),
            MediaFault::DeniedBySite
        );
        assert_eq!(
            plain("NotAllowedError", "Permission denied by system"),
            MediaFault::DeniedBySystem
        );
        assert_eq!(
            plain("NotReadableError", "Could not start audio source"),
            MediaFault::InUse
        );
        assert_eq!(
            plain("NotFoundError", "Requested device not found"),
            MediaFault::NoDevice
        );
        assert_eq!(
            plain("TypeError", "getUserMedia is not a function"),
            MediaFault::Unsupported
        );
    }

    #[test]
    fn the_surroundings_come_first() {
        let refused = Refused {
            name: "NotAllowedError",
            message: "Permission denied",
            allowed: false,
            secure: true,
        };
        assert_eq!(fault(refused), MediaFault::BlockedByEmbedder);
        assert_eq!(
            fault(Refused {
                secure: false,
                ..refused
            }),
            MediaFault::Insecure
        );
    }
}
