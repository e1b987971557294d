//! A real PostgreSQL, from the system's package, in a folder of its own.
//!
//! A shell holds it, and reads orders from us: when this process ends, however it ends, the shell reads the end of its
//! input, stops the server and removes the folder.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// What the shell does. `start` and `stop` answer with a line once they are done; `crash` kills without warning.
const HOLDER: &str = r#"
start() {
  until "$1/pg_isready" -q -h 127.0.0.1 -p "$3"; do
    kill -0 $pid 2>/dev/null || { "$1/postgres" -D "$2/data" >>"$2/log" 2>&1 </dev/null & pid=$!; }
    sleep 0.05
  done
}
pid=none; start "$@"; echo done
while read order; do
  case $order in
    stop) kill -INT $pid; wait $pid;;
    crash) kill -KILL $pid; wait $pid;;
    start) start "$@";;
  esac
  echo done
done
kill -QUIT $pid; wait $pid; rm -rf "$2"
"#;

/// A running server. Stops when dropped.
pub(crate) struct Postgres {
    holder: Child,
    orders: Mutex<Option<(ChildStdin, BufReader<ChildStdout>)>>,
    port: u16,
    databases: AtomicU32,
}

/// The server that all tests of this process share.
pub(crate) fn shared() -> &'static Postgres {
    static SHARED: OnceLock<Postgres> = OnceLock::new();
    SHARED.get_or_init(Postgres::start)
}

impl Postgres {
    /// Starts one; it answers when this returns.
    pub(crate) fn start() -> Self {
        let programs = programs();
        let port = free_port();
        let user = unprivileged();
        let folder = std::env::temp_dir().join(format!("softphone-postgres-{}-{port}", std::process::id()));
        std::fs::create_dir(&folder).expect("a folder for the database");
        let program = |name: &str| {
            let mut command = Command::new(name);
            command
                .current_dir(&folder)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped());
            if let Some((uid, gid)) = user {
                chown(&folder, Some(uid), Some(gid)).expect("root may give its folder away");
                command.uid(uid).gid(gid);
            }
            command
        };
        let initdb = programs.join("initdb");
        let made = program(initdb.to_str().unwrap())
            .args([
                "-D",
                "data",
                "-U",
                "softphone",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
            ])
            .output()
            .expect("initdb starts");
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        configure(&folder, port);
        let mut holder = program("sh")
            .args(["-c", HOLDER, "holder"])
            .args([programs.as_path(), folder.as_path()])
            .arg(port.to_string())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell");
        let orders = holder.stdin.take().zip(holder.stdout.take().map(BufReader::new));
        let server = Self {
            holder,
            orders: Mutex::new(orders),
            port,
            databases: AtomicU32::new(0),
        };
        server.wait();
        server
    }

    /// An empty database of this server: its URL.
    pub(crate) async fn database(&self) -> String {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::connect(&self.url("postgres"))
            .await
            .expect("PostgreSQL answers");
        let make = sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")));
        make.execute(&mut admin).await.expect("a new database");
        admin.close().await.expect("a goodbye");
        self.url(&name)
    }

    /// Stops it (`stop`, `crash`) or starts it again (`start`). Returns when it is done.
    pub(crate) fn order(&self, word: &str) {
        let mut orders = self.orders.lock().unwrap();
        let (stdin, _) = orders.as_mut().expect("the holder is there until drop");
        writeln!(stdin, "{word}").expect("the holder listens");
        drop(orders);
        self.wait();
    }

    /// Reads the holder's answer.
    fn wait(&self) {
        let mut orders = self.orders.lock().unwrap();
        let (_, stdout) = orders.as_mut().expect("the holder is there until drop");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the holder answers");
        assert_eq!(line, "done\n", "PostgreSQL did not start");
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://softphone@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.orders.lock().map(|mut orders| orders.take()));
        let _ = self.holder.wait();
    }
}

/// The folder with `initdb` and `postgres`: Debian's newest, or any on the path.
fn programs() -> PathBuf {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = debian
        .chain(std::env::split_paths(&path))
        .filter(|folder| {
            ["initdb", "postgres", "pg_isready"]
                .iter()
                .all(|name| folder.join(name).exists())
        })
        .collect();
    found.sort();
    found
        .pop()
        .expect("no PostgreSQL here: apt-get install postgresql")
}

/// PostgreSQL refuses to run as root: then `postgres`, or `nobody`.
fn unprivileged() -> Option<(u32, u32)> {
    let root = std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if !root {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").expect("users");
    let ids = |name: &str| {
        let mut fields = users
            .lines()
            .find(|line| line.starts_with(name))?
            .split(':')
            .skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    Some(
        ids("postgres:")
            .or_else(|| ids("nobody:"))
            .expect("a user postgres or nobody"),
    )
}

/// As durable as in production, and small.
fn configure(folder: &Path, port: u16) {
    let settings = format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nfsync = on\n\
         synchronous_commit = on\nshared_buffers = 32MB\nmax_connections = 300\nautovacuum = on\n",
        folder.display()
    );
    let file = folder.join("data/postgresql.auto.conf");
    std::fs::write(file, settings).expect("its settings");
}

fn free_port() -> u16 {
    let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
    socket.local_addr().expect("its address").port()
}
