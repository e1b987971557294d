//! Where the account is to send its webhooks, and how that compares with where it does.

use exotel::Secret;
use exotel::hooks::HookKind;
use exotel::integrations::{AddSetting, Setting, SettingKey};
use protocol::webhooks::{Drift, WebhookSetting, WebhookSettings};

use crate::config::Config;

/// The settings that hold addresses of webhooks.
const WEBHOOKS: [(SettingKey, HookKind); 4] = [
    (SettingKey::Popup, HookKind::Popup),
    (SettingKey::IncomingCallHangup, HookKind::IncomingCallHungUp),
    (SettingKey::MissedCall, HookKind::MissedCall),
    (SettingKey::Callback, HookKind::Callback),
];

/// What is shown instead of a secret.
const DOTS: &str = "••••";

/// What installing writes, one operation a setting.
pub fn wanted(config: &Config) -> Vec<AddSetting> {
    let setting = |(key, kind): (SettingKey, HookKind)| {
        let value = addresses(config, kind).into_iter().next()?;
        Some(AddSetting { key, value })
    };
    let webhooks = WEBHOOKS.into_iter().filter_map(setting);
    let chosen = chosen(config)
        .into_iter()
        .filter_map(|(key, value)| Some(AddSetting { key, value: value? }));
    webhooks.chain(chosen).collect()
}

/// The settings that are no webhooks, as the configuration has them.
fn chosen(config: &Config) -> [(SettingKey, Option<Secret>); 3] {
    let settings = &config.vendor.app_settings;
    let record = settings.record.map(|record| Secret::new(record.to_string()));
    [
        (SettingKey::Record, record),
        (SettingKey::Streaming, settings.streaming.clone()),
        (SettingKey::Playback, settings.playback.clone()),
    ]
}

/// How each documented setting compares with what is wanted.
pub fn compare(config: &Config, found: &[Setting]) -> WebhookSettings {
    let compared = |key: &SettingKey| {
        let found = found.iter().find(|setting| setting.key == *key);
        let found = found
            .map(|setting| setting.value.reveal())
            .filter(|value| !value.is_empty());
        let kind = WEBHOOKS
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, kind)| *kind);
        let Some(kind) = kind else {
            return compare_chosen(config, key, found);
        };
        let live = addresses(config, kind);
        let place = found.and_then(|found| live.iter().position(|live| live.reveal() == found));
        WebhookSetting {
            key: key.as_str().to_owned(),
            found: found.map(|found| match place {
                Some(_) => shown_ours(config, kind),
                None => shown(found),
            }),
            wanted: Some(shown_ours(config, kind)),
            drift: match (found, place) {
                (None, _) => Drift::Missing,
                (Some(_), Some(0)) => Drift::None,
                (Some(_), Some(_)) => Drift::OlderSecret,
                (Some(_), None) => Drift::Elsewhere,
            },
        }
    };
    WebhookSettings {
        settings: SettingKey::KNOWN.iter().map(compared).collect(),
    }
}

/// One that is no webhook.
fn compare_chosen(config: &Config, key: &SettingKey, found: Option<&str>) -> WebhookSetting {
    let mut chosen = chosen(config).into_iter();
    let wanted = chosen
        .find(|(known, _)| known == key)
        .and_then(|(_, value)| value);
    let wanted = wanted.as_ref().map(Secret::reveal);
    WebhookSetting {
        key: key.as_str().to_owned(),
        found: found.map(shown),
        wanted: wanted.map(shown),
        drift: match (wanted, found) {
            (None, _) => Drift::YourChoice,
            (Some(_), None) => Drift::Missing,
            (Some(wanted), Some(found)) if wanted == found => Drift::None,
            (Some(_), Some(_)) => Drift::Elsewhere,
        },
    }
}

/// Our addresses for `kind`, one for each live secret, the first of which is the wanted one. Credentials go into the
/// address: the platform sends no header of a customer's choice.
fn addresses(config: &Config, kind: HookKind) -> Vec<Secret> {
    let origin = match (config.hooks.basic.first(), config.public_origin.split_once("://")) {
        (Some((user, password)), Some((scheme, host))) => {
            let (user, password) = (escaped(user), escaped(password.reveal()));
            format!("{scheme}://{user}:{password}@{host}")
        }
        _ => config.public_origin.clone(),
    };
    let address = |secret: &Secret| Secret::new(format!("{origin}/hooks/{}/{kind}", secret.reveal()));
    config.hooks.secrets.iter().map(address).collect()
}

fn shown_ours(config: &Config, kind: HookKind) -> String {
    format!("{}/hooks/{DOTS}/{kind}", config.public_origin)
}

/// Of an address, scheme and host: credentials and path may be secrets. Other values as they are.
pub fn shown(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else {
        return value.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match path {
        "" | "/" => format!("{scheme}://{host}{path}"),
        _ => format!("{scheme}://{host}/{DOTS}"),
    }
}

/// For the user and password of an address: all but RFC 3986's unreserved characters as `%XX`.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let mut config = Config::for_tests(std::path::Path::new("/nowhere"), None);
        config.hooks.secrets = vec![Secret::from("new-secret"), Secret::from("old-secret")];
        config
    }

    fn setting(key: &str, value: &str) -> Setting {
        Setting {
            key: SettingKey::from(key),
            value: Secret::from(value),
            ..serde_json::from_str(r#"{"Key":""}"#).unwrap()
        }
    }

    #[test]
    fn what_is_set_is_compared_and_no_secret_is_shown() {
        let ours = |secret: &str, kind: &str| format!("https://phone.test/hooks/{secret}/{kind}");
        let found = [
            setting("popup", &ours("new-secret", "popup")),
            setting("missedCall", &ours("old-secret", "missedcall")),
            setting("callback", "https://crm:pass@crm.example/secret/path?a=b"),
            setting("record", "true"),
            setting("playback", "https://audio.example/a.wav"),
        ];
        let compared = compare(&config(), &found);
        let lines: Vec<String> = compared
            .settings
            .iter()
            .map(|it| format!("{} {:?} {}", it.key, it.drift, it.found.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(
            lines,
            [
                "popup None https://phone.test/hooks/••••/popup",
                "incomingCallHangup Missing -",
                "missedCall OlderSecret https://phone.test/hooks/••••/missedcall",
                "callback Elsewhere https://crm.example/••••",
                "record YourChoice true",
                "streaming YourChoice -",
                "playback YourChoice https://audio.example/••••",
            ]
        );
    }

    #[test]
    fn credentials_go_into_the_address() {
        let mut config = config();
        config.hooks.basic = vec![("plat form".to_owned(), Secret::from("p:s@s"))];
        let wanted = wanted(&config);
        assert_eq!(wanted.len(), 4);
        assert_eq!(
            wanted[0].value.reveal(),
            "https://plat%20form:p%3As%40s@phone.test/hooks/new-secret/popup"
        );
    }
}
