//! GreenPin: numbers with pins. Every refusal has its number (Appendix 1 of the vendor's page).

mod allocations;
mod create;
mod one;
mod parties;
mod pins;
mod update;

use exotel::Secret;
use exotel::greenpin::GreenPinCode;

use super::operation::{Api, Class, Operation, row};
use super::{Ask, No, Platform, Quirk};

/// Every row. A sample deletes and reads below `/greenvn`, so that is served too.
#[rustfmt::skip]
pub(crate) const OPERATIONS: &[Operation] = &[
    row(Api::Greenpin, "create_allocation", "POST", "/v1/tenants/{tenant}/greenpin", Class::Manage, create::create),
    row(Api::Greenpin, "bulk_update_allocations", "PUT", "/v1/tenants/{tenant}/greenpin", Class::Manage, update::bulk),
    row(Api::Greenpin, "get_allocation", "GET", "/v1/tenants/{tenant}/greenpin/{id}", Class::Read, one::get),
    row(Api::Greenpin, "update_allocation", "PUT", "/v1/tenants/{tenant}/greenpin/{id}", Class::Manage, update::one),
    row(Api::Greenpin, "delete_allocation", "DELETE", "/v1/tenants/{tenant}/greenpin/{id}", Class::Manage, one::delete),
    row(Api::Greenpin, "get_allocation", "GET", "/v1/tenants/{tenant}/greenvn/{id}", Class::Read, one::get),
    row(Api::Greenpin, "delete_allocation", "DELETE", "/v1/tenants/{tenant}/greenvn/{id}", Class::Manage, one::delete),
];

/// The refusal with this code, in the vendor's words.
fn refuse(code: GreenPinCode) -> No {
    let words = code.vendor_words().unwrap_or_default();
    No::new(code.http_status().unwrap_or(500), words).coded(code.number())
}

/// The same, and what exactly is wrong.
fn because(code: GreenPinCode, why: impl std::fmt::Display) -> No {
    let no = refuse(code);
    No {
        words: format!("{} ({why})", no.words.trim_end_matches('.')),
        ..no
    }
}

/// The tenant in the path, once the request has proved to be its own.
fn tenant(platform: &Platform, ask: &Ask) -> Result<String, No> {
    let pair = ask.basic();
    let (user, password) = pair.ok_or_else(|| refuse(GreenPinCode::Unauthenticated))?;
    let (user, password) = (Secret::new(user), Secret::new(password));
    let mut tenants = platform.records.tenants.values();
    let tenant = tenants.find(|tenant| tenant.greenpin_user == user && tenant.greenpin_password == password);
    let tenant = tenant.ok_or_else(|| refuse(GreenPinCode::Unauthenticated))?;
    if tenant.sid != ask.in_path("tenant") {
        return Err(refuse(GreenPinCode::NotPermitted));
    }
    if platform.quirks.has(Quirk::VersionHeader) && ask.version.as_deref() != Some("1.0") {
        return Err(refuse(GreenPinCode::VersionHeader));
    }
    Ok(tenant.sid.clone())
}
