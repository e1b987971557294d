//! One click on *Call* (design §4): placed, refused, or unknown. One key is one call, however often it comes.
//!
//! ```text
//! click -> number read -> same click under way here? wait for it
//!                      -> key claimed in the store -> known: its outcome, or unknown while another node has it
//!                                                  -> new:   rate -> the vendor's outbound_call -> facts kept -> outcome kept
//! ```
//! From the claim on the work goes on without the browser: one that closes its connection learns the outcome by coming
//! again with the same key. The agent's own leg may ring before any answer; nothing here waits for it.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use exotel::error::Kind;
use exotel::integrations::{OutboundCall, PlacedCall};
use protocol::PhoneNumber;
use protocol::call::{PlaceCall, Placement};

use super::clicks::{Clicks, Entry, UnderWay};
use super::rate::AgentRate;
use super::{calls_seen, masking, numbers};
use crate::auth::Caller;
use crate::store::{PlacementState, Write};
use crate::vendor::VendorError;
use crate::{Answer, App, Refused, calls, clock};

/// A repeat waits so long for the first click on another node, in so many looks.
const LOOKS: u32 = 10;
/// The pause between two looks.
const BETWEEN: Duration = Duration::from_millis(300);

/// What placing remembers on this node.
#[derive(Default)]
pub struct Placing {
    clicks: Clicks,
    rate: AgentRate,
}

/// A click that may be dialled.
struct Click {
    who: String,
    agent: String,
    key: String,
    to: PhoneNumber,
}

/// Places the call that `caller` asks for, or tells what became of the same click before.
///
/// # Errors
/// The key or the number is none, or the key was for another number; the store cannot be reached.
pub async fn place(app: &App, caller: &Caller, asked: &PlaceCall) -> Answer<Placement> {
    check_key(&asked.key)?;
    let earlier = match &asked.call {
        Some(sid) => Some(customer_of(app, caller, sid).await?),
        None => None,
    };
    let wanted = earlier.as_ref().unwrap_or(&asked.to);
    let number = numbers::read(wanted.reveal(), &app.config.phone.country)
        .map_err(|fault| Refused::field("to", fault.to_string()))?;
    let to = number.dialled.clone();
    let click = Click {
        who: caller.name.clone(),
        agent: caller.agent()?.to_owned(),
        key: asked.key.clone(),
        to: number.dialled,
    };
    // With its number: the same key for another one is not the same click.
    let this = [&click.key, ":", click.to.reveal()].concat();
    let mut outcome = match app.placing.clicks.enter(&click.agent, &this) {
        Entry::Repeat(outcome) => outcome,
        Entry::First(under_way, outcome) => {
            app.drain.spawn(work(app.clone(), click, under_way));
            outcome
        }
    };
    let said = outcome.wait_for(Option::is_some).await;
    let said = said.ok().and_then(|outcome| outcome.clone());
    match said.unwrap_or_else(|| Ok(unknown()))? {
        Placement::Placed { dialled, .. } if dialled != to => Err(another_number()),
        // Who called somebody back by a call may not see the number.
        Placement::Placed { sid, dialled } if earlier.is_some() => Ok(Placement::Placed {
            sid,
            dialled: masking::number_for(&app.policy, caller.role, dialled),
        }),
        placement => Ok(placement),
    }
}

/// The customer of an earlier call of the agent's.
async fn customer_of(app: &App, caller: &Caller, sid: &str) -> Answer<PhoneNumber> {
    let call = calls_seen::own(app, caller, sid).await?;
    let number = call.facts.number.map(|told| told.what);
    number.ok_or_else(|| Refused::field("call", "The platform has not told the number of this call."))
}

/// 409: the key of another click.
fn another_number() -> Refused {
    let message = "This click's key was for another number. Give each click a key of its own.";
    let mut refused = Refused::new(StatusCode::CONFLICT, "key_of_another", message);
    refused.problem.field = Some("key".to_owned());
    refused
}

/// 8 to 64 letters, digits or hyphens.
fn check_key(key: &str) -> Result<(), Refused> {
    let fits = key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match fits && (8..=64).contains(&key.len()) {
        true => Ok(()),
        false => Err(Refused::field(
            "key",
            "A click's key is 8 to 64 letters, digits or hyphens.",
        )),
    }
}

async fn work(app: App, click: Click, under_way: UnderWay) {
    let outcome = claimed(&app, &click).await;
    under_way.end(outcome);
}

