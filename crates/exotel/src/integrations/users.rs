//! Looking up the users of an app.

use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{User, envelope, needed};
use crate::config::IntegrationsApi;
use crate::endpoint::Draft;
use crate::error::{Kind, Refusal};
use crate::lenient::{self, More};
use crate::{ApiError, AppToken, Endpoint, Invalid};

/// `GET /usermapping?user_id={AppUserId}`
///
/// Integrations API, "allows you to get all the user details by AppId, and by AppUserId". Refused with 400, 401 or
/// 500; not found also as status 200 with `Code` 404.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetUser {
    /// The customer's own id of the person.
    pub app_user_id: String,
}

impl Endpoint for GetUser {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = User;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        needed("user_id", &self.app_user_id)?;
        Draft::new(Method::GET, &config.base)
            .path("/usermapping")
            .query("user_id", &self.app_user_id)
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<User, ApiError> {
        let http = answer.status().as_u16();
        let data = envelope::data(answer)?;
        let is_one = is_record(&data);
        let users = page(answer, data)?.users;
        // Somebody else's record holds their SIP password, and does not say that this user does not exist.
        if is_one && users.iter().all(|user| user.app_user_id != self.app_user_id) {
            return Err(ApiError::unreadable(http, "`Data` is another user"));
        }
        users
            .into_iter()
            .find(|user| user.app_user_id == self.app_user_id)
            .ok_or_else(|| {
                ApiError::from(Refusal {
                    kind: Kind::NotFound,
                    words: "the user is not in the answer".to_owned(),
                    ..Refusal::in_body(http, &Value::Null, None)
                })
            })
    }
}

/// `GET /usermapping?last_value={last_value}&page_size={page_size}`
///
/// Integrations API, "Get specific number of users under an application using pagination"; without parameters, the
/// listing that comes in three shapes. Refused with 400, 401 or 500. [`UserPages`](super::UserPages) walks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListUsers {
    /// Where the last page ended, as it said; the beginning if absent.
    pub last_value: Option<String>,
    /// How many; 20 if absent.
    pub page_size: Option<u32>,
}

impl Endpoint for ListUsers {
    type Config = IntegrationsApi;
    type Credential = AppToken;
    type Response = UserPage;

    fn request(&self, config: &IntegrationsApi, token: &AppToken) -> Result<Request<Vec<u8>>, Invalid> {
        if self.page_size == Some(0) {
            return Err(Invalid::new("page_size", "A page holds at least one user."));
        }
        Draft::new(Method::GET, &config.base)
            .path("/usermapping")
            .query_option("last_value", self.last_value.as_ref())
            .query_option("page_size", self.page_size)
            .sign(token)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<UserPage, ApiError> {
        page(answer, envelope::data(answer)?)
    }
}

/// Some of an app's users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UserPage {
    /// The users.
    #[serde(default, deserialize_with = "lenient::list")]
    pub users: Vec<User>,
    /// How many the platform puts on a page.
    #[serde(default, deserialize_with = "lenient::int")]
    pub page_size: Option<i64>,
    /// Where this page ends: the next request's `last_value`. Absent at the end.
    #[serde(
        rename = "LastEvaluatedValue",
        alias = "NextKey",
        alias = "next_key",
        default,
        deserialize_with = "lenient::text_option"
    )]
    pub last_value: Option<String>,
    /// Fields without a name here.
    #[serde(flatten)]
    pub more: More,
}

/// One user, a list of users, or a page of them.
fn page(answer: &Response<Vec<u8>>, data: Value) -> Result<UserPage, ApiError> {
    let users = match data {
        Value::Null => Vec::new(),
        data @ Value::Array(_) => envelope::read(answer, data)?,
        data if is_record(&data) => vec![envelope::read(answer, data)?],
        data if data.get("Users").is_some() => return envelope::read(answer, data),
        // An empty page would say that the user does not exist, and a new one may cost money.
        _ => {
            return Err(ApiError::unreadable(
                answer.status().as_u16(),
                "`Data` holds no users",
            ));
        }
    };
    Ok(UserPage {
        users,
        ..UserPage::default()
    })
}

fn is_record(data: &Value) -> bool {
    data.get("AppUserId").or_else(|| data.get("AppUserID")).is_some()
}
