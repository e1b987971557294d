//! `--state`: the platform's records in a file, read at the start and written as they change.

use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::engine::Engine;
use crate::error::StartError;

/// How often a change is looked for.
const PERIOD: Duration = Duration::from_secs(1);

/// What the file holds; `None` if there is none yet.
pub(crate) fn read(path: &Path) -> Result<Option<String>, StartError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(StartError::State(path.to_owned(), why.to_string())),
    }
}

/// Writes the file while the platform runs, and once more when it stops.
pub(crate) struct Keeper {
    engine: Arc<Engine>,
    path: PathBuf,
    /// The revision that is in the file; 0 before the first.
    written: Mutex<u64>,
}

impl Keeper {
    /// A first writing shows whether the file can be written at all.
    pub(crate) fn new(engine: Arc<Engine>, path: PathBuf) -> Result<Arc<Self>, StartError> {
        let keeper = Self {
            engine,
            path,
            written: Mutex::new(0),
        };
        match keeper.keep() {
            Ok(()) => Ok(Arc::new(keeper)),
            Err(why) => Err(StartError::State(keeper.path, why.to_string())),
        }
    }

    /// Keeps on keeping.
    pub(crate) async fn run(self: Arc<Self>) {
        loop {
            tokio::time::sleep(PERIOD).await;
            let keeper = Arc::clone(&self);
            // A disk that is full now may have room in a second; the platform goes on.
            let _ = tokio::task::spawn_blocking(move || keeper.keep()).await;
        }
    }

    /// Writes what changed: beside the file first, then in its place, so that a crash leaves a whole one.
    pub(crate) fn keep(&self) -> io::Result<()> {
        // Held from before the text is made: of two writers the later has the newer one.
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let known = *written;
        let newer = self.engine.read(|world| {
            let revision = world.platform.records.revision();
            (revision != known).then(|| (revision, world.platform.saved()))
        });
        let Some((revision, text)) = newer else {
            return Ok(());
        };
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        private(Path::new(&beside))?.write_all(text.as_bytes())?;
        std::fs::rename(&beside, &self.path)?;
        *written = revision;
        Ok(())
    }
}

/// A new file that only its owner reads: it holds every credential.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keeper").field(&self.path).finish()
    }
}
