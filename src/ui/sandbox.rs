//! Who may sign in without being asked: the demo's people and agents. Absent in production, where `/demo.json` does not
//! exist.

use leptos::prelude::*;
use phone::Account;
use softphone::companion::Json;
use softphone::language::fill;
use softphone::web::ask::{self, Reply};

use super::Ui;
use crate::desk::Standing;
use crate::elements::live::Press;

/// What `/demo.json` says.
#[derive(Clone)]
pub(super) struct Sandbox {
    /// Accounts anyone may use.
    pub(super) agents: Vec<Agent>,
    /// Where the control API is.
    pub(super) control: String,
    /// Who may sign in to the companion server; nobody where there is none.
    pub(super) people: Vec<Person>,
}

/// Somebody of the demo who may sign in to the companion server.
#[derive(Clone)]
pub(super) struct Person {
    /// The account's name.
    pub(super) name: String,
    password: String,
    /// For people.
    pub(super) title: String,
}

impl Sandbox {
    /// `None` if it is no such document.
    fn read(json: &impl Json) -> Option<Self> {
        let people = json
            .get("companion")
            .map(|it| it.all("people"))
            .unwrap_or_default();
        Some(Self {
            agents: json
                .get("agents")?
                .list()
                .iter()
                .filter_map(Agent::read)
                .collect(),
            control: json.text("control")?,
            people: people.iter().filter_map(Person::read).collect(),
        })
    }
}

impl Person {
    fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            name: json.text("name")?,
            password: json.text("password")?,
            title: json.text("title")?,
        })
    }
}

/// One ready-made account.
#[derive(Clone)]
pub(super) struct Agent {
    /// Who it is.
    pub(super) name: String,
    server: String,
    /// Its SIP address.
    pub(super) address: String,
    password: String,
}

impl Agent {
    fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            name: json.text("name")?,
            server: json.text("server")?,
            address: json.text("address")?,
            password: json.text("password")?,
        })
    }

    /// What the phone needs to sign in.
    pub(super) fn account(&self) -> Account {
        Account {
            spares: Vec::new(),
            server: self.server.clone(),
            address: self.address.clone(),
            auth_user: None,
            display_name: Some(self.name.clone()),
            password: self.password.clone(),
        }
    }
}

/// Asks whether there is a sandbox.
pub(super) async fn find() -> Option<Sandbox> {
    match ask::get("/demo.json").await {
        Reply::Said(json) => Sandbox::read(&json),
        Reply::Refused(..) | Reply::Unreachable => None,
    }
}

/// The demo's person of this name, or the first.
pub(super) fn person(ui: Ui, name: Option<&str>) -> Option<Person> {
    ui.sandbox.with_untracked(|sandbox| {
        let people = &sandbox.as_ref()?.people;
        let wanted = |person: &&Person| name.is_none_or(|name| person.name == name);
        people.iter().find(wanted).cloned()
    })
}

/// Signs one of the demo's people in to the companion server.
pub(super) async fn enter(ui: Ui, person: &Person) {
    if let Err(why) = ui.desk.sign_in(&person.name, &person.password).await {
        ui.desk.standing.set(Standing::SignedOut(Some(why)));
    }
}

/// A card that signs somebody in with a click.
pub(super) fn card(name: String, below: String, enter: Press) -> AnyView {
    let letter: String = name.chars().take(1).collect();
    let label = fill("Sign in as {0}", &[&name]);
    view! {
        <li>
            <button type="button" class="agent" aria-label=label on:click=enter>
                <span class="badge" aria-hidden="true">{letter}</span>
                <span class="agent-text">
                    <span class="agent-name">{name}</span>
                    <span class="agent-address">{below}</span>
                </span>
            </button>
        </li>
    }
    .into_any()
}
