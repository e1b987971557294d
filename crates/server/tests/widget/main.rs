//! The page's files and the headers around every answer, over real HTTP.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

mod files;
mod headers;

use std::path::Path;

use support::server::TestServer;

const WASM: &str = "softphone-0123456789abcdef_bg.wasm";

/// A built page in miniature.
fn build(folder: &Path) {
    std::fs::create_dir_all(folder.join("style")).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html>page"),
        ("admin.html", "<!doctype html>admin"),
        ("entrance.html", "<!doctype html>entrance"),
        ("style/page-89abcdef01234567.css", "css"),
        ("worker.js", "worker"),
        (WASM, "the whole module"),
        (".secret", "no"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    std::fs::write(folder.join(format!("{WASM}.br")), "shrunken").unwrap();
}

async fn server(tweak: impl FnOnce(&mut server::config::Config)) -> TestServer {
    TestServer::start(|config| {
        let www = config_folder(config).join("dist");
        build(&www);
        std::fs::write(config_folder(config).join("outside"), "no").unwrap();
        config.www = Some(www);
        tweak(config);
    })
    .await
}

fn config_folder(config: &server::config::Config) -> std::path::PathBuf {
    match &config.store {
        server::config::StoreConfig::Sqlite(path) => path.parent().unwrap().to_owned(),
        server::config::StoreConfig::Postgres(_) => panic!("tests start with SQLite"),
    }
}
