//! Sending what is due, and what comes of each.

use futures_util::StreamExt as _;
use futures_util::stream::iter;
use protocol::crm_webhooks::OutgoingState;

use super::pace::{TOO_LONG, wait};
use super::wire::{Posted, Wires};
use crate::store::{EndpointStanding, Kept, OutgoingTried, StoredOutgoing};
use crate::{App, clock};

/// Webhooks of one round, all at once.
const ROUND: u32 = 32;

/// Sends all that is due now, once each.
pub(super) async fn post(app: &App, wires: &Wires) -> Kept<()> {
    let due = app.store.due_outgoing(clock::now(), ROUND).await?;
    if due.is_empty() {
        return Ok(());
    }
    let standings = app.store.endpoints().await?;
    let one = |stored: StoredOutgoing| {
        let standing = standings
            .iter()
            .find(|standing| standing.name == stored.outgoing.endpoint);
        async move {
            let posted = wires.post(&stored, clock::now() / 1000).await;
            let lot = getrandom::u32().unwrap_or(0).to_le_bytes()[0];
            let tried = come_of(&stored, &posted, standing, lot, clock::now());
            let endpoint = &stored.outgoing.endpoint;
            if let Some(why) = &tried.off {
                tracing::error!(
                    endpoint,
                    why,
                    "a CRM is told nothing more until an admin turns it on"
                );
                app.auth.record("server", "crm_webhook_off", endpoint).await;
            }
            app.store.outgoing_tried(stored.id, endpoint, &tried).await
        }
    };
    let mut rounds = iter(due.into_iter().map(one)).buffer_unordered(ROUND as usize);
    while let Some(written) = rounds.next().await {
        written?;
    }
    Ok(())
}

/// What a try changes.
fn come_of(
    stored: &StoredOutgoing,
    posted: &Posted,
    standing: Option<&EndpointStanding>,
    lot: u8,
    now: protocol::Millis,
) -> OutgoingTried {
    let next = now + wait(stored.tries.saturating_add(1), lot);
    let late = next > stored.outgoing.until;
    let state = match posted {
        Posted::Taken(_) => OutgoingState::Done,
        Posted::Gone => OutgoingState::GivenUp,
        Posted::Refused(_) | Posted::Unheard(_) if late => OutgoingState::GivenUp,
        Posted::Refused(_) | Posted::Unheard(_) => OutgoingState::Waiting,
    };
    let words = match posted {
        Posted::Taken(status) => format!("Taken: {}.", status.as_u16()),
        Posted::Gone => "Refused: 410, it wants no more.".to_owned(),
        Posted::Refused(status) if status.is_redirection() => {
            format!(
                "Refused: {} is a redirect, which is not followed.",
                status.as_u16()
            )
        }
        Posted::Refused(status) => format!("Refused: {}.", status.as_u16()),
        Posted::Unheard(why) => (*why).to_owned(),
    };
    let through = matches!(posted, Posted::Taken(_));
    let failing_since = standing
        .and_then(|standing| standing.failing_since)
        .unwrap_or(now);
    let off = match posted {
        Posted::Gone => Some("It answered 410: it wants no more.".to_owned()),
        _ if !through && now - failing_since > TOO_LONG => {
            Some("Nothing has got through for three days.".to_owned())
        }
        _ => None,
    };
    OutgoingTried {
        state,
        words,
        not_before: next,
        through,
        off,
        at: now,
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use protocol::crm_webhooks::CrmNews;

    use super::super::A_DAY;
    use super::*;
    use crate::store::NewOutgoing;

    fn stored(tries: u32) -> StoredOutgoing {
        StoredOutgoing {
            id: 1,
            outgoing: NewOutgoing {
                message: "msg_1".to_owned(),
                endpoint: "crm".to_owned(),
                news: CrmNews::CallEnded,
                sid: "c1".to_owned(),
                agent: "asha".to_owned(),
                body: "{}".to_owned(),
                made_at: 0,
                not_before: 0,
                until: A_DAY,
            },
            state: OutgoingState::Waiting,
            tries,
            words: String::new(),
        }
    }

    fn since(failing_since: protocol::Millis) -> EndpointStanding {
        EndpointStanding {
            name: "crm".to_owned(),
            failing_since: Some(failing_since),
            off: None,
        }
    }

    #[test]
    fn what_fails_waits_and_is_given_up_after_a_day() {
        let away = Posted::Unheard("No answer came in time.");
        let tried = come_of(&stored(0), &away, None, 0, 1_000);
        assert_eq!((tried.state, tried.not_before), (OutgoingState::Waiting, 5_000));
        let tried = come_of(&stored(20), &away, None, 0, A_DAY - 60_000);
        assert_eq!(tried.state, OutgoingState::GivenUp);
        assert_eq!(
            come_of(
                &stored(20),
                &Posted::Taken(StatusCode::NO_CONTENT),
                None,
                0,
                A_DAY
            )
            .state,
            OutgoingState::Done
        );
    }

    #[test]
    fn who_is_gone_or_away_for_days_is_told_nothing_more() {
        assert!(come_of(&stored(0), &Posted::Gone, None, 0, 1).off.is_some());
        let refused = Posted::Refused(StatusCode::BAD_GATEWAY);
        assert_eq!(
            come_of(&stored(0), &refused, Some(&since(0)), 0, TOO_LONG).off,
            None
        );
        assert!(
            come_of(&stored(0), &refused, Some(&since(0)), 0, TOO_LONG + 1)
                .off
                .is_some()
        );
        let taken = Posted::Taken(StatusCode::OK);
        assert_eq!(
            come_of(&stored(0), &taken, Some(&since(0)), 0, TOO_LONG + 1).off,
            None
        );
    }
}
