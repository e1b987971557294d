//! `softphone-server user …`

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use protocol::people::PersonChange;
use protocol::session::Role;

use super::typed::password;
use super::{Said, sentence};
use crate::auth::{Auth, people};
use crate::clock::now;
use crate::store::Person;
use crate::vendor::SYSTEM;

/// Local accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add somebody.
    Add {
        /// The name to sign in with.
        name: String,
        /// What they may do.
        #[arg(long, value_enum)]
        role: RoleName,
        /// Their AppUserId at the vendor; without, they have no phone.
        #[arg(long)]
        agent: Option<String>,
        /// Their subscriber's name at the vendor.
        #[arg(long)]
        subscriber: Option<String>,
        /// They sign in by ticket only.
        #[arg(long, conflicts_with = "password_file")]
        no_password: bool,
        /// A file whose first line is the password; without, it is asked for.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// Show everybody.
    List,
    /// Give somebody a new password. They are signed out everywhere.
    Password {
        /// Who.
        name: String,
        /// A file whose first line is the password; without, it is asked for.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// Remove somebody. They are signed out everywhere.
    Remove {
        /// Who.
        name: String,
    },
    /// Sign somebody out everywhere.
    SignOut {
        /// Who.
        name: String,
    },
}

/// A role on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleName {
    /// Takes and places calls.
    Agent,
    /// Sees everybody's calls.
    Supervisor,
    /// Changes the account.
    Admin,
}

impl User {
    /// Does it.
    ///
    /// # Errors
    /// The sentence for the terminal.
    pub async fn run(self, auth: &Auth) -> Said {
        match self {
            Self::Add {
                name,
                role,
                agent,
                subscriber,
                no_password,
                password_file,
            } => {
                if person(auth, &name).await.is_ok() {
                    return Err(format!(
                        "There is an account \"{name}\" already. Choose another name."
                    ));
                }
                let password = match no_password {
                    true => None,
                    false => Some(password(password_file.as_deref())?),
                };
                let change = PersonChange {
                    role: role.into(),
                    agent,
                    subscriber,
                    disabled: false,
                    password,
                };
                change_person(auth, &name, change).await
            }
            Self::List => list(auth).await,
            Self::Password { name, password_file } => {
                let person = person(auth, &name).await?;
                let change = PersonChange {
                    role: person.role,
                    agent: person.agent,
                    subscriber: person.subscriber,
                    disabled: person.disabled,
                    password: Some(password(password_file.as_deref())?),
                };
                change_person(auth, &name, change).await
            }
            Self::Remove { name } => {
                let name = person(auth, &name).await?.name;
                auth.store()
                    .remove_person(&name)
                    .await
                    .map_err(|error| error.to_string())?;
                auth.record(SYSTEM, "remove_person", &name).await;
                Ok(format!("\"{name}\" is removed.\n"))
            }
            Self::SignOut { name } => {
                let name = person(auth, &name).await?.name;
                let ended = auth.sign_out_everywhere(&name, now()).await;
                let ended = ended.map_err(|error| error.to_string())?;
                auth.record(SYSTEM, "end_sessions", &name).await;
                Ok(format!("\"{name}\" is signed out. Sessions ended: {ended}.\n"))
            }
        }
    }
}

/// Adds or changes an account, and says so.
async fn change_person(auth: &Auth, name: &str, change: PersonChange) -> Said {
    let person = sentence(auth.change_person(name, change, now()).await)?;
    auth.record(SYSTEM, "put_person", &person.name).await;
    Ok(format!(
        "\"{}\" may sign in as {}.\n",
        person.name,
        role_name(person.role)
    ))
}

/// All accounts, one a line.
async fn list(auth: &Auth) -> Said {
    let people = auth.store().people().await.map_err(|error| error.to_string())?;
    let line = |person: &Person| {
        let agent = person.agent.as_deref().unwrap_or("-");
        let how = match (person.disabled, person.password_hash.is_empty()) {
            (true, _) => "disabled",
            (false, true) => "ticket only",
            (false, false) => "password",
        };
        format!(
            "{:<24} {:<11} {agent:<24} {how}\n",
            person.name,
            role_name(person.role)
        )
    };
    Ok(people.iter().map(line).collect())
}

/// The account of that name.
async fn person(auth: &Auth, typed: &str) -> Result<Person, String> {
    let name = people::name(typed).ok_or(people::NAME_RULE)?;
    let person = auth
        .store()
        .person(&name)
        .await
        .map_err(|error| error.to_string())?;
    person.ok_or_else(|| format!("There is no account \"{name}\". \"user list\" shows all."))
}

/// A role in the command line's words.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
        Role::Admin => "admin",
    }
}

impl From<RoleName> for Role {
    fn from(role: RoleName) -> Self {
        match role {
            RoleName::Agent => Self::Agent,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Admin => Self::Admin,
        }
    }
}
