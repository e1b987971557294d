//! What a host may ask that only the server can do.

use protocol::crm_log::{LogAsk, LogEntries};
use protocol::embed::{Fault, FaultCode, Outcome, Ringing, SavedNote};
use protocol::history::Note;
use protocol::phone::{DeviceName, DeviceState, PhoneSetup, SetDevice};
use protocol::problem::Problem;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use softphone::companion::Device;
use softphone::embed::{ServerWork, Settled};
use softphone::web::ask;

/// Does it.
pub(crate) async fn work(work: ServerWork) -> Settled {
    match work {
        ServerWork::Device(ringing) => {
            let set = SetDevice {
                active: match ringing {
                    Ringing::Browser => Some(DeviceName::Sip),
                    Ringing::Telephone => Some(DeviceName::Phone),
                    Ringing::Nothing => None,
                },
            };
            let state: DeviceState = send("PUT", "/api/device", &set).await?;
            Ok(Outcome::Ringing(match state.active {
                Some(DeviceName::Sip) => Ringing::Browser,
                Some(DeviceName::Phone) => Ringing::Telephone,
                None => Ringing::Nothing,
            }))
        }
        ServerWork::Logged { sid, done } => told(&format!("/api/log/{sid}/done"), &done).await,
        ServerWork::LogFailed { sid, failed } => told(&format!("/api/log/{sid}/failed"), &failed).await,
        ServerWork::Note {
            sid,
            text,
            disposition,
        } => {
            if !is_plain(&sid) {
                return Err(Fault::new(FaultCode::NoCall, "There is no call of this id."));
            }
            let note = Note {
                text,
                disposition,
                updated_at: 0,
            };
            let kept: Note = send("PUT", &format!("/api/calls/{sid}/note"), &note).await?;
            Ok(Outcome::Note(SavedNote {
                text: kept.text,
                disposition: kept.disposition,
                updated_at: kept.updated_at,
            }))
        }
    }
}

/// The device that the platform rings now; `None` if the server does not say.
pub(crate) async fn ringing() -> Option<Option<Device>> {
    let (status, text) = ask::whole("GET", "/api/phone", None).await?;
    let setup: PhoneSetup = (status == 200).then(|| serde_json::from_str(&text).ok())??;
    Some(setup.device.active.map(|device| match device {
        DeviceName::Phone => Device::Phone,
        DeviceName::Sip => Device::Browser,
    }))
}

/// Calls to be logged; `None` if the server does not say.
pub(crate) async fn lease(holder: String) -> Option<LogEntries> {
    send("POST", "/api/log/lease", &LogAsk { holder }).await.ok()
}

/// Tells the server something that it answers with no words.
async fn told(path: &str, body: &impl Serialize) -> Settled {
    let IgnoredAny = send("POST", path, body).await?;
    Ok(Outcome::Nothing)
}

async fn send<T: DeserializeOwned>(method: &str, path: &str, body: &impl Serialize) -> Result<T, Fault> {
    let body = serde_json::to_string(body).unwrap_or_default();
    let Some((status, text)) = ask::whole(method, path, Some(&body)).await else {
        let message = "The phone's server did not answer. It may have been done; look before you try again.";
        return Err(Fault::passing(FaultCode::Unknown, message));
    };
    if (200..300).contains(&status) {
        let text = if text.is_empty() { "null" } else { &text };
        return serde_json::from_str(text).map_err(|_| {
            let message =
                "The server's answer cannot be read. It may be another version; load the page anew.";
            Fault::new(FaultCode::Unknown, message)
        });
    }
    Err(match serde_json::from_str::<Problem>(&text) {
        Ok(problem) => refused(status, problem),
        Err(_) => Fault::passing(
            FaultCode::Unknown,
            "The phone's server did not answer clearly. Try again.",
        ),
    })
}

fn refused(status: u16, problem: Problem) -> Fault {
    let code = if status == 401 {
        FaultCode::SignedOut
    } else {
        FaultCode::Refused
    };
    let vendor = problem
        .vendor
        .filter(|words| !problem.message.contains(words.as_str()));
    let message = match vendor {
        Some(vendor) => [&problem.message, " ", &vendor].concat(),
        None => problem.message,
    };
    Fault {
        code,
        message,
        retry: problem.retry_after.is_some() || status >= 500,
    }
}

/// An id goes into a path.
fn is_plain(sid: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !sid.is_empty() && sid.len() <= 128 && sid.chars().all(plain)
}
