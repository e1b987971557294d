//! Requests and their answers, in the types of `protocol`.

use protocol::problem::{Changed, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use softphone::language::t;
use softphone::web::{ask, place};

use super::Admin;

/// Why there is no answer to work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The server said no, with this status.
    Problem(u16, Problem),
    /// Nothing came: what was asked for may have happened.
    Unreachable,
    /// Something came that is not of this version.
    Unreadable,
}

impl Refusal {
    /// What happened and what to do.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Problem(_, problem) => problem.message.clone(),
            Self::Unreachable => {
                t("The server did not answer. What you asked for may have been done: look before you try again.").to_owned()
            }
            Self::Unreadable => {
                t("The answer cannot be read. The server may be newer than this page: reload the page.").to_owned()
            }
        }
    }

    /// The word for programs.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Problem(_, problem) => &problem.code,
            Self::Unreachable | Self::Unreadable => "",
        }
    }

    /// The field that is wrong.
    pub(crate) fn field(&self) -> Option<&str> {
        match self {
            Self::Problem(_, problem) => problem.field.as_deref(),
            Self::Unreachable | Self::Unreadable => None,
        }
    }

    /// The vendor's own words.
    pub(crate) fn vendor(&self) -> Option<&str> {
        match self {
            Self::Problem(_, problem) => problem.vendor.as_deref(),
            Self::Unreachable | Self::Unreadable => None,
        }
    }

    /// Who was first, where two edit one thing.
    pub(crate) fn changed(&self) -> Option<&Changed> {
        match self {
            Self::Problem(_, problem) => problem.changed.as_deref(),
            Self::Unreachable | Self::Unreadable => None,
        }
    }
}

/// Sends, and gives the text of a good answer. Not generic, so that it is there once.
pub(crate) async fn exchange(method: &str, path: &str, body: Option<&str>) -> Result<String, Refusal> {
    match ask::whole(method, path, body).await {
        Some((200..=299, text)) => Ok(text),
        Some((status, text)) => Err(match read(&text) {
            Ok(problem) => Refusal::Problem(status, problem),
            // A proxy's own page: nobody knows whether the server behind it was reached.
            Err(_) if status >= 500 => Refusal::Unreachable,
            Err(_) => Refusal::Unreadable,
        }),
        None => Err(Refusal::Unreachable),
    }
}

/// Reads an answer.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|_| Refusal::Unreadable)
}

/// A body.
pub(crate) fn written(body: &impl Serialize) -> Option<String> {
    serde_json::to_string(body).ok()
}

/// A path with its query; parameters without a value are left out.
pub(crate) fn asked(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut whole = [path, "?"].concat();
    for (name, value) in parameters {
        if !value.is_empty() {
            whole.push_str(&["&", name, "=", &place::segment(value)].concat());
        }
    }
    whole
}

impl Admin {
    /// Reads something.
    pub(crate) async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Refusal> {
        read(&self.text("GET", path, None).await?)
    }

    /// Changes something, and reads how it is then.
    pub(crate) async fn send<T: DeserializeOwned>(
        self,
        method: &str,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Refusal> {
        read(&self.text(method, path, written(body)).await?)
    }

    /// Sends a body that is written already, and reads the answer.
    pub(crate) async fn post_text<T: DeserializeOwned>(
        self,
        path: &str,
        body: Option<String>,
    ) -> Result<T, Refusal> {
        read(&self.text("POST", path, body).await?)
    }

    /// Changes something; what is said of it is of no interest.
    pub(crate) async fn tell(self, method: &str, path: &str, body: Option<String>) -> Result<(), Refusal> {
        self.text(method, path, body).await.map(drop)
    }

    /// The one way to the server: a session that has ended is noticed here.
    async fn text(self, method: &str, path: &str, body: Option<String>) -> Result<String, Refusal> {
        let told = exchange(method, path, body.as_deref()).await;
        if matches!(told, Err(Refusal::Problem(401, _))) {
            self.expire();
        }
        told
    }
}
