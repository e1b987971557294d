//! What a host says on the port, read: fields that nobody knows are skipped, commands that nobody knows are refused by name.

use protocol::embed::{Ask, Asked, Fault, FaultCode, LONGEST};
use serde::Deserialize;
use serde_json::Value;

/// A message that is no command of ours.
#[derive(Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its number, if that could be read.
    pub id: Option<u32>,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Reads one message.
///
/// # Errors
/// What to tell its sender.
pub fn asked(text: &str) -> Result<Asked, Unread> {
    let unread = |id, code, message: String| Unread {
        id,
        fault: Fault::new(code, message),
    };
    if text.len() > LONGEST {
        let message = format!("A message has at most {LONGEST} bytes. Send less at once.");
        return Err(unread(None, FaultCode::BadMessage, message));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = format!("A message is JSON text: {error}.");
        unread(None, FaultCode::BadMessage, message)
    })?;
    let id = value
        .get("id")
        .and_then(Value::as_u64)
        .and_then(|id| u32::try_from(id).ok());
    let Some(number) = id else {
        let message = "A command has a field \"id\": a whole number, one for each command.";
        return Err(unread(None, FaultCode::BadMessage, message.to_owned()));
    };
    let ask = value.get("ask").unwrap_or(&Value::Null);
    let Some(name) = name(ask) else {
        let message = "A command has a field \"ask\" that names one command: {\"ask\": {\"dial\": {…}}}.";
        return Err(unread(id, FaultCode::BadMessage, message.to_owned()));
    };
    if !Ask::NAMES.contains(&name) {
        let shown: String = name.chars().take(40).collect();
        let message = format!(
            "This phone has no command {shown:?}. It knows {}.",
            Ask::NAMES.join(", ")
        );
        return Err(unread(id, FaultCode::UnknownCommand, message));
    }
    let ask = Ask::deserialize(ask).map_err(|error| {
        let message = format!("The command {name:?} cannot be read: {error}.");
        unread(id, FaultCode::BadMessage, message)
    })?;
    Ok(Asked { id: number, ask })
}

/// The name of the one command that `ask` holds.
fn name(ask: &Value) -> Option<&str> {
    let members = ask.as_object()?;
    let (name, _) = members.iter().next()?;
    (members.len() == 1).then_some(name)
}
