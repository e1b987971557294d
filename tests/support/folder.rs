//! A folder of files as a web server gives them out.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::ports;

/// Pages of somebody's own site on this machine. Ends with its owner.
pub(crate) struct Folder {
    /// Where it is.
    pub(crate) origin: String,
    serving: JoinHandle<()>,
}

impl Folder {
    /// Gives out what is in `folder`, each file with this content security policy.
    pub(crate) async fn start(folder: PathBuf, policy: &'static str) -> Self {
        let port = ports::free();
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
        let router = Router::new().fallback(given).with_state((folder, policy));
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self {
            origin: format!("http://127.0.0.1:{port}"),
            serving,
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn given(State((folder, policy)): State<(PathBuf, &'static str)>, uri: Uri) -> Response {
    let policy = [(header::CONTENT_SECURITY_POLICY, policy)];
    (policy, file(&folder, uri.path())).into_response()
}

/// One file, with its type.
pub(crate) fn file(folder: &Path, path: &str) -> Response {
    if path == "/favicon.ico" {
        return StatusCode::NO_CONTENT.into_response();
    }
    let file = folder.join(path.trim_start_matches('/'));
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    match std::fs::read(&file) {
        Ok(content) if !path.contains("..") => ([(header::CONTENT_TYPE, kind)], content).into_response(),
        Ok(_) | Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
