//! Every screen, in the order of the navigation: where it is, who may see it, what draws it.

use leptos::prelude::*;
use protocol::session::Role;
use softphone::language::t;

use super::{Admin, users};

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
pub(crate) const GROUPS: &[Group] = &[Group {
    name: || t("Agents"),
    screens: &[Screen {
        path: "/admin/users",
        name: || t("Users"),
        from: Role::Admin,
        draw: users::draw,
    }],
}];

/// Where `/admin` itself leads.
pub(crate) const FIRST: &str = "/admin/users";

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
