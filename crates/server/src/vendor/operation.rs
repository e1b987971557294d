//! Every operation that the server may run, with its name and what it changes.

use exotel::{Endpoint, call_details, greenpin, integrations, subscribers};

use super::account::{Api, Held};

/// An operation of the vendor's, as figures and records know it.
pub trait Operation: Endpoint<Config: Api, Credential: Held, Response: Send> + Sync {
    /// Its name in [`exotel::operations`], with the API's where two share one.
    const NAME: &'static str;
    /// Whether it changes something, and so is recorded.
    const CHANGES: bool;

    /// The id of what it changes; never a number. Empty for one that only reads.
    fn target(&self) -> String {
        String::new()
    }
}

/// Declares rows: `reads Type = "name";` or `changes Type = "name", |it| id;`.
macro_rules! operations {
    (@row reads $type:ty = $name:literal) => {
        impl Operation for $type {
            const NAME: &'static str = $name;
            const CHANGES: bool = false;
        }
    };
    (@row changes $type:ty = $name:literal, |$it:ident| $target:expr) => {
        impl Operation for $type {
            const NAME: &'static str = $name;
            const CHANGES: bool = true;

            fn target(&self) -> String {
                let $it = self;
                $target
            }
        }
    };
    ($($kind:ident $type:ty = $name:literal $(, |$it:ident| $target:expr)?;)+) => {
        $(operations!(@row $kind $type = $name $(, |$it| $target)?);)+

        /// Names, and whether they change something; for tests.
        #[cfg(test)]
        const ROWS: &[(&str, bool)] = &[$((<$type>::NAME, <$type>::CHANGES)),+];
    };
}

operations! {
    reads integrations::GetCustomer = "get_customer";
    changes integrations::DeleteCustomer = "delete_customer", |_it| "the customer".to_owned();
    changes integrations::CreateApp = "create_app", |it| it.app_name.clone();
    reads integrations::GetApp = "get_app";
    reads integrations::ListApps = "list_apps";
    changes integrations::DeleteApp = "delete_app", |_it| "the app".to_owned();
    changes integrations::AddSetting = "add_setting", |it| it.key.as_str().to_owned();
    reads integrations::GetSetting = "get_setting";
    reads integrations::ListSettings = "list_settings";
    changes integrations::DeleteSetting = "delete_setting", |it| it.key.as_str().to_owned();
    changes integrations::AddUsers = "add_users", |it| joined(it.users.iter().map(|user| &user.app_user_id));
    reads integrations::GetUser = "get_user";
    reads integrations::ListUsers = "list_users";
    changes integrations::DeleteAllUsers = "delete_all_users", |_it| "all users".to_owned();
    changes integrations::DeleteUser = "delete_user", |it| it.app_user_id.clone();
    changes integrations::SetDevice = "set_device", |it| it.user_id.clone();
    changes integrations::OutboundCall = "outbound_call", |it| it.user_id.clone();
    changes subscribers::CreateToken = "subscribers_create_token", |it| it.subscriber_name.clone();
    changes subscribers::CreateSubscribers = "subscribers_create",
        |it| joined(it.subscribers.iter().map(|subscriber| &subscriber.subscriber_name));
    changes subscribers::UpdateSubscriber = "subscribers_update", |it| it.subscriber_name.clone();
    reads subscribers::GetSubscriber = "subscribers_get";
    reads subscribers::ListSubscribers = "subscribers_list";
    changes subscribers::DeleteSubscriber = "subscribers_delete", |it| it.subscriber_name.clone();
    changes greenpin::CreateAllocation = "create_allocation", |it| it.transaction_id.clone();
    reads greenpin::GetAllocation = "get_allocation";
    changes greenpin::DeleteAllocation = "delete_allocation", |it| it.greenpin_id.clone();
    changes greenpin::UpdateAllocation = "update_allocation", |it| it.greenpin_id.clone();
    changes greenpin::BulkUpdateAllocations = "bulk_update_allocations",
        |it| joined(it.greenpins.iter().map(|change| &change.greenpin_id));
    reads call_details::GetCall = "get_call";
    reads call_details::GetCallV3 = "get_call_v3";
    reads call_details::ListCalls = "list_calls";
}

/// At most this many characters of a list of ids are recorded.
const LONGEST: usize = 500;

fn joined<'a>(ids: impl Iterator<Item = &'a String>) -> String {
    let all = ids.map(String::as_str).collect::<Vec<_>>().join(" ");
    all.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use exotel::operations::{Api, all};

    use super::*;

    /// Run by the vendor's own flow, made inside for tokens, or (the last) not offered to anybody.
    const NOT_HERE: [&str; 3] = ["create_token", "notify_inbound", "connect_call"];

    #[test]
    fn every_operation_is_here_and_those_that_change_something_are_recorded() {
        let wanted = all().filter(|row| row.api != Api::Hooks).filter_map(|row| {
            let name = match row.api {
                Api::Subscribers => format!("subscribers_{}", row.name),
                Api::Integrations | Api::GreenPin | Api::Voice | Api::Hooks => row.name.to_owned(),
            };
            (!NOT_HERE.contains(&name.as_str())).then_some((name, row.method != "GET"))
        });
        let mut wanted: Vec<_> = wanted.collect();
        let mut here: Vec<_> = ROWS
            .iter()
            .map(|(name, changes)| ((*name).to_owned(), *changes))
            .collect();
        wanted.sort();
        here.sort();
        assert_eq!(here, wanted);
    }
}
