//! New users of an app.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::{User, envelope, needed};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::{ApiError, AppToken, Endpoint, Invalid, PhoneNumber};

/// `POST /usermapping`
///
/// Integrations API, "Add users under specific applications". Refused with 400, 401, 409 (exists) or 500. An address
/// unknown to the account makes a new user of the account, who may cost money: look first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddUsers {
    /// One or more.
    pub users: Vec<NewUser>,
}

/// A user to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewUser {
    /// The customer's own id of the person.
    pub app_user_id: String,
    /// Their name in the app: first and last, each 3 to 20 characters.
    pub app_username: String,
    /// Their mail address.
    pub email: String,
    /// The account.
    pub exotel_account_sid: String,
    /// Their name in the account: first and last, each 3 to 20 characters.
    pub exotel_user_name: String,
    /// Their telephone, if they have one. Local numbers are taken with a leading 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_number: Option<PhoneNumber>,
    /// The number that their calls show.
    pub virtual_number: PhoneNumber,
}

impl NewUser {
    /// The documented rules for one user.
    ///
    /// # Errors
    /// [`Invalid`] names the first one broken.
    pub fn check(&self) -> Result<(), Invalid> {
        needed("AppUserId", &self.app_user_id)?;
        check_name("AppUsername", &self.app_username)?;
        check_name("ExotelUserName", &self.exotel_user_name)?;
        let address = self.email.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && !host.is_empty() && !self.email.contains(char::is_whitespace)
        });
        if !address {
            return Err(Invalid::new(
                "Email",
                "A mail address has something before and after its @ sign.",
            ));
        }
        needed("ExotelAccountSid", &self.exotel_account_sid)?;
        if let Some(number) = &self.agent_number {
            number.must_be_dialable("AgentNumber")?;
        }
        self.virtual_number.must_be_dialable("VirtualNumber")
    }
}

/// The seed's text says "greater than 3", a later page "at least 3, at most 20", and the sample has 3.
fn check_name(field: &'static str, name: &str) -> Result<(), Invalid> {
    let mut words = name.split(' ');
    let fits = |word: Option<&str>| word.is_some_and(|word| (3..=20).contains(&word.chars().count()));
    if fits(words.next()) && fits(words.next()) && words.next().is_none() {
        return Ok(());
    }
    Err(Invalid::new(
        field,
        "A name is two words with one space between them, each of 3 to 20 characters.",
    ))
}

impl Endpoint for AddUsers {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = Vec<User>;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        if self.users.is_empty() {
            return Err(Invalid::new("users", "One request adds at least one user."));
        }
        for (index, user) in self.users.iter().enumerate() {
            user.check().map_err(|invalid| invalid.at("users", index))?;
            if self
                .users
                .iter()
                .take(index)
                .any(|earlier| earlier.app_user_id == user.app_user_id)
            {
                let twice = Invalid::new("AppUserId", "An id occurs once in a request.");
                return Err(twice.at("users", index));
            }
        }
        Draft::new(Method::POST, &config.base)
            .path("/usermapping")
            .sign(token)?
            .json(self)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<Vec<User>, ApiError> {
        envelope::list(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_two_words() {
        for name in ["ABC XYZ", "Temp Name", "Zoë Ñañ"] {
            assert!(check_name("n", name).is_ok(), "{name}");
        }
        for name in [
            "",
            "ABC",
            "AB XYZ",
            "ABC  XYZ",
            " ABC XYZ",
            "ABC XYZ Q",
            "Abcdefghijklmnopqrstu Xyz",
        ] {
            assert!(check_name("n", name).is_err(), "{name}");
        }
    }
}
