//! The memory of a browser's processes: pages, workers, network, the browser itself.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::Secret;

/// Bytes of one look. Neighbouring looks overlap by `OVERLAP`.
const PIECE: usize = 4 << 20;
const OVERLAP: usize = 1_024;
const PAGE: usize = 4_096;
static EMPTY: [u8; PAGE] = [0; PAGE];

/// "secret in process", for each; the browser is the one that keeps its files in `profile`.
pub(super) fn holding(profile: &Path, secrets: &[Secret]) -> Vec<String> {
    let processes = processes(&profile.to_string_lossy());
    assert!(
        processes.iter().any(|(_, kind)| kind == "renderer"),
        "no page is open: {processes:?}"
    );
    let mut found = Vec::new();
    for (process, kind) in processes {
        let mut wanted: Vec<_> = secrets.iter().collect();
        let mut bytes_read = 0;
        read(process, |text| {
            bytes_read += text.len();
            wanted.retain(|(name, secret)| {
                let held = text.contains(secret);
                if held {
                    found.push(format!("{name} in {kind} {process}"));
                }
                !held
            });
        });
        assert!(
            kind != "renderer" || bytes_read > 1_000_000,
            "the memory of {kind} {process} cannot be read"
        );
    }
    found
}

/// The browser of this profile and all that it started, each with its kind.
fn processes(profile: &str) -> Vec<(u32, String)> {
    let all: Vec<(u32, u32, String)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            let status = fs::read_to_string(entry.path().join("status")).ok()?;
            let parent = status
                .lines()
                .find_map(|line| line.strip_prefix("PPid:"))?
                .trim()
                .parse()
                .ok()?;
            let line = fs::read(entry.path().join("cmdline")).ok()?;
            Some((process, parent, String::from_utf8_lossy(&line).replace('\0', " ")))
        })
        .collect();
    let is_ours = |line: &str| line.contains(&format!("--user-data-dir={profile}"));
    let mut ours: Vec<u32> = Vec::new();
    // chromedriver itself may name the profile too, but is told it later; its own memory is the test's.
    loop {
        let known = ours.len();
        for (process, parent, line) in &all {
            if !ours.contains(process) && (is_ours(line) || ours.contains(parent)) {
                ours.push(*process);
            }
        }
        if ours.len() == known {
            break;
        }
    }
    let kind = |line: &str| {
        let kind = line
            .split("--type=")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        kind.unwrap_or("browser").to_owned()
    };
    let ours = all.iter().filter(|(process, ..)| ours.contains(process));
    ours.map(|(process, _, line)| (*process, kind(line))).collect()
}

/// Hands out what the process has in memory, piece by piece.
fn read(process: u32, mut look: impl FnMut(&str)) {
    let Ok(maps) = fs::read_to_string(format!("/proc/{process}/maps")) else {
        return;
    };
    let Ok(memory) = File::open(format!("/proc/{process}/mem")) else {
        return;
    };
    let mut piece = vec![0; PIECE];
    for line in maps.lines() {
        let Some((from, to)) = written(line) else { continue };
        let mut kept = String::new();
        let mut at = from;
        while at < to {
            let length = PIECE.min((to - at) as usize);
            // A region may go while it is read.
            let Ok(count) = memory.read_at(&mut piece[..length], at) else {
                break;
            };
            if count == 0 {
                break;
            }
            for page in piece[..count]
                .chunks(PAGE)
                .filter(|page| **page != EMPTY[..page.len()])
            {
                kept.push_str(&text(page));
            }
            look(&kept);
            kept.drain(..kept.len().saturating_sub(OVERLAP));
            at += count as u64;
        }
    }
}

/// The region of a line of `maps`, if it can be read and written: programs and libraries are files.
fn written(line: &str) -> Option<(u64, u64)> {
    let mut words = line.split_whitespace();
    let (from, to) = words.next()?.split_once('-')?;
    let hex = |text| u64::from_str_radix(text, 16).ok();
    words.next()?.starts_with("rw").then_some((hex(from)?, hex(to)?))
}

/// Bytes as a text that can be searched, which the standard library does fast: without zeros, so that two bytes a letter
/// read like one, and with a sign of its own for what is no ASCII.
pub(super) fn text(bytes: &[u8]) -> String {
    let letters = bytes.iter().filter(|byte| **byte != 0);
    letters
        .map(|byte| {
            if byte.is_ascii() {
                char::from(*byte)
            } else {
                '\u{1}'
            }
        })
        .collect()
}
