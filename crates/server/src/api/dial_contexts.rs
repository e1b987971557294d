//! `PUT /api/dial-contexts`: a CRM's backend says whom to connect before the platform asks.

use axum::extract::State;
use axum::http::StatusCode;
use exotel::hooks::{CustomField, DialWhomAnswer};
use protocol::dial::{Customer, DialContext, DialKey};

use super::body::Body;
use crate::dial_whom::index_key;
use crate::store::StoredDialContext;
use crate::{Answer, App, Refused};

/// How many contexts one request may carry.
pub const MOST: usize = 1_000;
/// The largest body: so many contexts with long messages.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The longest message, number or address that is kept, bytes.
const LONGEST: usize = 512;

/// The longest name of a customer, and the longest line about them, characters.
const LONGEST_NAME: usize = 100;
const LONGEST_ABOUT: usize = 300;

/// Keeps all of a list, or none: each takes the place of an earlier one with the same key. Answers 204.
pub async fn put(State(app): State<App>, Body(contexts): Body<Vec<DialContext>>) -> Answer<StatusCode> {
    if contexts.len() > MOST {
        let message = format!("At most {MOST} contexts fit into one request. Send more requests.");
        return Err(Refused::field("contexts", message));
    }
    let now = crate::clock::now();
    let checked = contexts
        .into_iter()
        .enumerate()
        .map(|(index, context)| checked(index, context, now));
    let stored = checked.collect::<Answer<Vec<_>>>()?;
    if !stored.is_empty() {
        app.store.put_dial_contexts(&stored).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

fn checked(index: usize, context: DialContext, now: protocol::Millis) -> Answer<StoredDialContext> {
    let refused = |field: &str, message: String| Refused::field(&format!("[{index}].{field}"), message);
    check_key(&context.key).map_err(|message| refused("key", message))?;
    DialWhomAnswer::subscriber(&context.destination).map_err(|why| {
        refused(
            "destination",
            format!("{} Leave out sip: and the domain.", why.rule),
        )
    })?;
    let outgoing = exotel::PhoneNumber::as_given(context.outgoing_number.reveal());
    if !outgoing.is_empty() {
        outgoing
            .must_be_dialable("outgoing_number")
            .map_err(|why| refused("outgoing_number", why.rule.into_owned()))?;
    }
    if context.expires_at.is_some_and(|end| end <= now) {
        let message = "This moment has passed. Write Unix time in milliseconds, or leave it out.";
        return Err(refused("expires_at", message.to_owned()));
    }
    if let Some(customer) = &context.customer {
        check_customer(&context.key, customer).map_err(|message| refused("customer", message.to_owned()))?;
    }
    Ok(StoredDialContext {
        key: index_key(&context.key),
        context,
    })
}

/// What an agent is shown in the moment a phone rings is short, and leads nowhere but to a page.
fn check_customer(key: &DialKey, customer: &Customer) -> Result<(), &'static str> {
    if !matches!(key, DialKey::Caller(_)) {
        return Err("A customer belongs to a caller. Use a key of a caller's number.");
    }
    let name = customer.name.trim().chars().count();
    if name == 0 || name > LONGEST_NAME {
        return Err("A name has 1 to 100 characters.");
    }
    if customer.about.chars().count() > LONGEST_ABOUT {
        return Err("Say at most 300 characters about a customer.");
    }
    let link = &customer.link;
    if !link.is_empty() && (!link.starts_with("https://") || link.len() > LONGEST) {
        return Err("A link is an address that begins with https://, of at most 512 bytes.");
    }
    Ok(())
}

/// The platform would never ask for a key that breaks these rules.
fn check_key(key: &DialKey) -> Result<(), String> {
    let (text, what) = match key {
        DialKey::Message(message) => {
            if let Err(why) = CustomField::new(message.as_str()) {
                let why = why.to_string();
                let mut letters = why.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase());
                return Err(format!("{}{}.", first.unwrap_or_default(), letters.as_str()));
            }
            (message.as_str(), "message")
        }
        DialKey::Caller(number) | DialKey::Called(number) => (number.reveal(), "number"),
    };
    if text.trim().is_empty() || text.len() > LONGEST {
        return Err(format!("A {what} has 1 to {LONGEST} bytes."));
    }
    Ok(())
}
