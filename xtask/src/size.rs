//! `cargo xtask size`: what a browser downloads, brotli at its strongest, against the budget. 1 KB is 1024 bytes.

use std::fs;
use std::path::Path;

use crate::build;
use crate::compress;
use crate::failure::Failure;
use crate::package::npm;
use crate::progress::Progress;
use crate::tools::Tools;
use crate::workspace::Workspace;

const KB: f64 = 1024.0;

/// One budget. Past the goal is worth a look, past the ceiling fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Worker,
    Page,
    Panes,
    Denoise,
    Link,
    Admin,
    Entrance,
    Embed,
    Words,
    Headless,
}

impl Part {
    const ALL: [Self; 10] = [
        Self::Worker,
        Self::Page,
        Self::Panes,
        Self::Denoise,
        Self::Link,
        Self::Admin,
        Self::Entrance,
        Self::Embed,
        Self::Words,
        Self::Headless,
    ];

    /// The page's first load is all that is not the worker's, fetched later, nor the host page's: html, css, js, wasm, images
    /// in text.
    fn of(name: &str) -> Self {
        if name.starts_with("worker") {
            Self::Worker
        } else if name.starts_with("panes") || name == "sw.js" {
            Self::Panes
        } else if name.starts_with("denoise") {
            Self::Denoise
        } else if name.starts_with("link") {
            Self::Link
        } else if name.starts_with("admin") {
            Self::Admin
        } else if name.starts_with("entrance") {
            Self::Entrance
        } else if name.starts_with("embed") {
            Self::Embed
        } else if name.starts_with("words") {
            Self::Words
        } else if name.starts_with("headless") {
            Self::Headless
        } else {
            Self::Page
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Worker => "worker: wasm, glue, boot",
            Self::Page => "page, first load",
            Self::Panes => "panes, fetched when looked at",
            Self::Denoise => "noise suppression, fetched when wanted",
            Self::Link => "link to a host, fetched in frames",
            Self::Admin => "admin, a page of its own",
            Self::Entrance => "window to sign in in, for frames",
            Self::Embed => "embed.js and what it fetches",
            Self::Words => "words of the other languages",
            Self::Headless => "package's /headless, worker not counted",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Page => "page",
            Self::Panes => "panes",
            Self::Denoise => "denoise",
            Self::Link => "link",
            Self::Admin => "admin",
            Self::Entrance => "entrance",
            Self::Embed => "embed",
            Self::Words => "words",
            Self::Headless => "headless",
        }
    }

    fn goal_kb(self) -> f64 {
        match self {
            Self::Worker => 45.0,
            Self::Page => 120.0,
            Self::Panes => 100.0,
            // The model's weights are most of it.
            Self::Denoise => 100.0,
            Self::Link => 60.0,
            Self::Admin => 200.0,
            Self::Entrance => 60.0,
            Self::Embed => 6.0,
            // One file for each language; an agent fetches one, or none.
            Self::Words => 15.0,
            Self::Headless => 60.0,
        }
    }

    fn ceiling_kb(self) -> f64 {
        match self {
            Self::Worker => 60.0,
            Self::Page => 135.0,
            Self::Panes => 160.0,
            Self::Denoise => 150.0,
            Self::Link => 75.0,
            Self::Admin => 260.0,
            Self::Entrance => 75.0,
            Self::Embed => 7.0,
            Self::Words => 25.0,
            Self::Headless => 75.0,
        }
    }
}

struct File {
    name: String,
    raw: u64,
    brotli: u64,
}

/// The command: builds what is missing, then measures.
pub(crate) fn run(workspace: &Workspace, progress: Progress) -> Result<(), Failure> {
    let tools = Tools::for_browser_build(workspace, progress)?;
    build::dist(workspace, progress, &tools)?;
    check(workspace)
}

/// Measures `dist/` and, where it has been packed, the package's phone without screens; prints the table, writes `target/report/size.json`.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Failure> {
    let mut files = measure(&workspace.dist())?;
    files.extend(headless(&npm::folder(workspace))?);
    println!(
        "{:<52} {:>9} {:>9} {:>7} {:>8}",
        "KB = 1024 bytes", "raw", "brotli", "goal", "ceiling"
    );
    for part in Part::ALL {
        let own: Vec<&File> = files.iter().filter(|file| Part::of(&file.name) == part).collect();
        if own.is_empty() {
            continue;
        }
        let raw: u64 = own.iter().map(|file| file.raw).sum();
        let brotli = total(&files, part);
        println!(
            "{:<52} {:>9} {:>9} {:>7.0} {:>8.0}{}",
            part.title(),
            kb(raw),
            kb(brotli),
            part.goal_kb(),
            part.ceiling_kb(),
            verdict(part, brotli)
        );
        for file in own {
            println!("  {:<50} {:>9} {:>9}", file.name, kb(file.raw), kb(file.brotli));
        }
    }
    report(workspace, &files)?;
    let over = over(&files);
    if over.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("over the size budget: {}", over.join("; "))))
}

/// One sentence for each part past its ceiling.
fn over(files: &[File]) -> Vec<String> {
    let past = Part::ALL
        .into_iter()
        .filter(|part| in_kb(total(files, *part)) > part.ceiling_kb());
    past.map(|part| {
        format!(
            "{} is {} KB, ceiling {} KB",
            part.title(),
            kb(total(files, part)),
            part.ceiling_kb()
        )
    })
    .collect()
}

