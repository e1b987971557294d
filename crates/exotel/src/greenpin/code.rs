//! The error codes of GreenPin (seed: greenpin-api, Appendix 1).

use std::fmt;

/// Why GreenPin refused, by its own number.
///
/// `0` is an error like any other: success is the absence of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GreenPinCode {
    /// 0, HTTP 500.
    Internal,
    /// 1, HTTP 404.
    NotFound,
    /// 2, HTTP 400.
    UnsupportedFilter,
    /// 3, HTTP 400.
    MissingParameter,
    /// 4, HTTP 452.
    NoFreeGreenPin,
    /// 5, HTTP 400.
    BadParameter,
    /// 7, HTTP 401.
    Unauthenticated,
    /// 8, HTTP 403.
    NotPermitted,
    /// 9, HTTP 400.
    VersionHeader,
    /// 13, HTTP 409.
    AllDuplicates,
    /// 14, HTTP 409.
    SameNumberOnBothSides,
    /// 15, HTTP 403.
    UnsupportedRegion,
    /// 16, HTTP 400.
    InvalidNumber,
    /// 17, HTTP 413.
    TooManyInBulk,
    /// 18, HTTP 409.
    AllocationExists,
    /// 19, HTTP 409.
    NumberHasAnotherPin,
    /// 20, HTTP 404.
    MappingNotFound,
    /// 22, HTTP 410.
    AlreadyDeleted,
    /// 23, HTTP 400.
    InvalidDateRange,
    /// 50, HTTP 422.
    InvalidFlow,
    /// A number the seed does not list.
    Other(i64),
}

/// One row of Appendix 1, and what we add to it.
struct Row {
    code: GreenPinCode,
    number: i64,
    http: u16,
    /// The vendor's definition, word for word.
    words: &'static str,
    next: &'static str,
}

const fn row(code: GreenPinCode, number: i64, http: u16, words: &'static str, next: &'static str) -> Row {
    Row {
        code,
        number,
        http,
        words,
        next,
    }
}

#[rustfmt::skip]
const TABLE: [Row; 20] = {
    use GreenPinCode::*;
    [
        row(Internal, 0, 500, "Internal Service Error",
            "Read the allocation before trying again: it may have been made."),
        row(NotFound, 1, 404, "Could not find the given GreenPin",
            "Check the GreenPin id and the tenant id."),
        row(UnsupportedFilter, 2, 400, "One or more unsupported search filters provided",
            "Remove the filters; no search is documented."),
        row(MissingParameter, 3, 400, "One or more mandatory parameters not present in request",
            "Send transaction_id, the numbers of a side and the virtual numbers of a side."),
        row(NoFreeGreenPin, 4, 452, "No free GreenPins are available for allocation",
            "Delete allocations no longer in use, use longer pins, or add virtual numbers."),
        row(BadParameter, 5, 400, "Bad or missing parameters in Request",
            "Check the fields against the message."),
        row(Unauthenticated, 7, 401, "Authentication not provided or failed",
            "Check the GreenPin user and password; they may differ from the API key and token."),
        row(NotPermitted, 8, 403, "Not permitted to do this operation.",
            "Ask Exotel to enable the operation for this account."),
        row(VersionHeader, 9, 400, "Version header not specified or supported for this API",
            "Set the extra header in the GreenPin configuration, as Exotel support names it."),
        row(AllDuplicates, 13, 409, "All numbers in the group are duplicates",
            "Give at least one number that is not in the group yet."),
        row(SameNumberOnBothSides, 14, 409,
            "a-party numbers and b-party numbers cannot contain the same number for an allocation.",
            "Remove the number from one side."),
        row(UnsupportedRegion, 15, 403, "The region code specified is not supported",
            "Use numbers of a region the account covers."),
        row(InvalidNumber, 16, 400, "Invalid Number Received.",
            "Write every number in E.164, like +919876543210."),
        row(TooManyInBulk, 17, 413, "Too many allocation requests in bulk.",
            "Split the update into smaller ones."),
        row(AllocationExists, 18, 409, "Allocation exists for this connection id",
            "Use a new transaction id, or update the existing allocation."),
        row(NumberHasAnotherPin, 19, 409, "One or more of the numbers is already registered with another pin",
            "Delete the other allocation, or leave the pin to the platform."),
        row(MappingNotFound, 20, 404, "Group and number mapping doesn't exist",
            "Read the allocation and use the numbers it has."),
        row(AlreadyDeleted, 22, 410, "This green_pin is already deleted",
            "Nothing is left to do; allocate a new one if needed."),
        row(InvalidDateRange, 23, 400, "An invalid date range was provided in the query",
            "Check that the range starts before it ends."),
        row(InvalidFlow, 50, 422, "An invalid call flow is configured",
            "Correct the call flow of the account's settings."),
    ]
};

impl GreenPinCode {
    /// The codes of Appendix 1, in its order.
    pub fn documented() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.code)
    }

    /// The code with this number.
    pub fn from_number(number: i64) -> Self {
        TABLE
            .iter()
            .find(|row| row.number == number)
            .map_or(Self::Other(number), |row| row.code)
    }

    /// The vendor's number.
    pub fn number(self) -> i64 {
        match self {
            Self::Other(number) => number,
            _ => self.row().map_or(0, |row| row.number),
        }
    }

    /// The documented HTTP status; none for a code the seed does not list. 452 is no standard status.
    pub fn http_status(self) -> Option<u16> {
        self.row().map(|row| row.http)
    }

    /// The vendor's definition, word for word.
    pub fn vendor_words(self) -> Option<&'static str> {
        self.row().map(|row| row.words)
    }

    /// What to do about it, in one sentence.
    pub fn next_step(self) -> &'static str {
        self.row()
            .map_or("Show the message to Exotel support with the request id.", |row| {
                row.next
            })
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.code == self)
    }
}

impl fmt::Display for GreenPinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.vendor_words() {
            Some(words) => write!(f, "{words} (GreenPin code {})", self.number()),
            None => write!(f, "GreenPin code {}", self.number()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_code_has_its_number_and_status() {
        let rows: Vec<(i64, Option<u16>)> = GreenPinCode::documented()
            .map(|code| (code.number(), code.http_status()))
            .collect();
        let seed = [
            (0, 500),
            (1, 404),
            (2, 400),
            (3, 400),
            (4, 452),
            (5, 400),
            (7, 401),
            (8, 403),
            (9, 400),
            (13, 409),
            (14, 409),
            (15, 403),
            (16, 400),
            (17, 413),
            (18, 409),
            (19, 409),
            (20, 404),
            (22, 410),
            (23, 400),
            (50, 422),
        ];
        assert_eq!(rows, seed.map(|(number, http)| (number, Some(http))));
        for code in GreenPinCode::documented() {
            assert_eq!(GreenPinCode::from_number(code.number()), code);
            assert!(code.next_step().ends_with('.'));
        }
    }

    #[test]
    fn an_unlisted_code_is_kept() {
        let code = GreenPinCode::from_number(99);
        assert_eq!(
            (code, code.number(), code.http_status()),
            (GreenPinCode::Other(99), 99, None)
        );
        assert_eq!(code.to_string(), "GreenPin code 99");
    }
}
