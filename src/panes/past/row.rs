//! One past call in the list: open it, or call.

use leptos::prelude::*;
use phone::view::Way;
use softphone::companion::{Outcome, Past};
use softphone::language::{fill, t};
use softphone::number::{Dialled, grouped};
use softphone::panes_wire::FromPanes;
use softphone::words::{UNKNOWN, past};

use crate::board::Board;
use crate::elements::icon::{self, Icon};
use crate::elements::live::{maybe, nothing, press, text};
use crate::elements::windowed::Place;

/// The customer's number for reading.
pub(crate) fn title(call: &Past) -> String {
    match call.number.as_str() {
        "" => t(UNKNOWN).to_owned(),
        number => grouped(number),
    }
}

/// What calls the customer; `None` where nobody knows a number.
pub(crate) fn target(call: &Past) -> Option<FromPanes> {
    match Dialled::read(&call.number) {
        Dialled::Number(target) | Dialled::Address(target) => Some(FromPanes::Dial(target)),
        Dialled::Empty => None,
        // Masked: the server knows it.
        Dialled::Neither => Some(FromPanes::CallBack {
            sid: call.sid.clone(),
            number: call.number.clone(),
        }),
    }
}

/// The call's picture.
pub(crate) fn glyph(call: &Past) -> &'static str {
    match (call.outcome, call.way) {
        (Some(Outcome::Missed | Outcome::AnsweredElsewhere | Outcome::Declined), _) => icon::PHONE_MISSED,
        (_, Way::In) => icon::PHONE_IN,
        (_, Way::Out) => icon::PHONE_OUT,
    }
}

/// The row at a place; it follows what is known of the call there.
pub(super) fn row(board: Board, place: Place) -> AnyView {
    let calls = board.past.calls;
    let call = Memo::new(move |_| calls.with(|history| history.calls.get(place.index).cloned()));
    maybe(move || call.get().map(|call| drawn(board, place, call)))
}

fn drawn(board: Board, place: Place, call: Past) -> AnyView {
    let title = title(&call);
    let missed = call.outcome == Some(Outcome::Missed);
    let noted = match call.note.as_ref().map(|note| note.disposition.as_str()) {
        None => nothing(),
        Some("") => view! { <span class="tag">{t("Note")}</span> }.into_any(),
        Some(word) => view! { <span class="tag">{word.to_owned()}</span> }.into_any(),
    };
    let action = match target(&call) {
        Some(target) => {
            let name = fill("Call {0}", &[&title]);
            view! {
                <button
                    type="button"
                    class="row-action"
                    aria-label=name.clone()
                    title=name
                    tabindex=place.tabindex()
                    on:click=press(move || board.say(&target))
                >
                    <Icon d=icon::PHONE/>
                </button>
            }
            .into_any()
        }
        None => nothing(),
    };
    let picture = glyph(&call);
    let told = call.clone();
    let about = text(move || past::about(&told, board.clock.get()));
    // Said after the name, which hides what stands in the row.
    let id = ["past-", &call.sid].concat();
    let (below, name) = (id.clone(), title.clone());
    view! {
        <button
            type="button"
            class=if missed { "row new" } else { "row" }
            aria-label=name
            aria-describedby=below
            tabindex=place.tabindex()
            on:click=press(move || board.open(call.clone()))
        >
            <Icon d=picture/>
            <span class="row-text">
                <span class="row-title">{title}</span>
                <span class="row-about" id=id>{about}</span>
            </span>
            {noted}
        </button>
        {action}
    }
    .into_any()
}
