//! Every fault names its line, its key and what to write; all come at once.

use super::{LEAST, faults, read};

#[test]
fn all_at_once_each_with_its_line() {
    let text = r#"listen = "8080"
public_origin = "http://phone.example/"
wwww = "dist"
[vendor]
acount_sid = "example1"
app_id = ""
app_secret = 7
[phone]
country = "India"
servers = ["ws://edge.example"]
calls_per_minute = "30"
[sessions]
idle = "2d"
longest = "1 day"
[dial_whom]
timeout = "1s"
"#;
    let expected = [
        r#"softphone.toml:1: listen: Write an address and a port, such as "127.0.0.1:8080" or "[::]:443"."#,
        r#"softphone.toml:2: public_origin: Write a scheme and a host, such as "https://phone.example": no path, no slash at the end."#,
        "softphone.toml:3: wwww: There is no such key. Did you mean `www`?",
        "softphone.toml:5: vendor.acount_sid: There is no such key. Did you mean `vendor.account_sid`?",
        "softphone.toml:6: vendor.app_id: This is empty. Write a value, or remove the line.",
        "softphone.toml:7: vendor.app_secret: This is a number. Write a text in quotes.",
        r#"softphone.toml:9: phone.country: Write a country by two letters, such as "IN"."#,
        r#"softphone.toml:10: phone.servers: Write WebSocket addresses, such as "wss://voip.in1.exotel.com:443/wss"; ws:// is for this machine alone."#,
        "softphone.toml:11: phone.calls_per_minute: Write a whole number from 1 to 600, without quotes.",
        "softphone.toml:13: sessions.idle: This is more than sessions.longest. Write at most that.",
        r#"softphone.toml:14: sessions.longest: Write a time from "5m" to "30d": a whole number with ms, s, m, h or d, in quotes."#,
        "softphone.toml:16: dial_whom.timeout: There is no such key. Did you mean `vendor.timeout`?",
        r#"softphone.toml: hooks.secrets: This key is missing. Webhooks are not signed, the secret in their path is what keeps others out. Write secrets = ["…"] with what `softphone-server secret` prints."#,
        "softphone.toml: vendor.account_sid: This key is missing. Write the account's sid, from the vendor's API settings page.",
    ];
    assert_eq!(faults(text), expected);
}

#[test]
fn what_is_no_toml_has_a_line_too() {
    let found = faults(&format!("{LEAST}\n[phone\ncountry = \"IN\"\n"));
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("softphone.toml:10: This is not TOML:")),
        "{found:#?}"
    );
}

#[test]
fn halves_of_a_pair_are_named() {
    let found = faults(&format!(
        "{LEAST}basic = [\"nobody\"]\n[tls]\nkey = \"k\"\n[phone.turn]\nurls = [\"turn:a\"]\n"
    ));
    assert_eq!(
        found,
        [
            r#"softphone.toml:9: hooks.basic: Write each as "user:password"."#,
            "softphone.toml: phone.turn.secret: This key is missing. URLs and secret go together; the secret is coturn's static-auth-secret.",
            "softphone.toml: tls.certificate: This key is missing. Certificate and key go together: write two paths of PEM files, or none.",
        ]
    );
}

#[test]
fn a_receiver_of_webhooks_says_what_is_wrong_with_it() {
    let good = "secrets = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]";
    let found = faults(&format!(
        "{LEAST}
[[crm.webhooks]]
name = \"crm\"
url = \"https://crm.example/in\"
{good}
[[crm.webhooks]]
name = \"crm\"
url = \"https://10.0.0.1/in\"
secrets = [\"short\"]
events = [\"call.began\"]
urll = \"x\"
"
    ));
    let words =
        "Write one secret, or two while one takes the other's place: whsec_ and 24 to 64 bytes in Base64.";
    let private = "Plain http and private addresses need `private = true` beside them.";
    let events = r#"Write "call.ended", "call.missed" or "note.saved"."#;
    let start = LEAST.lines().count() + 7;
    assert_eq!(
        found,
        [
            format!(
                "softphone.toml:{}: crm.webhooks.1.name: Another receiver has this name. Give each its own.",
                start
            ),
            format!("softphone.toml:{}: crm.webhooks.1.url: {private}", start + 1),
            format!("softphone.toml:{}: crm.webhooks.1.secrets: {words}", start + 2),
            format!("softphone.toml:{}: crm.webhooks.1.events: {events}", start + 3),
            format!(
                "softphone.toml:{}: crm.webhooks.1.urll: There is no such key. Did you mean `crm.webhooks.1.url`?",
                start + 4
            ),
        ]
    );
}

#[test]
fn a_weak_secret_of_the_path_is_refused() {
    for weak in ["[\"short\"]", "[]", "[\"has a slash / and blanks in it, long\"]"] {
        let text = LEAST.replace("[\"hooks-secret-canary-hooks-secret\"]", weak);
        let found = faults(&text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("softphone.toml:8: hooks.secrets: "),
            "{found:?}"
        );
    }
}

#[test]
fn a_section_is_not_a_key() {
    assert_eq!(
        faults(&format!("phone = \"x\"\n{LEAST}")),
        ["softphone.toml:1: phone: This is a section. Write [phone] and its keys below, not `phone =`."]
    );
    assert_eq!(faults(&format!("{LEAST}[phone]\n")), [""; 0]);
    assert_eq!(
        faults(&format!("{LEAST}[fone]\n")),
        ["softphone.toml:9: fone: There is no such key. Remove it; deploy/softphone.example.toml lists all."]
    );
}

#[test]
fn a_policy_cannot_be_bent_by_a_value() {
    for bad in [
        "https://a.example;",
        "https://a.example b",
        "https://a,b",
        "https://*",
        "null",
        "https://u@a",
    ] {
        let found = faults(&format!("{LEAST}[sessions]\nembed_origins = [\"{bad}\"]\n"));
        assert_eq!(found.len(), 1, "{bad}: {found:?}");
    }
    let text = format!(
        "{LEAST}[sessions]\nembed_origins = [\"https://CRM.example:443\", \"http://localhost:3000\"]\n"
    );
    assert_eq!(
        read(&text).unwrap().sessions.embed_origins,
        ["https://crm.example", "http://localhost:3000"]
    );
}

#[test]
fn no_secret_is_in_a_fault_or_in_debug() {
    let text = LEAST.replace("app_id", "app_idd");
    let faults = read(&text).unwrap_err();
    assert!(!format!("{faults} {faults:?}").contains("canary"));
    let config = read(LEAST).unwrap();
    let shown = format!("{config:?} {}", server::config::Summary(&config));
    assert!(!shown.contains("canary"), "{shown}");
}
