//! The words on the screen in other languages than English: catalogues `www/lang/*.po`, held to the sources by a test, packed
//! for the browser by the build.

mod catalogue;
mod sources;

use crate::failure::Failure;
use crate::workspace::Workspace;

pub(crate) use catalogue::{pack, path, tags};

/// `cargo xtask language`: every text of the sources into every catalogue, without a translation where it is new; what no
/// source has any more goes.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    let texts = sources::texts(&workspace.root)?;
    for tag in tags(&workspace.root)? {
        let news = catalogue::renew(&path(&workspace.root, &tag), &texts)?;
        println!("{tag}: {news}");
    }
    Ok(())
}
