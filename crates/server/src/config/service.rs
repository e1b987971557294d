//! The sections about this server: where it listens, what it keeps, agents' phones, sessions.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use exotel::Secret;
use protocol::session::Role;

use super::document::Written;
use super::fault::Place;
use super::reader::{Parsed, Reader};
use super::{
    ConnectionsConfig, MetricsConfig, PhoneConfig, ReconcileConfig, RetentionConfig, SessionsConfig,
    StoreConfig, Tls, TurnConfig, values,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// `listen`: this machine alone unless told otherwise.
pub(super) fn listen(reader: &mut Reader) -> SocketAddr {
    let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
    reader.or("listen", loopback, values::socket)
}

/// `public_origin`
pub(super) fn public_origin(reader: &mut Reader) -> String {
    let write = "Write what browsers call this server: public_origin = \"https://phone.example\".";
    reader.required("public_origin", write, values::origin)
}

/// `[tls]`
pub(super) fn tls(reader: &mut Reader) -> Option<Tls> {
    let certificate = reader.optional("tls.certificate", values::text);
    let key = reader.optional("tls.key", values::text);
    let missing = match (&certificate, &key) {
        (Some(certificate), Some(key)) => {
            return Some(Tls {
                certificate: reader.path(certificate),
                key: reader.path(key),
            });
        }
        (None, None) => return None,
        (Some(_), None) => "tls.key",
        (None, Some(_)) => "tls.certificate",
    };
    reader.missing(
        missing,
        "Certificate and key go together: write two paths of PEM files, or none.",
    );
    None
}

/// `[store]`: SQLite beside the file unless told otherwise.
pub(super) fn store(reader: &mut Reader) -> StoreConfig {
    let sqlite_place = reader.place("store.sqlite");
    let sqlite = reader.optional("store.sqlite", values::text);
    let postgres = reader.secret("store.postgres", "store.postgres_file");
    match (sqlite_place, postgres) {
        (Some(place), Some(_)) => {
            let words = "`store.postgres` is there too. Keep one of the two.".to_owned();
            reader.fault(place, "store.sqlite", words);
            StoreConfig::Postgres(Secret::default())
        }
        (None, Some(url)) => {
            let is_url = ["postgres://", "postgresql://"]
                .iter()
                .any(|scheme| url.reveal().starts_with(scheme));
            if !is_url {
                let words = "Write a URL such as postgres://user:password@host/database.".to_owned();
                reader.fault(Place::File, "store.postgres", words);
            }
            StoreConfig::Postgres(url)
        }
        (_, None) => StoreConfig::Sqlite(reader.path(sqlite.as_deref().unwrap_or("softphone.sqlite"))),
    }
}

/// `[phone]`; `edge` is the vendor's own SIP edge.
pub(super) fn phone(reader: &mut Reader, edge: &str) -> PhoneConfig {
    PhoneConfig {
        servers: reader.or("phone.servers", vec![edge.to_owned()], |written| {
            let servers = values::each(values::websocket)(written)?;
            match servers.is_empty() {
                true => {
                    Err("Write at least one address, or remove the line for the vendor's own.".to_owned())
                }
                false => Ok(servers),
            }
        }),
        stun: reader.or("phone.stun", Vec::new(), values::each(stun)),
        turn: turn(reader),
        country: reader.or("phone.country", "IN".to_owned(), values::country),
        whole_numbers_from: reader.or("phone.whole_numbers_from", Role::Agent, values::role),
        dispositions: reader.or("phone.dispositions", Vec::new(), values::each(values::text)),
        calls_per_minute: reader.or("phone.calls_per_minute", 30, values::number(1, 600)),
        any_server: reader.or("phone.any_server", false, values::flag),
        direct_calls: reader.or("phone.direct_calls", false, values::flag),
        device_follows_session: reader.or("phone.device_follows_session", false, values::flag),
        echo: reader.optional("phone.echo", values::text),
    }
}

/// `[phone.turn]`
fn turn(reader: &mut Reader) -> Option<TurnConfig> {
    let urls = reader.optional("phone.turn.urls", values::each(turn_url));
    let secret = reader.secret("phone.turn.secret", "phone.turn.secret_file");
    let ttl = reader.or("phone.turn.ttl", 12 * HOUR, values::duration("5m", "48h"));
    let missing = match (urls, secret) {
        (Some(urls), Some(secret)) => return Some(TurnConfig { urls, secret, ttl }),
        (None, None) => return None,
        (Some(_), None) => "phone.turn.secret",
        (None, Some(_)) => "phone.turn.urls",
    };
    if !reader.faults.iter().any(|fault| fault.key.starts_with(missing)) {
        let write = "URLs and secret go together; the secret is coturn's static-auth-secret.";
        reader.missing(missing, write);
    }
    None
}

/// `[sessions]`
pub(super) fn sessions(reader: &mut Reader) -> SessionsConfig {
    let place = reader.place("sessions.idle");
    let sessions = SessionsConfig {
        embed_origins: reader.or("sessions.embed_origins", Vec::new(), values::each(values::origin)),
        idle: reader.or("sessions.idle", 12 * HOUR, values::duration("5m", "30d")),
        longest: reader.or("sessions.longest", DAY, values::duration("5m", "30d")),
        tries: reader.or("sessions.tries", 10, values::number(3, 1_000)),
    };
    if sessions.idle > sessions.longest {
        let words = "This is more than sessions.longest. Write at most that.".to_owned();
        reader.fault(place.unwrap_or(Place::File), "sessions.idle", words);
    }
    sessions
}

/// `[retention]`
pub(super) fn retention(reader: &mut Reader) -> RetentionConfig {
    RetentionConfig {
        events: reader.or("retention.events", 30 * DAY, values::duration("1d", "3650d")),
        calls: reader.or("retention.calls", 365 * DAY, values::duration("1d", "3650d")),
        audit: reader.or("retention.audit", 365 * DAY, values::duration("1d", "3650d")),
        logs: reader.or("retention.logs", 14 * DAY, values::duration("1d", "3650d")),
    }
}

/// `[reconcile]`
pub(super) fn reconcile(reader: &mut Reader) -> ReconcileConfig {
    ReconcileConfig {
        every: reader.or("reconcile.every", MINUTE / 2, values::duration("0s", "1h")),
        silent: reader.or("reconcile.silent", 2 * MINUTE, values::duration("10s", "1d")),
        per_minute: reader.or("reconcile.per_minute", 60, values::number(1, 200)),
    }
}

/// `[connections]`
pub(super) fn connections(reader: &mut Reader) -> ConnectionsConfig {
    ConnectionsConfig {
        most: reader.or("connections.most", 30_000, values::number(100, 1_000_000)),
        per_address: reader.or("connections.per_address", 2_000, values::number(10, 1_000_000)),
    }
}

/// `[metrics]`: this machine alone unless told otherwise.
pub(super) fn metrics(reader: &mut Reader) -> MetricsConfig {
    let loopback = vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    MetricsConfig {
        allow: reader.or("metrics.allow", loopback, values::each(values::ip)),
    }
}

fn stun(written: &Written) -> Parsed<String> {
    url_of(
        written,
        &["stun:", "stuns:"],
        "Write URLs such as \"stun:stun.example:3478\".",
    )
}

fn turn_url(written: &Written) -> Parsed<String> {
    let write = "Write URLs such as \"turn:turn.example:3478?transport=udp\" or \"turns:turn.example:5349\".";
    url_of(written, &["turn:", "turns:"], write)
}

fn url_of(written: &Written, schemes: &[&str], write: &str) -> Parsed<String> {
    let text = values::text(written)?;
    let good = schemes.iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()))
    });
    if good { Ok(text) } else { Err(write.to_owned()) }
}
