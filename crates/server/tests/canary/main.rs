//! Secrets stay where they are: the built program, asked everything by everybody in front of a vendor that repeats
//! what it hears, with every line logged that there is.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod drive;
mod loud;
mod process;
mod secrets;
mod stage;

use loud::Mood;
use process::Folder;
use secrets::Canaries;
use stage::Stage;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_in_an_answer_a_line_a_record_or_an_export() {
    let mut stage = Stage::start().await;
    let asha = stage.sign_in("asha").await;
    let lead = stage.sign_in("lead").await;
    let boss = stage.sign_in("boss").await;
    let (sid, id) = drive::change_everything(&mut stage, &asha, &boss).await;
    drive::send_hooks(&mut stage).await;
    drive::ask_nonsense(&mut stage, &asha).await;
    for mood in [
        Mood::Repeating(500),
        Mood::Repeating(400),
        Mood::Repeating(404),
        Mood::Shouting(500),
        Mood::Shouting(403),
        Mood::Silent,
        Mood::Repeating(401),
    ] {
        drive::ask_the_vendor(&mut stage, &asha, &boss, mood, &id).await;
    }
    stage.loud.be(Mood::Calm);
    for who in [&asha, &lead, &boss] {
        drive::read_everything(&mut stage, who, &sid, &id).await;
    }
    for (index, secret) in stage.loud.gave().iter().enumerate() {
        stage
            .secrets
            .add(&format!("secret {index} that the vendor gave"), secret);
    }
    assert!(stage.secrets.len() > 22, "tokens and SIP secrets were given");

    let export = stage.folder.run(&["export"]).await;
    let check = stage.folder.run(&["--check"]).await;
    let people = stage.folder.run(&["user", "list"]).await;
    let keys = stage.folder.run(&["key", "list"]).await;
    for run in [&export, &check, &people, &keys] {
        assert!(run.ok, "{}", run.errors);
    }
    assert!(
        export.out.contains("canary-words-of-a-note"),
        "the export has what it should"
    );
    let Stage {
        sandbox,
        folder,
        server,
        secrets,
        tokens,
        answers,
        ..
    } = stage;
    let log = server.stop().await;
    assert!(
        log.contains(r#""level":"TRACE""#) && log.contains("hyper"),
        "everything is logged"
    );
    let records = folder.records();
    let records = String::from_utf8_lossy(&records);
    for (place, text) in [
        ("the export", &*export.out),
        ("--check", &*check.out),
        ("user list", &*people.out),
        ("key list", &*keys.out),
        ("the records", &*records),
        ("the log", &*log),
        ("the standard error of the export", &*export.errors),
    ] {
        secrets.must_not_be_in(text, place);
        tokens.must_not_be_in(text, place);
    }
    for personal in drive::PERSONAL {
        let line = log.lines().find(|line| line.contains(personal));
        assert_eq!(line, None, "{personal} is logged");
    }
    let own = &sandbox
        .accounts
        .iter()
        .find(|account| account.user == "asha")
        .unwrap()
        .password;
    let of_an_agent = secrets.but(own);
    for answer in &answers {
        let place = format!("the answer of {} to {}", answer.place, answer.who);
        assert!(!answer.text.contains("vendor_busy"), "{place}: it was not asked");
        let allowed = answer.who == "asha" && answer.place == "GET /api/phone";
        let canaries = if allowed { &of_an_agent } else { &secrets };
        canaries.must_not_be_in(&answer.text, &place);
    }
    let has_own = |answer: &&stage::Answered| answer.text.contains(own.as_str());
    assert!(
        answers.iter().any(|answer| has_own(&answer)),
        "asha's phone has its password"
    );
    let words = answers.iter().filter(|answer| answer.text.contains("••••"));
    assert!(
        words.count() > 10,
        "the vendor's words were shown, without the secrets"
    );
}

#[tokio::test]
async fn a_faulty_configuration_is_explained_without_its_secrets() {
    let faulty = r#"
public_origin = "https://phone.test"
[store]
postgres = "canary-postgres-that-is-no-url"
[vendor]
account_sid = "exoteldemo"
app_id = "app"
app_secret = ["canary-app-secret"]
api_key = "canary-api-key"
greenpin_password = "canary-greenpin-word"
customer_secret = "canary-customer-secret"
api_tokn = "canary-misspelt-token"
[hooks]
secrets = ["canary short!", "canary-hooks-secret-newer", "canary-hooks-secret-older"]
basic = ["canary-without-a-user"]
[phone.turn]
secret = "canary-turn-secret"
"#;
    let unreachable = r#"
public_origin = "https://phone.test"
[store]
postgres = "postgres://softphone:canary-postgres-word@127.0.0.1:9/none"
[vendor]
account_sid = "exoteldemo"
app_id = "app"
app_secret = "canary-app-secret"
[hooks]
secrets = ["canary-hooks-secret-newer"]
"#;
    let mut canaries = Canaries::default();
    canaries.add("a secret of the configuration", "canary");
    for (text, arguments) in [(faulty, &["--check"][..]), (unreachable, &[])] {
        let run = Folder::new(text).run(arguments).await;
        assert!(!run.ok && !run.errors.is_empty(), "{}", run.out);
        canaries.must_not_be_in(&run.errors, "the standard error");
        canaries.must_not_be_in(&run.out, "the standard output");
    }
    let good = unreachable.replace(
        "app_id",
        "api_key = \"canary-key\"\napi_token = \"canary-token\"\napp_id",
    );
    let run = Folder::new(&good).run(&["--check"]).await;
    assert!(run.ok, "{}", run.errors);
    canaries.must_not_be_in(&run.out, "--check");
}
