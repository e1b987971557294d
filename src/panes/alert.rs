//! A call that rings while no tab is in front: a notification of the system with *Answer* and *Decline*; and missed calls as a
//! number on the program's icon.

use leptos::prelude::*;
use phone::CallId;
use softphone::language::t;
use softphone::panes_wire::{FromPanes, OnCall};
use softphone::web::notify::{self, Alert, Press};
use softphone::web::{page, spawn};

use crate::board::Board;

/// Follows the call and the missed calls; what is pressed goes to the page. What is returned is kept as long as that is wanted.
pub(crate) fn follow(board: Board) -> Option<softphone::web::Listener> {
    let ringing = board.line.ringing();
    Effect::new(move |shown: Option<Option<String>>| {
        let now = ringing.get();
        let name = now.as_ref().map(|call| call.id.0.to_string());
        match (shown.flatten(), name) {
            (Some(shown), Some(name)) if shown == name => Some(name),
            (shown, name) => {
                if let Some(shown) = shown {
                    spawn(async move { notify::close(&shown).await });
                }
                let call =
                    now.filter(|_| !page::visible() && board.policy.with_untracked(|it| it.notifications))?;
                spawn(show(call));
                name
            }
        }
    });
    Effect::new(move |_| {
        let unseen =
            |missed: &Vec<phone::view::MissedView>| missed.iter().filter(|missed| !missed.seen).count();
        notify::badge(board.missed.with(unseen));
    });
    notify::on_press(move |press, call| {
        let Some(id) = call.parse().ok().map(CallId) else {
            return;
        };
        match press {
            Press::Answer => board.say(&FromPanes::Answer(id)),
            Press::Decline => board.say(&FromPanes::Decline(id)),
            // The tab is in front now, and shows the call.
            Press::Show => {}
        }
    })
}

async fn show(call: OnCall) {
    let name = call.id.0.to_string();
    notify::show(&Alert {
        call: &name,
        title: t("Incoming call"),
        body: &call.who,
        answer: t("Answer"),
        decline: t("Decline"),
    })
    .await;
}
