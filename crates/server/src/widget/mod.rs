//! The built phone, and the headers around every answer.
//!
//! Files come from `www` of the configuration, else from the binary (a debug build reads `dist/` of the source tree
//! instead, so that a new build shows at once). Whatever no route of ours takes is a file or a 404.

mod files;
mod headers;
mod names;
mod serve;

use axum::{Router, middleware};

use crate::config::Config;
use files::Files;
use headers::Policies;

/// Adds the files behind every route of `router`, and the headers around every answer.
pub fn around(router: Router, config: &Config) -> Router {
    let files = Files::of(config.www.clone());
    let policies = Policies::of(config);
    let files = Router::new().fallback(serve::serve).with_state(files);
    router
        .fallback_service(files)
        .layer(middleware::map_response_with_state(policies, headers::add))
}
