//! From a file and the environment to a configuration, or to everything that is wrong with them.

use std::path::Path;

use super::fault::{Fault, Faults, Place};
use super::reader::Reader;
use super::{Config, account, crm, document, service, values};

/// Reads `path`, with the process's environment over it.
///
/// # Errors
/// [`Faults`]: each with its line and what to write.
pub fn load(path: &Path) -> Result<Config, Faults> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|why| {
        let words = format!("This file cannot be read: {why}. Copy deploy/softphone.example.toml, or name another with --config.");
        let fault = Fault {
            place: Place::File,
            key: String::new(),
            words,
        };
        Faults::new(file.clone(), vec![fault])
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    // What is no text belongs to somebody else.
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    read(&file, &text, folder, variables)
}

/// Reads `text`, which `file` names in faults. Paths in it start at `folder`; `variables` of the form
/// `SOFTPHONE__SECTION__KEY` come before it.
///
/// # Errors
/// [`Faults`], all at once.
pub fn read(
    file: &str,
    text: &str,
    folder: &Path,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Config, Faults> {
    let mut faults = Vec::new();
    let mut entries = document::read(text, &mut faults);
    document::override_by(&mut entries, variables);
    let mut reader = Reader::new(entries, folder, faults);
    let config = whole(&mut reader);
    let faults = reader.finish();
    match faults.is_empty() {
        true => Ok(config),
        false => Err(Faults::new(file.to_owned(), faults)),
    }
}

fn whole(reader: &mut Reader) -> Config {
    let vendor = account::vendor(reader);
    Config {
        listen: service::listen(reader),
        public_origin: service::public_origin(reader),
        tls: service::tls(reader),
        trusted_proxies: reader.or("trusted_proxies", Vec::new(), values::each(values::ip)),
        store: service::store(reader),
        www: reader
            .optional("www", values::text)
            .map(|folder| reader.path(&folder)),
        phone: service::phone(reader, &vendor.hosts.sip_edge),
        vendor,
        hooks: account::hooks(reader),
        dial_whom: account::dial_whom(reader),
        sessions: service::sessions(reader),
        retention: service::retention(reader),
        reconcile: service::reconcile(reader),
        connections: service::connections(reader),
        metrics: service::metrics(reader),
        crm_webhooks: crm::webhooks(reader),
    }
}
