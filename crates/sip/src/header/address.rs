//! The headers that are one address: From, To, the routes and their kin.

use std::ops::{Deref, DerefMut};

use super::{Header, NameAddr};
use crate::error::HeaderError;

macro_rules! address {
    ($type:ident, $name:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(pub NameAddr);

        impl Header for $type {
            const NAME: &'static str = $name;

            fn parse(value: &str) -> Result<Self, HeaderError> {
                NameAddr::read($name, value).map(Self)
            }

            fn write(&self, out: &mut String) {
                self.0.put(out);
            }
        }

        impl Deref for $type {
            type Target = NameAddr;

            fn deref(&self) -> &NameAddr {
                &self.0
            }
        }

        impl DerefMut for $type {
            fn deref_mut(&mut self) -> &mut NameAddr {
                &mut self.0
            }
        }
    };
}

address!(From, "From", "Who sends the request (RFC 3261 §20.20).");
address!(To, "To", "Whom the request was meant for (RFC 3261 §20.39).");
address!(
    Route,
    "Route",
    "A proxy the request must visit (RFC 3261 §20.34)."
);
address!(
    RecordRoute,
    "Record-Route",
    "A proxy that stays on the dialog's path (RFC 3261 §20.30)."
);
address!(Path, "Path", "A proxy between registrar and phone (RFC 3327).");
address!(
    ServiceRoute,
    "Service-Route",
    "A proxy the registrar wants calls to visit (RFC 3608)."
);
address!(ReferTo, "Refer-To", "Whom to call instead (RFC 3515).");
address!(
    PAssertedIdentity,
    "P-Asserted-Identity",
    "Who the network says is calling (RFC 3325)."
);

#[cfg(test)]
mod tests {
    use super::super::tests::{read, written};
    use super::*;

    #[test]
    fn tags_and_route_parameters_are_where_they_belong() {
        let from: From = read("<sip:asha@example.com>;tag=88sja8x").unwrap();
        assert_eq!(from.tag(), Some("88sja8x"));
        let route: Route = read("<sip:services.example.com;lr;unknownwith=value;unknown-no-value>").unwrap();
        assert!(route.uri.has_param("lr") && route.params.is_empty());
        let to: To = read("sip:+12125551212@server.phone2net.com").unwrap();
        assert_eq!(
            written(&To(to.0.with_tag("a6c85cf"))),
            "<sip:+12125551212@server.phone2net.com>;tag=a6c85cf"
        );
    }

    #[test]
    fn the_error_names_the_header() {
        assert_eq!(To::parse("\"x").unwrap_err().header, "To");
        assert_eq!(Route::parse("").unwrap_err().header, "Route");
    }
}
