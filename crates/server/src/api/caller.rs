//! Who is at the other end of a call, as far as this server knows.

use axum::Json;
use axum::extract::State;
use protocol::PhoneNumber;
use protocol::dial::DialKey;
use protocol::history::{CallerCard, PastCall};

use super::Sid;
use crate::auth::Caller;
use crate::dial_whom::{index_key, same_subscriber};
use crate::phone::{calls_seen, masking};
use crate::store::HistoryQuery;
use crate::{Answer, App, clock};

/// So many earlier calls are counted; of more it is said that there are more.
const COUNTED: u32 = 100;

/// `GET /api/calls/{sid}/caller`: what the agent of a call had to do with its customer before, and what a CRM has told of
/// them. Of their own calls only, as in their history.
pub async fn show(State(app): State<App>, caller: Caller, Sid(sid): Sid) -> Answer<Json<CallerCard>> {
    let call = calls_seen::own(&app, &caller, &sid).await?;
    let agent = caller.agent()?;
    let number = call.facts.number.map(|told| told.what).unwrap_or_default();
    let mut card = CallerCard {
        number: masking::number_for(&app.policy, caller.role, number.clone()),
        ..CallerCard::default()
    };
    if !names_somebody(&number) {
        return Ok(Json(card));
    }
    let query = HistoryQuery {
        agent: Some(agent.to_owned()),
        to: Some(call.facts.first_news),
        search: Some(last_digits(&number)),
        limit: COUNTED + 1,
        ..HistoryQuery::default()
    };
    let page = app.store.history(&query).await?;
    let mut earlier: Vec<_> = page
        .calls
        .into_iter()
        .filter(|(view, _)| view.sid != sid && same_subscriber(&view.number, &number))
        .collect();
    card.more = page.next.is_some();
    card.earlier = u32::try_from(earlier.len()).unwrap_or(COUNTED);
    card.last_note = earlier.iter().find_map(|(_, note)| note.clone());
    if !earlier.is_empty() {
        let (view, note) = earlier.swap_remove(0);
        card.last = Some(PastCall {
            call: masking::view_for(&app.policy, caller.role, view),
            note,
        });
    }
    let key = index_key(&DialKey::Caller(number));
    let context = app.store.dial_context(&[key], clock::now()).await?;
    card.customer = context.and_then(|known| known.context.customer);
    Ok(Json(card))
}

/// Whether a number is somebody's. One that was withheld comes as a word (`anonymous`), the same for everybody.
fn names_somebody(number: &PhoneNumber) -> bool {
    let text = number.reveal();
    text.starts_with("sip:") || text.chars().any(|c| c.is_ascii_digit())
}

/// What all ways of writing a number have in common.
fn last_digits(number: &PhoneNumber) -> String {
    let digits: Vec<char> = number.reveal().chars().filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(10)).collect()
}