fn verdict(part: Part, brotli: u64) -> &'static str {
    if in_kb(brotli) > part.ceiling_kb() {
        "  OVER THE CEILING"
    } else if in_kb(brotli) > part.goal_kb() {
        "  over the goal"
    } else {
        ""
    }
}

fn measure(dist: &Path) -> Result<Vec<File>, Failure> {
    let length = |path: &Path| {
        fs::metadata(path)
            .map(|meta| meta.len())
            .map_err(|e| Failure::io("measure", path, &e))
    };
    let mut files = Vec::new();
    for path in compress::files(dist)? {
        let name = path
            .strip_prefix(dist)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        let packed = dist.join(format!("{name}.br"));
        files.push(File {
            raw: length(&path)?,
            brotli: length(&packed)?,
            name,
        });
    }
    Ok(files)
}

/// No server of ours gives these out, so nothing lies compressed beside them.
fn headless(package: &Path) -> Result<Vec<File>, Failure> {
    let names = ["headless.js", "headless-program.js", "headless_bg.wasm"];
    let there = names.map(|name| package.join(name));
    if !there.iter().all(|path| path.is_file()) {
        return Ok(Vec::new());
    }
    let measured = names.into_iter().zip(&there).map(|(name, path)| {
        let content = fs::read(path).map_err(|e| Failure::io("read", path, &e))?;
        Ok(File {
            name: name.to_owned(),
            raw: content.len() as u64,
            brotli: compress::brotli(&content)?.len() as u64,
        })
    });
    measured.collect()
}

fn total(files: &[File], part: Part) -> u64 {
    files
        .iter()
        .filter(|file| Part::of(&file.name) == part)
        .map(|file| file.brotli)
        .sum()
}

#[expect(clippy::cast_precision_loss, reason = "sizes of downloads are far below 2^53")]
fn in_kb(bytes: u64) -> f64 {
    bytes as f64 / KB
}

fn kb(bytes: u64) -> String {
    format!("{:.1}", in_kb(bytes))
}

fn report(workspace: &Workspace, files: &[File]) -> Result<(), Failure> {
    let folder = workspace.target.join("report");
    fs::create_dir_all(&folder).map_err(|e| Failure::io("create", &folder, &e))?;
    let path = folder.join("size.json");
    fs::write(&path, json(files)).map_err(|e| Failure::io("write", &path, &e))
}

/// Bytes throughout. File names are ours and need no escapes.
fn json(files: &[File]) -> String {
    let parts = Part::ALL.into_iter().filter(|part| files.iter().any(|file| Part::of(&file.name) == *part)).map(|part| {
        let own = files.iter().filter(|file| Part::of(&file.name) == part);
        let rows: Vec<String> = own
            .map(|file| {
                format!("      {{\"name\": \"{}\", \"raw\": {}, \"brotli\": {}}}", file.name, file.raw, file.brotli)
            })
            .collect();
        format!(
            "  \"{}\": {{\n    \"brotli\": {}, \"goal\": {}, \"ceiling\": {},\n    \"files\": [\n{}\n    ]\n  }}",
            part.key(),
            total(files, part),
            part.goal_kb() * KB,
            part.ceiling_kb() * KB,
            rows.join(",\n")
        )
    });
    format!("{{\n{}\n}}\n", parts.collect::<Vec<_>>().join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, brotli: u64) -> File {
        File {
            name: name.into(),
            raw: brotli * 3,
            brotli,
        }
    }

    #[test]
    fn each_file_counts_once() {
        let files = [
            file("worker_bg-1.wasm", 40_000),
            file("worker-boot-1.js", 500),
            file("softphone-1_bg.wasm", 90_000),
            file("index.html", 400),
            file("panes_bg-1.wasm", 60_000),
            file("admin_bg-1.wasm", 120_000),
            file("embed.js", 5_000),
        ];
        assert_eq!(total(&files, Part::Worker), 40_500);
        assert_eq!(total(&files, Part::Page), 90_400);
        assert_eq!(total(&files, Part::Panes), 60_000);
        assert_eq!(total(&files, Part::Admin), 120_000);
        assert_eq!(total(&files, Part::Embed), 5_000);
    }

    #[test]
    fn goal_and_ceiling_are_told_apart() {
        assert_eq!(verdict(Part::Worker, 45 * 1024), "");
        assert_eq!(verdict(Part::Worker, 45 * 1024 + 1), "  over the goal");
        assert_eq!(verdict(Part::Worker, 60 * 1024 + 1), "  OVER THE CEILING");
    }

    #[test]
    fn past_the_ceiling_fails() {
        let at = |kb: f64| [file("worker_bg-1.wasm", (kb * KB) as u64)];
        assert!(over(&at(60.0)).is_empty());
        assert_eq!(
            over(&at(61.0)),
            ["worker: wasm, glue, boot is 61.0 KB, ceiling 60 KB"]
        );
    }

    #[test]
    fn the_report_is_json_in_bytes() {
        let text = json(&[file("embed.js", 10)]);
        assert!(
            text.contains("\"embed\": {\n    \"brotli\": 10, \"goal\": 6144, \"ceiling\": 7168,"),
            "{text}"
        );
        assert!(!text.contains("worker"), "{text}");
    }
}
