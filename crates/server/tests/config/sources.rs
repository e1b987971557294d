//! File, environment, secrets in files of their own: which one counts.

use std::path::Path;

use server::config::{StoreConfig, load};

use super::{LEAST, read, read_in};

#[test]
fn the_environment_comes_before_the_file() {
    let text = format!("{LEAST}[phone]\ncountry = \"IN\"\n");
    let variables = [
        ("SOFTPHONE__PHONE__COUNTRY", "sg"),
        ("SOFTPHONE__PHONE__CALLS_PER_MINUTE", "7"),
        ("SOFTPHONE__PHONE__DIRECT_CALLS", "true"),
        (
            "SOFTPHONE__SESSIONS__EMBED_ORIGINS",
            "https://a.example, https://b.example",
        ),
        ("SOFTPHONE_CONFIG", "not ours"),
    ];
    let config = read_in(Path::new("/x"), &text, &variables).unwrap();
    assert_eq!(config.phone.country, "SG");
    assert_eq!(config.phone.calls_per_minute, 7);
    assert!(config.phone.direct_calls);
    assert_eq!(
        config.sessions.embed_origins,
        ["https://a.example", "https://b.example"]
    );
}

#[test]
fn a_fault_of_the_environment_names_the_variable() {
    let variables = [
        ("SOFTPHONE__PHONE__CONTRY", "IN"),
        ("SOFTPHONE__DIAL_WHOM__DEADLINE", "soon"),
    ];
    let faults = read_in(Path::new("/x"), LEAST, &variables).unwrap_err();
    let lines: Vec<String> = faults.to_string().lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            r#"SOFTPHONE__DIAL_WHOM__DEADLINE: dial_whom.deadline: Write a time from "10ms" to "5s": a whole number with ms, s, m, h or d, in quotes."#,
            "SOFTPHONE__PHONE__CONTRY: phone.contry: There is no such key. Did you mean `phone.country`?",
        ]
    );
}

#[test]
fn a_variable_drives_out_the_other_spelling() {
    let folder = std::env::temp_dir().join(format!("softphone-sources-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("secret"), "\n  from-a-file \n").unwrap();
    let variables = [("SOFTPHONE__VENDOR__APP_SECRET_FILE", "secret")];
    let config = read_in(&folder, LEAST, &variables).unwrap();
    assert_eq!(config.vendor.app.1.reveal(), "from-a-file");

    let twice = LEAST.replace("app_id", "app_secret_file = \"secret\"\napp_id");
    let faults = read_in(&folder, &twice, &[]).unwrap_err().to_string();
    assert_eq!(
        faults,
        "softphone.toml:5: vendor.app_secret_file: `vendor.app_secret` is there too. Keep one of the two."
    );
    let both = [
        ("SOFTPHONE__VENDOR__APP_SECRET", "in-place"),
        ("SOFTPHONE__VENDOR__APP_SECRET_FILE", "secret"),
    ];
    for variables in [both, [both[1], both[0]]] {
        let faults = read_in(&folder, LEAST, &variables).unwrap_err().to_string();
        assert_eq!(
            faults,
            "SOFTPHONE__VENDOR__APP_SECRET_FILE: vendor.app_secret_file: `vendor.app_secret` is there too. Keep one of the two."
        );
    }
    let variables = [("SOFTPHONE__VENDOR__APP_SECRET_FILE", "no-such-file")];
    let faults = read_in(&folder, LEAST, &variables).unwrap_err().to_string();
    assert!(
        faults.starts_with("SOFTPHONE__VENDOR__APP_SECRET_FILE: vendor.app_secret_file: The file "),
        "{faults}"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn paths_start_at_the_file() {
    let text = format!("www = \"dist\"\n{LEAST}[store]\nsqlite = \"data/log.sqlite\"\n");
    let config = read_in(Path::new("/etc/softphone"), &text, &[]).unwrap();
    assert_eq!(config.www.as_deref(), Some(Path::new("/etc/softphone/dist")));
    let StoreConfig::Sqlite(path) = config.store else {
        panic!("{:?}", config.store)
    };
    assert_eq!(path, Path::new("/etc/softphone/data/log.sqlite"));
}

#[test]
fn one_store_only() {
    let text = format!("{LEAST}[store]\nsqlite = \"a\"\npostgres = \"postgres://a/b\"\n");
    assert!(read(&text).is_err());
    let text = format!("{LEAST}[store]\npostgres = \"postgres://a/b\"\n");
    assert!(matches!(read(&text).unwrap().store, StoreConfig::Postgres(_)));
    let text = format!("{LEAST}[store]\npostgres = \"mysql://a/b\"\n");
    assert!(read(&text).is_err());
}

#[test]
fn a_file_that_is_not_there_says_what_to_do() {
    let faults = load(Path::new("/nowhere/softphone.toml"))
        .unwrap_err()
        .to_string();
    assert!(
        faults.starts_with("/nowhere/softphone.toml: This file cannot be read: "),
        "{faults}"
    );
    assert!(faults.contains("deploy/softphone.example.toml"), "{faults}");
}
