//! Several subscribers at once; each succeeds or fails by itself.

use exotel::subscribers::{CreateSubscribers, NewSubscriber, Subscriber, SubscriberStatus};
use exotel::{IST, Timestamp};
use serde_json::json;
use sip::Instant;

use super::super::records::Subscribed;
use super::super::wrapping::{failed_item, item};
use super::super::{Ask, No, Platform, Quirk, Yes};

/// The most in one request.
const MOST: usize = 10;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 16;

/// `POST /subscribers`
pub(super) fn create(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let sid = super::account(platform, ask)?;
    let asked: CreateSubscribers = ask.json()?;
    if asked.subscribers.is_empty() || asked.subscribers.len() > MOST {
        return Err(No::bad("subscribers holds 1 to 10 of them"));
    }
    let results: Vec<_> = asked
        .subscribers
        .into_iter()
        .map(|asked| add(platform, now, &sid, asked))
        .collect();
    let failed = results.iter().filter(|result| result.is_err()).count();
    let metadata = json!({ "failed": failed, "success": results.len() - failed });
    let items = results.iter().map(|result| {
        result
            .as_ref()
            .map_or_else(failed_item, |subscriber| item(&json!(subscriber)))
    });
    Ok(Yes::Many {
        status: 207,
        metadata,
        items: items.collect(),
    })
}

fn add(platform: &mut Platform, now: Instant, sid: &str, asked: NewSubscriber) -> Result<Subscriber, No> {
    let name = asked.subscriber_name;
    let longest = match platform.quirks.has(Quirk::ShortNames) {
        true => LONGEST_NAME - 1,
        false => LONGEST_NAME,
    };
    if !(1..=longest).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(No::bad("subscriber_name is 1 to 16 letters and digits"));
    }
    let time = Timestamp::at(platform.wall(now), IST);
    let no = platform.records.count();
    let all = platform.records.subscribers.entry(sid.to_owned()).or_default();
    if all.contains_key(&name) {
        return Err(No::new(409, "Subscriber already exists"));
    }
    let record = Subscriber {
        subscriber_name: name.clone(),
        status: SubscriberStatus::Active,
        custom_field: asked.custom_field,
        date_created: time.clone(),
        date_updated: time,
        ..Subscriber::default()
    };
    let kept = Subscribed {
        no,
        record: record.clone(),
    };
    all.insert(name, kept);
    Ok(record)
}
