//! The files in deploy/ name what the server has: its routes, its options, its keys.

use std::process::Command;

use clap::CommandFactory;
use server::ops::cli::Cli;
use server::routes::routes;

use super::read;

const NGINX: &str = include_str!("../../../../deploy/nginx.conf");
const CADDY: &str = include_str!("../../../../deploy/Caddyfile");
const UNIT: &str = include_str!("../../../../deploy/softphone.service");
const DOCKERFILE: &str = include_str!("../../../../deploy/Dockerfile");
const README: &str = include_str!("../../../../deploy/README.md");

fn has_route(path: &str) -> bool {
    routes().iter().any(|route| match path.strip_suffix('/') {
        Some(_) => route.path.starts_with(path),
        None => route.path == path,
    })
}

#[test]
fn proxies_name_routes_that_are_there_and_do_not_buffer_events() {
    let mut named = Vec::new();
    for line in NGINX.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("location ") {
            named.push(rest.trim_start_matches("= ").trim_end_matches(" {"));
        }
    }
    for line in CADDY.lines().map(str::trim) {
        let mut words = line.split(' ');
        if matches!(words.next(), Some("respond" | "reverse_proxy"))
            && let Some(path) = words.next().filter(|word| word.starts_with('/'))
        {
            named.push(path);
        }
    }
    assert!(named.len() >= 6, "{named:?}");
    for path in named.iter().filter(|path| **path != "/") {
        assert!(has_route(path), "the server has no {path}");
    }
    let events = NGINX
        .split("location = /events {")
        .nth(1)
        .unwrap()
        .split('}')
        .next()
        .unwrap();
    assert!(events.contains("proxy_buffering off;"), "{events}");
    let hooks = NGINX
        .split("location /hooks/ {")
        .nth(1)
        .unwrap()
        .split('}')
        .next()
        .unwrap();
    assert!(hooks.contains("access_log off;"), "{hooks}");
    // A proxy that cannot reach us writes the whole request into its error log.
    assert!(hooks.contains("error_log /dev/null;"), "{hooks}");
    assert!(CADDY.contains("exclude http.log.error http.handlers.reverse_proxy"));
    assert!(CADDY.contains("reverse_proxy /events 127.0.0.1:8080 {\n\t\tflush_interval -1"));
}

/// The words after the program of each command line in `text` that begins with `start`.
fn command_lines<'a>(text: &'a str, start: &str) -> Vec<Vec<&'a str>> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(start));
    let plain = |line: &'a str| line.split('#').next().unwrap_or_default();
    lines
        .map(|line| {
            let words = plain(line).split_whitespace();
            words.take_while(|word| !matches!(*word, ">" | "|")).collect()
        })
        .collect()
}

#[test]
fn every_command_line_is_understood() {
    let mut lines = command_lines(UNIT, "ExecStart=/usr/local/bin/softphone-server");
    lines.extend(command_lines(README, "softphone-server"));
    assert!(lines.len() >= 5, "{lines:?}");
    for line in lines {
        let words = std::iter::once("softphone-server").chain(line.iter().copied());
        let parsed = Cli::command().try_get_matches_from(words);
        assert!(parsed.is_ok(), "{line:?}: {}", parsed.unwrap_err());
    }
    let entry = DOCKERFILE
        .lines()
        .find(|line| line.starts_with("ENTRYPOINT"))
        .unwrap();
    let words = entry.split('"').skip(1).step_by(2);
    assert!(Cli::command().try_get_matches_from(words).is_ok(), "{entry}");
}

#[test]
fn variables_and_keys_are_known() {
    let mut variables = Vec::new();
    for word in DOCKERFILE
        .split([' ', '\n'])
        .filter(|word| word.starts_with("SOFTPHONE__"))
    {
        let (name, value) = word.split_once('=').unwrap();
        variables.push((name, value));
    }
    assert_eq!(variables.len(), 1, "{variables:?}");
    let config = super::read_in(std::path::Path::new("/x"), super::LEAST, &variables);
    assert!(config.is_ok(), "{}", config.unwrap_err());

    // The keys of the README, with files that are not there: only those are at fault.
    let toml = README
        .split("```toml")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let faults = read(&format!("public_origin = \"https://a.example\"\n{toml}"))
        .unwrap_err()
        .to_string();
    for line in faults.lines() {
        let expected = line.contains("cannot be read") || line.contains("This key is missing");
        assert!(expected, "{faults}");
    }
}

/// systemd itself reads the unit, where there is one. It knows neither our binary nor our user, and says so.
#[test]
fn systemd_reads_the_unit() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/softphone.service");
    if let Ok(output) = Command::new("systemd-analyze").args(["verify", path]).output() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let complaints = [
            "Unknown key",
            "Unknown section",
            "Failed to parse",
            "Invalid",
            "ignoring",
        ];
        let found = complaints.iter().find(|complaint| said.contains(**complaint));
        assert!(found.is_none(), "{said}");
    }
    for line in UNIT
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']))
    {
        let (key, _) = line.split_once('=').unwrap_or_else(|| panic!("{line}"));
        assert!(key.chars().all(|c| c.is_ascii_alphabetic()), "{line}");
    }
}
