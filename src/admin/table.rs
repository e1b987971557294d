//! Every screen, in the order of the navigation: where it is, who may see it, what draws it.

use leptos::prelude::*;
use protocol::session::Role;
use softphone::language::t;

use super::floor::{board, calls, missed, quality};
use super::people::{accounts, audit, sessions};
use super::{Admin, account, deliveries, greenpin, jobs, keys, policy, set_up, settings, subscribers, users};

/// One screen.
pub(crate) struct Screen {
    /// Its path; what follows it is handed to `draw`.
    pub(crate) path: &'static str,
    /// Its name in the navigation.
    pub(crate) name: fn() -> &'static str,
    /// Who may see it.
    pub(crate) from: Role,
    /// Draws it. What follows the path, without the slash: an id, or nothing.
    pub(crate) draw: fn(Admin, &str) -> AnyView,
}

/// Screens that belong together.
pub(crate) struct Group {
    /// What they are about.
    pub(crate) name: fn() -> &'static str,
    /// They.
    pub(crate) screens: &'static [Screen],
}

/// The table.
#[rustfmt::skip]
pub(crate) const GROUPS: &[Group] = &[
    Group { name: || t("Floor"), screens: &[
        Screen { path: "/admin/floor", name: || t("Floor"), from: Role::Supervisor, draw: board::draw },
        Screen { path: "/admin/calls", name: || t("Calls"), from: Role::Supervisor, draw: calls::draw },
        Screen { path: "/admin/missed", name: || t("Missed calls"), from: Role::Supervisor, draw: missed::draw },
        Screen { path: "/admin/quality", name: || t("Quality"), from: Role::Supervisor, draw: quality::draw },
    ] },
    Group { name: || t("Agents"), screens: &[
        Screen { path: "/admin/users", name: || t("Users"), from: Role::Admin, draw: users::draw },
        Screen { path: "/admin/subscribers", name: || t("Subscribers"), from: Role::Admin, draw: subscribers::draw },
        Screen { path: "/admin/jobs", name: || t("Jobs"), from: Role::Admin, draw: jobs::draw },
        Screen { path: "/admin/policy", name: || t("Policy"), from: Role::Admin, draw: policy::draw },
    ] },
    Group { name: || t("Account"), screens: &[
        Screen { path: "/admin/set-up", name: || t("Set up"), from: Role::Admin, draw: set_up::draw },
        Screen { path: "/admin/account", name: || t("Customer and apps"), from: Role::Admin, draw: account::draw },
        Screen { path: "/admin/settings", name: || t("Settings and webhooks"), from: Role::Admin, draw: settings::draw },
        Screen { path: "/admin/deliveries", name: || t("Webhook deliveries"), from: Role::Admin, draw: deliveries::draw },
        Screen { path: "/admin/greenpin", name: || t("GreenPin"), from: Role::Admin, draw: greenpin::draw },
    ] },
    Group { name: || t("This server"), screens: &[
        Screen { path: "/admin/people", name: || t("People"), from: Role::Admin, draw: accounts::draw },
        Screen { path: "/admin/keys", name: || t("API keys"), from: Role::Admin, draw: keys::draw },
        Screen { path: "/admin/audit", name: || t("Audit trail"), from: Role::Admin, draw: audit::draw },
        Screen { path: "/admin/sessions", name: || t("Your sessions"), from: Role::Supervisor, draw: sessions::draw },
    ] },
];

/// Where `/admin` itself leads.
pub(crate) const FIRST: &str = "/admin/floor";

/// The screen of a path, and what follows its own path.
pub(crate) fn find(path: &str) -> Option<(&'static Screen, &str)> {
    let path = path.trim_end_matches('/');
    let path = if path == "/admin" { FIRST } else { path };
    let mut screens = GROUPS.iter().flat_map(|group| group.screens);
    screens.find_map(|screen| {
        let rest = path.strip_prefix(screen.path)?;
        match rest.strip_prefix('/') {
            Some(rest) => Some((screen, rest)),
            None => rest.is_empty().then_some((screen, "")),
        }
    })
}
