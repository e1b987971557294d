//! Accounts, sessions, tickets, keys.

use protocol::session::Role;
use server::store::{ApiKey, Carrier, Person, StoredSession, StoredTicket};

use crate::place::Place;

/// A session of `name` until 100, with a hash of `byte`s.
pub(crate) fn session(byte: u8, name: &str) -> StoredSession {
    StoredSession {
        hash: [byte; 32],
        name: name.to_owned(),
        role: Role::Supervisor,
        agent: Some("agent-1".to_owned()),
        carrier: Carrier::Bearer {
            embedded_in: "https://crm.example".to_owned(),
        },
        created_at: 1,
        expires_at: 100,
    }
}

fn person(name: &str, agent: Option<&str>) -> Person {
    Person {
        name: name.to_owned(),
        password_hash: "$argon2id$".to_owned(),
        role: Role::Agent,
        agent: agent.map(str::to_owned),
        subscriber: Some("sub".to_owned()),
        disabled: false,
        created_at: 5,
    }
}

pub(crate) async fn accounts_and_their_sessions(place: Place) {
    let store = place.open().await;
    let asha = person("asha", Some("agent-1"));
    let ravi = person("ravi", None);
    store.put_person(&ravi).await.unwrap();
    store.put_person(&asha).await.unwrap();
    assert_eq!(store.people().await.unwrap(), [asha.clone(), ravi]);
    assert_eq!(
        store.person_of_agent("agent-1").await.unwrap(),
        Some(asha.clone())
    );
    assert_eq!(store.person_of_agent("agent-2").await.unwrap(), None);
    let changed = Person {
        role: Role::Admin,
        disabled: true,
        agent: None,
        ..asha
    };
    store.put_person(&changed).await.unwrap();
    assert_eq!(store.person("asha").await.unwrap(), Some(changed));

    let mine = session(1, "asha");
    let other = StoredSession {
        carrier: Carrier::Cookie,
        agent: None,
        ..session(2, "asha")
    };
    for session in [&mine, &other, &session(3, "ravi")] {
        store.put_session(session).await.unwrap();
    }
    assert_eq!(store.session(&[1; 32], 99).await.unwrap(), Some(mine));
    assert_eq!(store.session(&[1; 32], 100).await.unwrap(), None);
    assert_eq!(store.session(&[2; 32], 1).await.unwrap(), Some(other));
    store.extend_session(&[1; 32], 200).await.unwrap();
    assert_eq!(
        store.session(&[1; 32], 150).await.unwrap().unwrap().expires_at,
        200
    );
    store.put_session(&session(4, "asha")).await.unwrap();
    let hashes = ("$argon2id$", "$argon2id$2");
    let ended = |hash: [u8; 32]| {
        let store = store.clone();
        async move { store.session(&hash, 1).await.unwrap().is_none() }
    };
    let wrong = store.put_password("asha", "another", hashes.1, &[4; 32], 9).await;
    assert!(!wrong.unwrap() && !ended([1; 32]).await);
    let right = store.put_password("asha", hashes.0, hashes.1, &[4; 32], 9).await;
    assert!(right.unwrap() && ended([1; 32]).await && ended([2; 32]).await);
    assert!(!ended([3; 32]).await && !ended([4; 32]).await);
    let asha = store.person("asha").await.unwrap().unwrap();
    assert_eq!((asha.password_hash.as_str(), asha.disabled), (hashes.1, true));
    assert_eq!(store.end_sessions_of("asha", 9).await.unwrap(), 1);
    assert!(ended([4; 32]).await);
    assert!(store.remove_person("ravi").await.unwrap());
    assert!(!store.remove_person("ravi").await.unwrap());
    assert_eq!(store.session(&[3; 32], 1).await.unwrap(), None);
}

pub(crate) async fn a_ticket_is_taken_once(place: Place) {
    let nodes = [place.open().await, place.open().await];
    let ticket = |byte, expires_at| StoredTicket {
        hash: [byte; 32],
        name: "asha".to_owned(),
        origin: "https://crm.example".to_owned(),
        expires_at,
    };
    nodes[0].put_ticket(&ticket(1, 100)).await.unwrap();
    nodes[0].put_ticket(&ticket(2, 100)).await.unwrap();
    let racers: Vec<_> = (0..50)
        .map(|n| {
            let store = nodes[n % 2].clone();
            tokio::spawn(async move { store.take_ticket(&[1; 32], 99).await.unwrap() })
        })
        .collect();
    let mut got = Vec::new();
    for racer in racers {
        got.extend(racer.await.unwrap());
    }
    assert_eq!(got, [ticket(1, 100)]);
    assert_eq!(
        nodes[0].take_ticket(&[2; 32], 100).await.unwrap(),
        None,
        "too late"
    );
    assert_eq!(nodes[0].take_ticket(&[2; 32], 1).await.unwrap(), None, "and gone");
}

pub(crate) async fn an_api_key_can_be_revoked(place: Place) {
    let store = place.open().await;
    let key = ApiKey {
        hash: [4; 32],
        name: "crm".to_owned(),
        created_at: 1,
        revoked: false,
    };
    store.put_api_key(&key).await.unwrap();
    assert_eq!(store.api_key(&[4; 32]).await.unwrap(), Some(key.clone()));
    let revoked = ApiKey { revoked: true, ..key };
    store.put_api_key(&revoked).await.unwrap();
    assert_eq!(store.api_key(&[4; 32]).await.unwrap(), Some(revoked));
    assert_eq!(store.api_key(&[5; 32]).await.unwrap(), None);
}

/// Two admins at once: one agent is given to one account, one name to one live key.
pub(crate) async fn one_agent_has_one_account_and_one_name_one_live_key(place: Place) {
    let store = place.open().await;
    let people = (0..8).map(|n| {
        let store = store.clone();
        let person = Person {
            name: format!("person{n}"),
            password_hash: String::new(),
            role: Role::Agent,
            agent: Some("asha".to_owned()),
            subscriber: None,
            disabled: false,
            created_at: 1,
        };
        tokio::spawn(async move { store.put_person(&person).await.unwrap() })
    });
    let mut written = 0;
    for person in people.collect::<Vec<_>>() {
        written += u32::from(person.await.unwrap());
    }
    assert_eq!((written, store.people().await.unwrap().len()), (1, 1));
    let key = |n: u8, revoked| ApiKey {
        hash: [n; 32],
        name: "crm".to_owned(),
        created_at: 1,
        revoked,
    };
    let keys = (0..8).map(|n| {
        let (store, key) = (store.clone(), key(n, false));
        tokio::spawn(async move { (n, store.put_api_key(&key).await.unwrap()) })
    });
    let mut live = Vec::new();
    for key in keys.collect::<Vec<_>>() {
        let (n, written) = key.await.unwrap();
        live.extend(written.then_some(n));
    }
    assert_eq!(live.len(), 1);
    assert!(store.put_api_key(&key(live[0], true)).await.unwrap());
    assert!(
        store.put_api_key(&key(9, false)).await.unwrap(),
        "the other is revoked"
    );
}
