//! The demo's side of the page: ready-made agents, "Ring me", and the sandbox's numbers. Absent in production, where
//! `/demo.json` does not exist.

use leptos::prelude::*;
use phone::{Account, LinkView};
use softphone::companion::Json;
use softphone::sign_in;
use softphone::web::ask::{self, Reply};
use softphone::web::{screen, spawn};

use super::Ui;
use super::icon::{self, Icon};
use super::live::{Press, flag, live, maybe, nothing, press};
use crate::desk::Standing;

/// What `/demo.json` says.
#[derive(Clone)]
pub(super) struct Sandbox {
    /// Accounts anyone may use.
    pub(super) agents: Vec<Agent>,
    /// Where the control API is.
    control: String,
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

/// A number of the sandbox. Some behaviours only call and cannot be dialled.
#[derive(Clone)]
struct Number {
    number: Option<String>,
    title: String,
    what: String,
}

impl Number {
    fn read(json: &impl Json) -> Option<Self> {
        Some(Self {
            number: json.text("number"),
            title: json.text("title")?,
            what: json.text("what")?,
        })
    }
}

/// Who calls when the agent asks to be rung, in turn. Numbers of a range kept free for such use.
const CALLERS: [(&str, &str); 3] = [
    ("Ravi Kumar", "+919876543210"),
    ("Meera Iyer", "+919876501234"),
    ("Dev Malhotra", "+918040001000"),
];

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
    let label = ["Sign in as ", &name].concat();
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

/// "Ring me" and the numbers, beside the phone.
#[component]
pub(super) fn Panel(ui: Ui) -> AnyView {
    let control = ui
        .sandbox
        .with_untracked(|sandbox| sandbox.as_ref().map(|sandbox| sandbox.control.clone()));
    let Some(control) = control else { return nothing() };
    let numbers = RwSignal::new(Vec::<Number>::new());
    let failed = RwSignal::new(false);
    let rings = StoredValue::new(0_usize);
    {
        let url = [&control, "/numbers"].concat();
        spawn(async move {
            if let Reply::Said(all) = ask::get(&url).await {
                numbers.set(all.list().iter().filter_map(Number::read).collect());
            }
        });
    }
    let ring = press(move || {
        let Some(address) = ui.desk.view.with_untracked(|view| view.address.clone()) else {
            return;
        };
        let turn = rings.get_value();
        rings.set_value(turn + 1);
        let Some(&(name, from)) = CALLERS.get(turn % CALLERS.len()) else {
            return;
        };
        let served = ui.desk.standing.with_untracked(Standing::features).is_some();
        let url = [control.as_str(), if served { "/customer_call" } else { "/ring" }].concat();
        spawn(async move {
            let user = sign_in::user(&address);
            // To an agent's phone alone, or as a customer's with all its webhooks.
            let fields: &[_] = match served {
                true => &[("user_id", Some(user)), ("from", Some(from))],
                false => &[("agent", Some(user)), ("from", Some(from)), ("name", Some(name))],
            };
            let reply = ask::change("POST", &url, fields).await;
            failed.set(!matches!(reply, Reply::Said(_)));
        });
    });
    let busy = ui.part(|view| view.call.is_some() || view.link != LinkView::Ready);
    let rows = live(move || {
        let rows: Vec<AnyView> = numbers
            .get()
            .into_iter()
            .filter_map(|number| row(ui, busy, number))
            .collect();
        rows.into_any()
    });
    let sorry = || view! { <p class="field-error" role="alert">"The sandbox could not place the call."</p> };
    view! {
        <aside class="panel sandbox" aria-labelledby="sandbox-title">
            <h2 id="sandbox-title">"Sandbox"</h2>
            <p class="hint">"A pretend phone network on this computer."</p>
            <button type="button" class="button primary wide" disabled=flag(move || busy.get()) on:click=ring>
                <Icon d=icon::BELL/>
                "Ring me"
            </button>
            {maybe(move || failed.get().then(|| sorry().into_any()))}
            <details class="numbers" open=screen::is_wide()>
                <summary>"Numbers to call"</summary>
                <ul class="plain">{rows}</ul>
            </details>
        </aside>
    }
    .into_any()
}

/// One number to call with a click; `None` for those that only call.
fn row(ui: Ui, busy: Memo<bool>, number: Number) -> Option<AnyView> {
    let dial = number.number?;
    let label = ["Call ", &number.title, ", ", &dial].concat();
    let shown = dial.clone();
    let call = press(move || {
        // The platform wants whole numbers; the last four digits choose what the far end does.
        match ui.desk.standing.with_untracked(Standing::features) {
            Some(may) if may.platform_calls => ui.dial(&["+91804000", &dial].concat()),
            Some(_) | None => ui.dial(&dial),
        }
    });
    let row = view! {
        <li>
            <button type="button" class="row" disabled=flag(move || busy.get()) aria-label=label on:click=call>
                <span class="row-number">{shown}</span>
                <span class="row-text">
                    <span class="row-title">{number.title}</span>
                    <span class="row-about">{number.what}</span>
                </span>
            </button>
        </li>
    };
    Some(row.into_any())
}
