//! What a typed number would be dialled as, by the server's word: it knows the country and its numbering plan.

use leptos::prelude::*;
use softphone::companion::Json as _;
use softphone::language::fill;
use softphone::notices::companion::refusal;
use softphone::number::{Dialled, grouped};
use softphone::web::ask::{self, Reply};
use softphone::web::{clock, panes, place, spawn};

use crate::board::Board;

/// From the last key to the question, ms.
const TYPED: u32 = 300;
/// Half a number is no mistake: what is wrong is said from so many digits on.
const WHOLE: usize = 10;

/// The agent has typed this: asks once they pause.
pub(crate) fn hear(board: Board, typed: String) {
    // The line is of another text.
    panes::write(panes::NUMBER, "");
    board.typed.set_value(typed.clone());
    if !typed.is_empty() {
        spawn(ask(board, typed));
    }
}

async fn ask(board: Board, typed: String) {
    clock::sleep(TYPED).await;
    let current = || board.typed.with_value(|now| *now == typed);
    let Dialled::Number(number) = Dialled::read(&typed) else {
        return;
    };
    if !current() {
        return;
    }
    let reply = ask::get(&["/api/numbers?text=", &place::segment(&typed)].concat()).await;
    if !current() {
        return;
    }
    let words = match reply {
        Reply::Said(said) => {
            let dialled = said.text("dialled").unwrap_or_default();
            let country = said.text("country").unwrap_or_default();
            fill("Will call {0} ({1})", &[&grouped(&dialled), &country])
        }
        Reply::Refused(422, said) if number.len() >= WHOLE => refusal(&said).title.into_owned(),
        Reply::Refused(..) | Reply::Unreachable => return,
    };
    panes::write(panes::NUMBER, &words);
}