/// Claims the key; the first to have it dials.
async fn claimed(app: &App, click: &Click) -> Answer<Placement> {
    for look in 0..=LOOKS {
        let known = app
            .store
            .begin_placement(&click.agent, &click.key, click.to.reveal(), clock::now())
            .await?;
        match known {
            None => {
                let outcome = dialled(app, click).await;
                if let Err(error) = app.store.end_placement(&click.agent, &click.key, &outcome).await {
                    // A repeat will be told "unknown": it places nothing, which is what matters.
                    tracing::error!(%error, "the outcome of a placed call could not be kept");
                }
                return Ok(outcome);
            }
            Some(PlacementState::AnotherNumber) => return Err(another_number()),
            Some(PlacementState::Ended(outcome)) => return Ok(outcome),
            Some(PlacementState::Begun) if look < LOOKS => tokio::time::sleep(BETWEEN).await,
            Some(PlacementState::Begun) => {}
        }
    }
    Ok(unknown())
}

async fn dialled(app: &App, click: &Click) -> Placement {
    let limit = app.config.phone.calls_per_minute;
    if let Err(seconds) = app.placing.rate.take(&click.agent, limit, Instant::now()) {
        return refused(format!(
            "You may place {limit} calls in a minute. Wait {seconds} s, then call again."
        ));
    }
    match outbound_call(app, click).await {
        Ok(placed) => {
            keep(app, click, &placed).await;
            Placement::Placed {
                sid: placed.call_sid,
                dialled: click.to.clone(),
            }
        }
        Err(error) if error.outcome_is_unknown() => unknown(),
        Err(error) => Placement::Refused {
            message: sentence(&error),
            vendor: error.words().unwrap_or_default().to_owned(),
        },
    }
}

async fn outbound_call(app: &App, click: &Click) -> Result<PlacedCall, VendorError> {
    let call = OutboundCall {
        customer_id: app.vendor.customer_id().await?,
        app_id: app.vendor.app_id(),
        to: exotel::PhoneNumber::as_given(click.to.reveal()),
        user_id: click.agent.clone(),
    };
    app.vendor.call(&click.who, &call).await
}

/// Keeps what is known of the call before anybody is told that it is placed.
async fn keep(app: &App, click: &Click, placed: &PlacedCall) {
    let at = clock::now();
    let shown = placed
        .more
        .0
        .get("VirtualNumber")
        .and_then(|number| number.as_str());
    let facts = calls::of_placement(&click.agent, click.to.reveal(), shown.unwrap_or_default(), at);
    let write = Write {
        facts: Some((placed.call_sid.clone(), facts)),
        at,
        ..Write::default()
    };
    if let Err(error) = app.writer.write(write).await {
        // The webhook of its end, or reconciliation, brings it back.
        tracing::error!(%error, "a placed call could not be kept");
    }
}

fn unknown() -> Placement {
    let message = "The platform gave no clear answer. Your phone may still ring: wait half a minute before you call again.";
    Placement::Unknown {
        message: message.to_owned(),
    }
}

fn refused(message: String) -> Placement {
    let vendor = String::new();
    Placement::Refused { message, vendor }
}

/// What an agent can do about it.
fn sentence(error: &VendorError) -> String {
    let said = match error {
        VendorError::Invalid(invalid) => return invalid.rule.to_string(),
        VendorError::Busy { .. } => "Too many calls are being placed from here. Try again in a minute.",
        VendorError::NoCredential(_) => "The server cannot sign in to the platform. Tell an admin.",
        VendorError::Unreachable { .. } => {
            "The platform cannot be reached. Nothing was dialled; try again in a moment."
        }
        VendorError::Api(_) => match error.kind() {
            Some(Kind::AgentBusy) => "Your phone is on a call. End that one, then call again.",
            Some(Kind::RateLimited) => "The platform takes no more calls this minute. Try again shortly.",
            Some(Kind::Unauthorized) => {
                "The platform does not accept this server's credentials. Tell an admin."
            }
            Some(Kind::Forbidden) => "The account may not place calls. Tell an admin.",
            Some(Kind::NotFound) => "The platform does not know you as an agent. Tell an admin.",
            Some(
                Kind::BadRequest | Kind::Conflict | Kind::Gone | Kind::TooLarge | Kind::Server | Kind::Other,
            )
            | None => "The platform refused the call. Check the number, then call again.",
        },
    };
    said.to_owned()
}
