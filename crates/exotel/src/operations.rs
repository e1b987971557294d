//! The table of everything this crate speaks, for coverage tests here and in a stand-in of the platform.

/// One REST operation or one webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Which API it belongs to.
    pub api: Api,
    /// A name for people and tests, unique in its API: `create_token`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path after the API's base, with parameters in braces. A webhook's is a name: its URL is the customer's.
    pub path: &'static str,
    /// The request type (or, for a webhook, the payload type). Its first doc line is `` `METHOD /path` ``.
    pub type_name: &'static str,
    /// Samples under `tests/data`: at least one answer, or one payload.
    pub fixtures: &'static [&'static str],
}

/// The API of an operation, and with it its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Api {
    /// After [`SubscribersApi::base`](crate::config::SubscribersApi) and `/accounts/{account_sid}`.
    Subscribers,
    /// After [`IntegrationsApi::base`](crate::config::IntegrationsApi).
    Integrations,
    /// After [`GreenPinApi::base`](crate::config::GreenPinApi) and `/tenants/{tenant_id}`.
    GreenPin,
    /// After one of the bases of [`VoiceApi`](crate::config::VoiceApi).
    Voice,
    /// At a URL of the customer's; the platform is the caller.
    Hooks,
}

/// Every table, one per API.
pub const ALL: &[&[Operation]] = &[
    crate::subscribers::OPERATIONS,
    crate::integrations::OPERATIONS,
    crate::greenpin::OPERATIONS,
    crate::call_details::OPERATIONS,
    crate::hooks::OPERATIONS,
];

/// Every operation.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    ALL.iter().copied().flatten()
}

/// One row of a table.
pub(crate) const fn row(
    api: Api,
    name: &'static str,
    method: &'static str,
    path: &'static str,
    type_name: &'static str,
    fixtures: &'static [&'static str],
) -> Operation {
    Operation {
        api,
        name,
        method,
        path,
        type_name,
        fixtures,
    }
}
