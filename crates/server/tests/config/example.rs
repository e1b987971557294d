//! The example in deploy/ is the reference of all keys, so it must be whole and true.

use std::path::Path;
use std::time::Duration;

use super::{LEAST, read_in};

const EXAMPLE: &str = include_str!("../../../../deploy/softphone.example.toml");

/// The example with every commented key written out, but for those that exclude each other.
fn with_every_key(without: &[&str]) -> String {
    let lines = EXAMPLE.lines().map(|line| {
        let Some(key) = line.strip_prefix('#') else {
            return line;
        };
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase() || c == '[');
        let name = key.split([' ', '=']).next().unwrap_or_default();
        if is_key && !without.contains(&name) {
            key
        } else {
            ""
        }
    });
    let written = lines.filter(|line| {
        let name = line.split([' ', '=']).next().unwrap_or_default();
        !without.contains(&name)
    });
    written.collect::<Vec<_>>().join("\n")
}

fn keys_of(text: &str) -> Vec<String> {
    let mut section = String::new();
    let mut keys = Vec::new();
    for line in text.lines() {
        let line = line.trim_start_matches('#');
        if line.starts_with('[') && line.ends_with(']') {
            section = format!("{}.", line.trim_matches(['[', ']']));
        } else if let Some((name, _)) = line.split_once(" = ")
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            keys.push(format!("{section}{name}"));
        }
    }
    keys
}

#[test]
fn it_loads_as_it_is() {
    let config =
        read_in(Path::new("/etc/softphone"), EXAMPLE, &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(config.public_origin, "https://phone.example");
}

#[test]
fn its_comments_show_the_defaults() {
    let none: [&str; 0] = [];
    let least = read_in(Path::new("/x"), LEAST, &[]).unwrap();
    let text = with_every_key(&[
        // What has no default.
        "trusted_proxies",
        "www",
        "[tls]",
        "certificate",
        "key",
        "postgres",
        "postgres_file",
        "api_key_file",
        "api_token_file",
        "greenpin_user",
        "greenpin_password_file",
        "customer_id",
        "customer_secret_file",
        "app_secret_file",
        "secrets_file",
        "basic",
        "basic_file",
        "fallback",
        "stun",
        "dispositions",
        "echo",
        "[[crm.webhooks]]",
        "name",
        "url",
        "events",
        "private",
        "[phone.turn]",
        "urls",
        "secret_file",
        "ttl",
        "embed_origins",
    ]);
    let config = read_in(Path::new("/x"), &text, &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(config.phone.servers, least.phone.servers);
    let durations = |config: &server::config::Config| -> Vec<Duration> {
        let kept = &config.retention;
        vec![
            config.vendor.timeout,
            config.dial_whom.deadline,
            config.sessions.idle,
            config.sessions.longest,
            kept.events,
            kept.calls,
            kept.audit,
            kept.logs,
            config.reconcile.every,
            config.reconcile.silent,
        ]
    };
    assert_eq!(durations(&config), durations(&least));
    assert_eq!(config.vendor.hosts, least.vendor.hosts);
    assert_eq!(config.vendor.time_zone, least.vendor.time_zone);
    assert_eq!(config.listen, least.listen);
    let numbers = |config: &server::config::Config| {
        (
            config.phone.calls_per_minute,
            config.sessions.tries,
            config.reconcile.per_minute,
            config.connections.most,
            config.connections.per_address,
        )
    };
    assert_eq!(numbers(&config), numbers(&least));
    assert_eq!(config.metrics.allow, least.metrics.allow);
    assert_eq!(config.phone.stun, none);
}

#[test]
fn every_key_in_it_is_one() {
    let folder = tempdir();
    for name in [
        "api_key",
        "api_token",
        "greenpin_password",
        "customer_secret",
        "app_secret",
        "turn_secret",
    ] {
        std::fs::write(folder.join(name), "a-secret-in-a-file\n").unwrap();
    }
    std::fs::write(
        folder.join("crm_webhook_secrets"),
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
    )
    .unwrap();
    std::fs::write(folder.join("hook_basic"), "platform:password\n").unwrap();
    std::fs::write(
        folder.join("hook_secrets"),
        "a-secret-of-the-hooks-path\n\nan-older-secret-of-the-path\n",
    )
    .unwrap();
    let text = with_every_key(&["postgres", "postgres_file", "app_secret", "secrets", "basic"]);
    let config = read_in(&folder, &text, &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(config.hooks.secrets.len(), 2);
    assert_eq!(config.hooks.basic[0].0, "platform");
    assert_eq!(config.vendor.app.1.reveal(), "a-secret-in-a-file");
    let crm = &config.crm_webhooks[0];
    assert_eq!(
        (crm.name.as_str(), crm.events.len(), crm.private),
        ("crm", 3, false)
    );
    let settings = &config.vendor.app_settings;
    assert_eq!(settings.record, Some(false));
    let streaming = settings.streaming.as_ref().unwrap();
    assert_eq!(streaming.reveal(), "wss://audio.example/calls");
    assert!(settings.playback.is_some());
    assert!(config.phone.turn.is_some() && config.tls.is_some() && config.vendor.greenpin.is_some());
    std::fs::remove_dir_all(folder).unwrap();
}

/// The reader knows no key that the example does not show: a typo of each shown key is answered with that key, and the
/// sources hold no other key name.
#[test]
fn it_shows_every_key_there_is() {
    let shown = keys_of(EXAMPLE);
    let sources = [
        include_str!("../../src/config/account.rs"),
        include_str!("../../src/config/service.rs"),
        include_str!("../../src/config/load.rs"),
    ];
    let sections = [
        "vendor.",
        "hooks.",
        "dial_whom.",
        "phone.",
        "sessions.",
        "retention.",
        "reconcile.",
        "connections.",
        "metrics.",
        "store.",
        "tls.",
    ];
    for literal in sources
        .iter()
        .flat_map(|source| source.split('"').skip(1).step_by(2))
    {
        let is_key = sections.iter().any(|section| literal.starts_with(section))
            && literal
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte));
        // Each secret has two spellings; the example shows the one that suits it.
        let twin = literal.strip_suffix("_file").unwrap_or(literal);
        let is_shown = |key: &String| key == literal || key == twin || *key == format!("{literal}_file");
        if is_key {
            assert!(
                shown.iter().any(is_shown),
                "deploy/softphone.example.toml does not show {literal}"
            );
        }
    }
    assert!(shown.contains(&"phone.turn.ttl".to_owned()), "{shown:?}");
}

fn tempdir() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("softphone-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
