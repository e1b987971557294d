//! Walking all users, page by page, without walking for ever.

use std::collections::BTreeSet;

use super::{ListUsers, UserPage};

/// The walk. It ends at a page that names no next one, names one named before, or brings nobody new; and after a
/// number of pages in any case, because the end is documented nowhere.
#[derive(Clone, Debug)]
pub struct UserPages {
    page_size: Option<u32>,
    cursors: BTreeSet<String>,
    users: BTreeSet<String>,
    left: u32,
}

impl UserPages {
    /// A walk of at most `most` pages of `page_size` users (the platform's default if absent).
    pub fn new(page_size: Option<u32>, most: u32) -> Self {
        Self {
            page_size,
            cursors: BTreeSet::new(),
            users: BTreeSet::new(),
            left: most.saturating_sub(1),
        }
    }

    /// The request for the first page.
    pub fn first(&self) -> ListUsers {
        ListUsers {
            last_value: None,
            page_size: self.page_size,
        }
    }

    /// The request for the page after `page`, if there is one.
    pub fn next(&mut self, page: &UserPage) -> Option<ListUsers> {
        let before = self.users.len();
        self.users
            .extend(page.users.iter().map(|user| user.app_user_id.clone()));
        let cursor = page.last_value.clone()?;
        let new = self.users.len() > before && self.cursors.insert(cursor.clone());
        self.left = self.left.checked_sub(1)?;
        new.then_some(ListUsers {
            last_value: Some(cursor),
            page_size: self.page_size,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integrations::User;

    fn page(ids: &[&str], cursor: Option<&str>) -> UserPage {
        let user = |id: &&str| User {
            app_user_id: (*id).to_owned(),
            ..User::default()
        };
        UserPage {
            users: ids.iter().map(user).collect(),
            last_value: cursor.map(str::to_owned),
            ..UserPage::default()
        }
    }

    #[test]
    fn a_cursor_is_followed_once() {
        let mut pages = UserPages::new(Some(2), 10);
        assert_eq!(
            pages.first(),
            ListUsers {
                last_value: None,
                page_size: Some(2)
            }
        );
        let next = pages.next(&page(&["1", "2"], Some("21"))).unwrap();
        assert_eq!(next.last_value.as_deref(), Some("21"));
        assert_eq!(pages.next(&page(&["3"], Some("21"))), None);
    }

    #[test]
    fn every_other_end_is_an_end() {
        assert_eq!(UserPages::new(None, 10).next(&page(&["1"], None)), None);
        let mut nobody_new = UserPages::new(None, 10);
        assert!(nobody_new.next(&page(&["1"], Some("a"))).is_some());
        assert_eq!(nobody_new.next(&page(&["1"], Some("b"))), None);
        let mut capped = UserPages::new(None, 2);
        assert!(capped.next(&page(&["1"], Some("a"))).is_some());
        assert_eq!(capped.next(&page(&["2"], Some("b"))), None);
    }
}
