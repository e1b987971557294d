//! From keys to an answer, in time.

use std::time::Duration;

use exotel::PhoneNumber;
use exotel::hooks::DialWhomAnswer;
use protocol::dial::DialContext;

use crate::config::DialWhomConfig;
use crate::store::{Kept, StoredDialContext};

/// What an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A context that was told before.
    Context,
    /// The configured subscriber: there is no context.
    Fallback,
    /// The configured subscriber: the store failed or was too slow.
    Deadline,
    /// There is no context, and nobody is configured.
    Nobody,
}

/// An answer, if there is one, and what it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Whom to connect.
    pub answer: Option<DialWhomAnswer>,
    /// Why them.
    pub source: Source,
}

/// Answers by what `looking_up` finds, at the latest after the deadline.
pub async fn answer<F>(config: &DialWhomConfig, looking_up: F) -> Answered
where
    F: Future<Output = Kept<Option<StoredDialContext>>> + Send + 'static,
{
    let found = in_time(looking_up, config.deadline).await;
    let source = match found {
        Ok(Some(context)) => match from_context(&context) {
            Some(answer) => {
                return Answered {
                    answer: Some(answer),
                    source: Source::Context,
                };
            }
            None => Source::Fallback,
        },
        Ok(None) => Source::Fallback,
        Err(TooLate) => Source::Deadline,
    };
    let fallback = config.fallback.as_deref();
    match fallback.and_then(|name| DialWhomAnswer::subscriber(name).ok()) {
        Some(answer) => Answered {
            answer: Some(answer),
            source,
        },
        None => Answered {
            answer: None,
            source: Source::Nobody,
        },
    }
}

/// The store failed, or said nothing in time.
struct TooLate;

/// Runs beside the question: a store that blocks its thread, or panics, takes only this task with it.
async fn in_time<F>(looking_up: F, deadline: Duration) -> Result<Option<DialContext>, TooLate>
where
    F: Future<Output = Kept<Option<StoredDialContext>>> + Send + 'static,
{
    let mut task = tokio::spawn(looking_up);
    match tokio::time::timeout(deadline, &mut task).await {
        Ok(Ok(Ok(found))) => Ok(found.map(|stored| stored.context)),
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "dial-whom: the store failed, the fallback answers");
            Err(TooLate)
        }
        // It panicked, or the server is going down.
        Ok(Err(_)) => Err(TooLate),
        Err(_) => {
            task.abort();
            tracing::warn!("dial-whom: the store is too slow, the fallback answers");
            Err(TooLate)
        }
    }
}

fn from_context(context: &DialContext) -> Option<DialWhomAnswer> {
    // It was checked when it was told; another version of this program may have written it.
    let answer = DialWhomAnswer::subscriber(&context.destination).ok()?;
    Some(DialWhomAnswer {
        outgoing_phone_number: PhoneNumber::as_given(context.outgoing_number.reveal()),
        record: context.record,
        ..answer
    })
}
