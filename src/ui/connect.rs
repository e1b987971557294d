//! Signing in: any SIP-over-WebSocket server by hand, or one of the demo's agents with a click.

use leptos::prelude::*;
use phone::{Account, Command};
use softphone::language::t;
use softphone::sign_in;
use softphone::web::spawn;

use super::Ui;
use super::field::{Field, TextField};
use super::sandbox::{self, Agent};
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, press};

/// What the last attempt was made with; never the password.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Tried {
    server: String,
    address: String,
}

/// Signs in and remembers with what, for a second try.
fn connect(ui: Ui, account: Account) {
    tried(ui, &account);
    ui.desk.send(Command::Connect(account));
}

/// Remembers what an attempt is made with.
pub(super) fn tried(ui: Ui, account: &Account) {
    ui.tried.set(Tried {
        server: account.server.clone(),
        address: account.address.clone(),
    });
}

/// The sandbox's agents, and the form.
#[component]
pub(super) fn Connect(ui: Ui) -> AnyView {
    let served = Memo::new(move |_| {
        let people = |sandbox: &sandbox::Sandbox| !sandbox.people.is_empty();
        ui.sandbox.with(|sandbox| sandbox.as_ref().is_some_and(people))
    });
    let back = move || {
        spawn(async move {
            ui.desk.begin().await;
        });
    };
    view! {
        <div class="body connect">
            <Agents ui/>
            <Form ui/>
            {maybe(move || served.get().then(|| view! {
                <button type="button" class="button quiet" on:click=press(back)>{t("Back to signing in")}</button>
            }.into_any()))}
        </div>
    }
    .into_any()
}

/// One card per agent of the demo.
#[component]
fn Agents(ui: Ui) -> AnyView {
    maybe(move || {
        let agents = ui
            .sandbox
            .with(|sandbox| sandbox.as_ref().map(|sandbox| sandbox.agents.clone()))?;
        let cards: Vec<AnyView> = agents.into_iter().map(|agent| card(ui, agent)).collect();
        Some(
            view! {
                <section class="agents" aria-labelledby="agents-title">
                    <h2 id="agents-title">{t("Sandbox agents")}</h2>
                    <ul class="plain">{cards}</ul>
                </section>
                <p class="or" aria-hidden="true">{t("or your own server")}</p>
            }
            .into_any(),
        )
    })
}

fn card(ui: Ui, agent: Agent) -> AnyView {
    let address = agent
        .address
        .strip_prefix("sip:")
        .unwrap_or(&agent.address)
        .to_owned();
    let name = agent.name.clone();
    sandbox::card(name, address, press(move || connect(ui, agent.account())))
}

/// *Server address*, *SIP address*, *Password*, *Connect*.
#[component]
fn Form(ui: Ui) -> AnyView {
    let Tried { server, address } = ui.tried.get_untracked();
    let server = Field::new(server);
    let address = Field::new(address);
    let password = Field::new(String::new());

    let submit = move || {
        let read_server = server.value.with_untracked(|text| sign_in::server(text));
        let read_address = address.value.with_untracked(|text| sign_in::address(text));
        server.error.set(read_server.as_ref().err().copied());
        address.error.set(read_address.as_ref().err().copied());
        match (read_server, read_address) {
            (Ok(server), Ok(address)) => {
                let account = Account {
                    spares: Vec::new(),
                    server,
                    address,
                    auth_user: None,
                    display_name: None,
                    password: password.value.get_untracked(),
                };
                // The password lives on in the worker's memory alone.
                password.value.set(String::new());
                connect(ui, account);
            }
            (Err(_), _) => server.focus(),
            (Ok(_), Err(_)) => address.focus(),
        }
    };

    view! {
        <form
            class="connect-form"
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <TextField id="server" label=t("Server address") kind="url" placeholder="wss://sip.example.com/ws" field=server/>
            <TextField id="address" label=t("SIP address") kind="text" placeholder="name@example.com" field=address/>
            <TextField id="password" label=t("Password") kind="password" field=password/>
            <button type="submit" class="button primary wide">{t("Connect")}</button>
            <p class="hint">
                <Icon d=icon::LOCK/>
                {t("The password stays in this browser's memory until you sign out.")}
            </p>
        </form>
    }
    .into_any()
}
