//! Running it: the command line, connections, health, figures, logs, going down, retention, export and backup.

mod backup;
pub mod cli;
mod connections;
mod drain;
mod export;
mod health;
mod logging;
mod metrics;
mod requests;
mod retention;
mod serve;
mod signals;
mod slow_body;

pub use connections::{ClientAddr, Limits, TlsError, client_addr};
pub use drain::{Drain, Patience, last_answer};
pub use health::{Pulse, figures, healthz, readyz};
pub use metrics::{Metrics, OpenStream};
pub use requests::request_line;
pub use serve::{Running, StartError, start};
pub use slow_body::{BODY_LIMIT, body_in_time};
