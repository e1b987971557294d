//! `cargo xtask test`: everything CI runs. All parts run whatever fails; the last line is `N passed, N failed`.

mod part;
mod suites;
mod tally;
mod typescript;

use std::time::Instant;

use crate::build;
use crate::failure::Failure;
use crate::package::npm;
use crate::progress::Progress;
use crate::size;
use crate::tools::{Tools, packages, rust};
use crate::workspace::Workspace;
use part::Part;
use suites::Suites;
use tally::Tally;

/// The command. `fast` leaves out all that takes a browser.
pub(crate) fn run(workspace: &Workspace, progress: Progress, fast: bool) -> Result<(), Failure> {
    let mut report = Report {
        progress,
        rows: Vec::new(),
    };
    let suites = Suites::find(&workspace.root)?;
    native(workspace, progress, &suites, &mut report);
    if !fast {
        browser(workspace, progress, &suites, &mut report);
    }
    report.close()
}

fn native(workspace: &Workspace, progress: Progress, suites: &Suites, report: &mut Report) {
    let tools = Tools::of_machine();
    report.check("rustfmt and clippy", || rust::fmt_and_clippy(progress));
    report.run(
        workspace,
        &tools,
        &Part::check("format", &["fmt", "--all", "--check"]),
    );
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    report.run(workspace, &tools, &Part::check("clippy, native", &clippy));
    let crates = [
        "test",
        "--workspace",
        "--exclude",
        "softphone",
        "--exclude",
        "server",
        "--no-fail-fast",
    ];
    report.run(workspace, &tools, &Part::tests("tests of the crates", &crates));
    let server = ["test", "--package", "server", "--no-fail-fast"];
    // Without them its tests say what is missing, and fail.
    report.check("PostgreSQL and coturn", || {
        packages::for_servers(workspace, progress, &tools)
    });
    report.run(workspace, &tools, &Part::tests("tests of the server", &server));
    let mut app = vec![
        "test",
        "--package",
        "softphone",
        "--no-fail-fast",
        "--lib",
        "--bins",
    ];
    for name in &suites.native {
        app.extend(["--test", name]);
    }
    report.run(workspace, &tools, &Part::tests("tests of the app", &app));
}

fn browser(workspace: &Workspace, progress: Progress, suites: &Suites, report: &mut Report) {
    let tools = report.check("tools of the browser build", || {
        Tools::for_browser_build(workspace, progress)
    });
    let Some(tools) = tools else { return };
    let wasm = "wasm32-unknown-unknown";
    let clippy = [
        "clippy",
        "--package",
        "softphone",
        "--lib",
        "--bins",
        "--target",
        wasm,
        "--",
        "-D",
        "warnings",
    ];
    report.run(workspace, &tools, &Part::check("clippy, wasm", &clippy));

    report.check("TypeScript examples", || {
        typescript::check(workspace, progress, &tools)
    });
    let built = report.check("page and worker", || build::dist(workspace, progress, &tools));
    if built.is_some() {
        report.check("npm package", || npm::pack(workspace, progress, &tools));
        report.check("size", || size::check(workspace));
    }

    let system = "Chromium and the SIP servers";
    let equipped = report.check(system, || packages::for_stories(workspace, progress, &tools));
    if equipped.is_none() {
        return;
    }
    for name in &suites.dom {
        let arguments = ["test", "--package", "softphone", "--target", wasm, "--test", name];
        report.run(
            workspace,
            &tools,
            &Part::tests(&format!("{name}, in the browser"), &arguments),
        );
    }
    // Stories of yesterday's page prove nothing; its failed build is counted already.
    if built.is_none() {
        return;
    }
    for name in &suites.stories {
        let arguments = ["test", "--package", "softphone", "--test", name];
        report.run(
            workspace,
            &tools,
            &Part::tests(&format!("{name} stories"), &arguments),
        );
    }
}

struct Row {
    name: String,
    tally: Tally,
    seconds: f32,
}

struct Report {
    progress: Progress,
    rows: Vec<Row>,
}

impl Report {
    /// A part that is no test counts as one. Says what it gave, if it did not fail.
    fn check<T>(&mut self, name: &str, done: impl FnOnce() -> Result<T, Failure>) -> Option<T> {
        let began = Instant::now();
        let done = done();
        if let Err(failure) = &done {
            self.progress.say(&format!("FAILED: {name}: {failure}"));
        }
        let tally = Tally::of_check(done.is_ok());
        self.rows.push(Row {
            name: name.to_owned(),
            tally,
            seconds: began.elapsed().as_secs_f32(),
        });
        done.ok()
    }

    fn run(&mut self, workspace: &Workspace, tools: &Tools, part: &Part) {
        self.progress.say(&part.name);
        let (tally, seconds) = part.run(workspace, tools, self.progress);
        let verdict = if tally.failed == 0 { "done" } else { "FAILED" };
        self.progress.say(&format!("  {verdict} in {seconds:.1} s"));
        self.rows.push(Row {
            name: part.name.clone(),
            tally,
            seconds,
        });
    }

    fn close(self) -> Result<(), Failure> {
        println!(
            "\n{:<36} {:>7} {:>7} {:>8}",
            "part", "passed", "failed", "seconds"
        );
        let mut sum = Tally::default();
        for row in &self.rows {
            println!(
                "{:<36} {:>7} {:>7} {:>8.1}",
                row.name, row.tally.passed, row.tally.failed, row.seconds
            );
            sum += row.tally;
        }
        let ended = if sum.failed == 0 {
            Ok(())
        } else {
            Err(Failure::silent())
        };
        println!("\n{} passed, {} failed", sum.passed, sum.failed);
        ended
    }
}
