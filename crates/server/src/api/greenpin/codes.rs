//! The vendor's error codes as sentences with a next step (seed: greenpin-api, Appendix 1).

use axum::Json;
use exotel::ApiError;
use exotel::greenpin::GreenPinCode as Code;
use protocol::admin::greenpin::{GreenPinCode, GreenPinCodes};

use crate::vendor::VendorError;
use crate::{Answer, Refused};

/// `GET /api/admin/greenpin/codes`
pub async fn list() -> Answer<Json<GreenPinCodes>> {
    let shown = |code: Code| {
        let message = sentence(code)?.to_owned();
        Some(GreenPinCode {
            number: code.number(),
            message,
            vendor: code.vendor_words().unwrap_or_default().to_owned(),
        })
    };
    let codes = Code::documented().filter_map(shown).collect();
    Ok(Json(GreenPinCodes { codes }))
}

/// A refusal with the sentence of its code, where GreenPin gave one.
pub(super) fn refused(error: VendorError) -> Refused {
    let code = match &error {
        VendorError::Api(ApiError::Refused(refusal)) => Code::of(refusal),
        VendorError::Api(ApiError::Unreadable(_))
        | VendorError::Invalid(_)
        | VendorError::Unreachable { .. }
        | VendorError::NoCredential(_)
        | VendorError::Busy { .. } => None,
    };
    let mut refused = Refused::from(error);
    if let Some(sentence) = code.and_then(sentence) {
        refused.problem.message = sentence.to_owned();
    }
    refused
}

/// What happened and what to do; none for a code that is not documented.
fn sentence(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::Internal => {
            "The vendor's service failed. It may have been done all the same: look at the allocation before you try again."
        }
        Code::NotFound => {
            "The vendor knows no such allocation. Check its id, and that it belongs to this account."
        }
        Code::UnsupportedFilter => "The vendor takes no such filter. Look for the allocation by its id.",
        Code::MissingParameter => {
            "Something needed is missing. Give a transaction id, the numbers of one party and a virtual number."
        }
        Code::NoFreeGreenPin => {
            "No pin is free on these virtual numbers. Give back allocations that are no longer used, choose longer pins, or add virtual numbers."
        }
        Code::BadParameter => {
            "The vendor does not take one of the fields. Compare them with its own words below."
        }
        Code::Unauthenticated => {
            "The vendor does not take this server's GreenPin user and password. Check `vendor.greenpin_user` and `vendor.greenpin_password`."
        }
        Code::NotPermitted => "This account may not do this. Ask the vendor to enable it.",
        Code::VersionHeader => {
            "The vendor wants a header with a version, which this account was not told. Ask the vendor's support which."
        }
        Code::AllDuplicates => {
            "All numbers of this party are in the group already. Give at least one that is not."
        }
        Code::SameNumberOnBothSides => "A number stands on both sides. Take it away from one of them.",
        Code::UnsupportedRegion => {
            "The account covers no numbers of this region. Use a number of another one, or ask the vendor to add it."
        }
        Code::InvalidNumber => {
            "A number cannot be read. Write each with its country code, like +919876543210."
        }
        Code::TooManyInBulk => "These are too many changes at once. Send at most 100.",
        Code::AllocationExists => {
            "This transaction id is in use. Change that allocation, or choose another transaction id."
        }
        Code::NumberHasAnotherPin => {
            "A number is registered with another pin. Give back that allocation, or leave the pin to the vendor."
        }
        Code::MappingNotFound => {
            "The vendor finds none of these numbers in the allocation. Look at it again, and use the numbers it has."
        }
        Code::AlreadyDeleted => {
            "This allocation was given back already. Nothing is left to do; make a new one if you need it."
        }
        Code::InvalidDateRange => "The time range ends before it begins. Swap the two.",
        Code::InvalidFlow => {
            "The account's call flow is not valid. Correct it in the vendor's dashboard, then try again."
        }
        // The list may grow.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_documented_code_has_a_sentence_of_its_own() {
        let mut sentences: Vec<&str> = Code::documented().filter_map(sentence).collect();
        assert_eq!(sentences.len(), Code::documented().count());
        assert_eq!(sentences.len(), 20);
        assert!(
            sentences.iter().all(|it| it.ends_with('.') && it.contains(". ")),
            "{sentences:?}"
        );
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), 20);
        assert_eq!(sentence(Code::Other(99)), None);
    }
}
