//! The headers that are one number: Expires, Min-Expires, Max-Forwards, Flow-Timer.

use super::Header;
use crate::error::HeaderError;
use crate::scan::{Scan, number_into};

/// A lifetime in seconds (RFC 3261 §20.19). A value past 32 bits counts as the largest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expires(pub u32);

/// The shortest lifetime a registrar grants, in seconds (RFC 3261 §20.23).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinExpires(pub u32);

/// How many more proxies a request may pass (RFC 3261 §20.22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxForwards(pub u8);

/// The seconds after which a silent flow is given up (RFC 5626 §4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowTimer(pub u32);

fn seconds(name: &'static str, value: &str) -> Result<u32, HeaderError> {
    let mut scan = Scan::new(value);
    let number = scan.number().ok_or_else(|| scan.fail(name))?;
    scan.finish(name, u32::try_from(number).unwrap_or(u32::MAX))
}

macro_rules! seconds {
    ($type:ident, $name:literal) => {
        impl Header for $type {
            const NAME: &'static str = $name;

            fn parse(value: &str) -> Result<Self, HeaderError> {
                seconds($name, value).map(Self)
            }

            fn write(&self, out: &mut String) {
                number_into(out, u64::from(self.0));
            }
        }
    };
}

seconds!(Expires, "Expires");
seconds!(MinExpires, "Min-Expires");
seconds!(FlowTimer, "Flow-Timer");

impl Header for MaxForwards {
    const NAME: &'static str = "Max-Forwards";

    fn parse(value: &str) -> Result<Self, HeaderError> {
        let number = seconds(Self::NAME, value)?;
        u8::try_from(number).map(Self).map_err(|_| HeaderError {
            header: Self::NAME,
            at: 0,
        })
    }

    fn write(&self, out: &mut String) {
        number_into(out, u64::from(self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    #[test]
    fn lifetimes_are_capped_hops_are_not() {
        assert_eq!(read("300"), Some(Expires(300)));
        assert_eq!(read("1000000000000000000000000000000"), Some(Expires(u32::MAX)));
        assert_eq!(read("0068"), Some(MaxForwards(68)));
        assert_eq!(read::<MaxForwards>("300"), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in ["", "-1", "1x", "soon"] {
            assert_eq!(read::<Expires>(bad), None, "{bad:?} was taken");
        }
    }
}
