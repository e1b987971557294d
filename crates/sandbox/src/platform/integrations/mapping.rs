//! Tying people of the customer's application to people of the account.

use exotel::PhoneNumber;
use exotel::integrations::{App, NewUser};
use serde_json::Value;
use sip::Instant;

use super::super::device::Devices;
use super::super::records::Mapping;
use super::super::{Ask, Consequence, No, Platform, Quirk, Yes, demo};
use super::{app, describe, done};
use crate::account::Account;
use crate::entropy;

/// `POST /usermapping`: all of the array or none. A mail address nobody has becomes a new co-worker.
pub(super) fn add(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let asked: Vec<NewUser> = ask.json()?;
    if asked.is_empty() {
        return Err(No::bad("At least one user is needed"));
    }
    for (index, user) in asked.iter().enumerate() {
        check(platform, &app, user)?;
        let clash = |other: &NewUser| other.app_user_id == user.app_user_id || other.email == user.email;
        let known = platform.records.users.get(&app.app_id);
        let mapped = known.is_some_and(|users| users.values().any(|mapping| clash(&mapping.user)));
        if mapped || asked.iter().take(index).any(clash) {
            return Err(No::new(409, "A mapping for this user exists"));
        }
    }
    let wall = platform.wall(now);
    let mut described = Vec::new();
    for user in asked {
        employ(platform, &user);
        let has_phone = user
            .agent_number
            .as_ref()
            .is_some_and(|number| !number.is_empty());
        let mapping = Mapping {
            user,
            devices: Devices::new(has_phone),
            created: wall,
            updated: wall,
        };
        described.push(describe(platform, &app, &mapping));
        let no = platform.records.count();
        let users = platform.records.users.entry(app.app_id.clone()).or_default();
        users.insert(no, mapping);
    }
    Ok(done(platform, Value::Array(described)))
}

fn check(platform: &Platform, app: &App, user: &NewUser) -> Result<(), No> {
    let needed = [
        ("AppUserId", &user.app_user_id),
        ("AppUsername", &user.app_username),
        ("Email", &user.email),
        ("ExotelAccountSid", &user.exotel_account_sid),
        ("ExotelUserName", &user.exotel_user_name),
    ];
    if let Some((name, _)) = needed.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(No::bad(format!("{name} is mandatory")));
    }
    if !user
        .email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
    {
        return Err(No::bad("Email is invalid"));
    }
    if !is_full_name(&user.exotel_user_name) {
        return Err(No::bad(
            "ExotelUserName is FirstName LastName, each of 3 to 20 characters",
        ));
    }
    if user.exotel_account_sid != app.exotel_account_sid {
        return Err(No::bad("ExotelAccountSid is not the app's"));
    }
    let zero = platform.quirks.has(Quirk::AgentNumberNeedsZero);
    let dials = |number: &PhoneNumber| {
        number.must_be_dialable("AgentNumber").is_ok() && !(zero && number.reveal().len() == 10)
    };
    if user
        .agent_number
        .as_ref()
        .is_some_and(|number| !number.is_empty() && !dials(number))
    {
        return Err(No::bad("AgentNumber is invalid"));
    }
    Ok(())
}

fn is_full_name(name: &str) -> bool {
    let words: Vec<_> = name.split(' ').collect();
    words.len() == 2 && words.iter().all(|word| (3..=20).contains(&word.chars().count()))
}

/// Makes a co-worker with a SIP account of their own, unless the account has this person.
fn employ(platform: &mut Platform, user: &NewUser) {
    if platform.records.coworker(user).is_some() {
        return;
    }
    let account = Account {
        user: platform.mint.sip_user(),
        display: user.exotel_user_name.clone(),
        password: entropy::hex(&platform.mint.bytes()),
    };
    let (sid, email, name) = (&user.exotel_account_sid, &user.email, &user.exotel_user_name);
    let mut coworker = demo::coworker(sid, email, name, &account, &mut platform.mint);
    coworker.made_by_mapping = true;
    platform.records.employ(coworker);
    platform.out.push_back(Consequence::AgentAdded(account));
}
