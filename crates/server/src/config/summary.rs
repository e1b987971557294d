//! What `--check` says of a good configuration. No secret is in it.

use std::fmt;

use super::{Config, StoreConfig};

/// Lines for people.
pub struct Summary<'a>(pub &'a Config);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = self.0;
        let is_there = |there: bool| if there { "yes" } else { "no" };
        writeln!(f, "The configuration is good.")?;
        writeln!(f, "  listens on      {}", config.listen)?;
        writeln!(f, "  is called       {}", config.public_origin)?;
        match &config.tls {
            Some(tls) => writeln!(f, "  TLS             {}", tls.certificate.display())?,
            None => writeln!(f, "  TLS             by a proxy in front")?,
        }
        match &config.store {
            StoreConfig::Sqlite(path) => writeln!(f, "  keeps           SQLite, {}", path.display())?,
            StoreConfig::Postgres(_) => writeln!(f, "  keeps           PostgreSQL")?,
        }
        match &config.www {
            Some(folder) => writeln!(f, "  widget          {}", folder.display())?,
            None => writeln!(f, "  widget          the one built in")?,
        }
        let vendor = &config.vendor;
        writeln!(
            f,
            "  account         {} at {}",
            vendor.account_sid,
            vendor.hosts.integrations.as_str()
        )?;
        writeln!(f, "  API key         {}", is_there(vendor.api_key.is_some()))?;
        writeln!(f, "  GreenPin        {}", is_there(vendor.greenpin.is_some()))?;
        writeln!(f, "  customer        {}", is_there(vendor.customer.is_some()))?;
        writeln!(
            f,
            "  webhooks        {} live secret(s), {} Basic credential(s)",
            config.hooks.secrets.len(),
            config.hooks.basic.len()
        )?;
        let receivers: Vec<&str> = config.crm_webhooks.iter().map(|crm| crm.name.as_str()).collect();
        let receivers = if receivers.is_empty() {
            "nobody".to_owned()
        } else {
            receivers.join(", ")
        };
        writeln!(f, "  tells of calls  {receivers}")?;
        let fallback = config.dial_whom.fallback.as_deref().unwrap_or("nobody");
        writeln!(
            f,
            "  dial-whom       {fallback} after {} ms",
            config.dial_whom.deadline.as_millis()
        )?;
        writeln!(f, "  SIP edges       {}", config.phone.servers.join(", "))?;
        writeln!(f, "  TURN            {}", is_there(config.phone.turn.is_some()))?;
        let embeds = match config.sessions.embed_origins.is_empty() {
            true => "nowhere".to_owned(),
            false => config.sessions.embed_origins.join(", "),
        };
        write!(f, "  embedded in     {embeds}")
    }
}
