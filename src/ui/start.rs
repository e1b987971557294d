//! What happens without a click: at the start of the page, when another tab signs in or out, and when a session ends.

use leptos::prelude::*;
use phone::{Command, LinkView};
use softphone::sign_in;
use softphone::web::{frame, page, spawn};

use super::{Ui, connect, sandbox};
use crate::desk::{Equipment, SignedIn, Standing};

/// Starts all of it.
pub(super) fn run(ui: Ui) {
    spawn(open(ui));
    let desk = ui.desk;
    Effect::new(move |_| {
        if desk.page.get().is_some() && desk.account.with(Option::is_some) {
            desk.connect();
        }
    });
    follow_other_tabs(ui);
    // Whoever signs in next is shown nobody else's call.
    let out = Memo::new(move |_| {
        desk.standing
            .with(|standing| matches!(standing, Standing::SignedOut(_)))
    });
    Effect::new(move |_| {
        if out.get() {
            let ended = desk
                .view
                .with_untracked(|view| view.ended.as_ref().map(|ended| ended.id));
            if let Some(id) = ended {
                desk.send(Command::Dismiss(id));
            }
        }
    });
    let talking = ui.part(|view| view.call.is_some());
    Effect::new(move |_| {
        if !talking.get() && desk.standing.with(|standing| *standing == Standing::Ending) {
            desk.session_ended();
        }
    });
}

/// Finds out what is behind this page, and signs in where nobody need be asked.
async fn open(ui: Ui) {
    let invitation = frame::invitation();
    let local = page::is_local();
    // On this machine the sandbox is asked first: it knows whether a server is behind it. Elsewhere there is none, and
    // nobody should wait for its absence.
    if local {
        ui.sandbox.set(sandbox::find().await);
    }
    let manual = page::fragment("manual").is_some();
    let wanted = page::fragment("agent");
    let alone = ui
        .sandbox
        .with_untracked(|sandbox| sandbox.as_ref().is_some_and(|sandbox| sandbox.people.is_empty()));
    if alone || manual {
        ui.desk.by_hand();
    } else if let Some(invitation) = invitation {
        return ui.desk.accept(&invitation).await;
    } else if let Some(wanted) = wanted.as_deref().and_then(|name| sandbox::person(ui, Some(name))) {
        return sandbox::enter(ui, &wanted).await;
    } else if !ui.desk.begin().await {
        return;
    }
    match ui.desk.standing.get_untracked() {
        Standing::Absent => {
            if !local {
                ui.sandbox.set(sandbox::find().await);
            }
            if !manual {
                connect_agent(ui, wanted.as_deref());
            }
        }
        Standing::SignedOut(_) => {
            if let Some(first) = sandbox::person(ui, None) {
                sandbox::enter(ui, &first).await;
            }
        }
        Standing::Asking
        | Standing::Unreachable
        | Standing::SigningIn
        | Standing::SigningOut
        | Standing::Untold
        | Standing::Ending
        | Standing::SignedIn(_) => {}
    }
}

/// The sandbox alone: the agent that the address bar names, or the first.
fn connect_agent(ui: Ui, wanted: Option<&str>) {
    let agent = ui.sandbox.with_untracked(|sandbox| {
        let agents = &sandbox.as_ref()?.agents;
        match wanted {
            Some(user) => agents
                .iter()
                .find(|agent| sign_in::user(&agent.address) == user)
                .cloned(),
            None => agents.first().cloned(),
        }
    });
    if let Some(agent) = agent {
        let account = agent.account();
        connect::tried(ui, &account);
        ui.desk.account.set(Some(account));
    }
}

/// All tabs of a browser are one phone and one session: when the phone comes or goes, ask who is signed in.
fn follow_other_tabs(ui: Ui) {
    let desk = ui.desk;
    let idle = ui.part(|view| view.link == LinkView::Idle);
    let told = Memo::new(move |_| desk.page.get().map(|_| idle.get()));
    Effect::new(move |before: Option<Option<bool>>| {
        let now = told.get();
        let (Some(before), Some(idle)) = (before, now) else {
            return now;
        };
        let surprised = match desk.standing.get_untracked() {
            Standing::SignedOut(_) => !idle,
            Standing::SignedIn(SignedIn {
                phone: Equipment::Here(_),
                ..
            }) => before == Some(false) && idle,
            Standing::SignedIn(_)
            | Standing::Asking
            | Standing::Absent
            | Standing::Unreachable
            | Standing::SigningIn
            | Standing::SigningOut
            // It is told again anyway; whoever finds the session meanwhile loses it then.
            | Standing::Untold
            | Standing::Ending => false,
        };
        if surprised {
            spawn(async move {
                desk.begin().await;
            });
        }
        now
    });
}
