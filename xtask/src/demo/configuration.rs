//! The configuration of the demo's server.

use serde_json::Value;

use super::setup::Demo;

impl Demo {
    /// The text of `softphone.toml` for the platform that `GET /control/platform` has described.
    pub(super) fn configuration(&self, platform: &Value) -> String {
        let text = |pointer: &str| platform.pointer(pointer).unwrap_or(&Value::Null).to_string();
        let base = |name: &str| text(&format!("/bases/{name}"));
        let quoted = |text: &str| Value::from(text).to_string();
        // A JSON string is a TOML string.
        format!(
            "listen = \"127.0.0.1:{server_port}\"\npublic_origin = {origin}\ntrusted_proxies = [\"127.0.0.1\"]\n\
             www = {www}\n\n[vendor]\naccount_sid = {sid}\napi_key = {api_key}\napi_token = {api_token}\n\
             greenpin_user = {greenpin_user}\ngreenpin_password = {greenpin_password}\ncustomer_id = {customer_id}\n\
             customer_secret = {customer_secret}\napp_id = {app_id}\napp_secret = {app_secret}\n\n[vendor.hosts]\n\
             integrations = {integrations}\nsubscribers = {subscribers}\nmiles = {subscribers}\ngreenpin = {greenpin}\n\
             voice_v1 = {voice_v1}\nvoice_v3 = {voice_v3}\nsip_edge = \"ws://127.0.0.1:{port}/sip\"\n\
             sip_domain = \"sandbox.test\"\n\n[hooks]\nsecrets = [{hooks_secret}]\nbasic = [{basic}]\n\n[dial_whom]\n\
             fallback = \"meera\"\n\n[phone]\nany_server = true\ndirect_calls = true\n\
             dispositions = [\"Sold\", \"Call again\", \"Wrong number\"]\n\n[sessions]\nembed_origins = [{crm}]\n\n\
             # The sandbox has the details of a call at once.\n[reconcile]\nevery = \"5s\"\nsilent = \"10s\"\n",
            server_port = self.server_port,
            port = self.port,
            origin = quoted(&self.origin()),
            crm = quoted(&self.crm_origin()),
            www = quoted(&self.dist.display().to_string()),
            sid = text("/accounts/0/sid"),
            api_key = text("/accounts/0/api_key"),
            api_token = text("/accounts/0/api_token"),
            greenpin_user = text("/accounts/0/greenpin_user"),
            greenpin_password = text("/accounts/0/greenpin_password"),
            customer_id = text("/customers/0/CustomerID"),
            customer_secret = text("/customers/0/CustomerSecret"),
            app_id = text("/apps/0/AppID"),
            app_secret = text("/apps/0/AppSecret"),
            integrations = base("integrations"),
            subscribers = base("subscribers"),
            greenpin = base("greenpin"),
            voice_v1 = base("voice_v1"),
            voice_v3 = base("voice_v3"),
            hooks_secret = quoted(&self.hooks_secret),
            basic = quoted(&format!("platform:{}", self.hooks_password)),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    #[test]
    fn the_configuration_quotes_what_the_sandbox_says() {
        let demo = Demo::new(8080, 8090, Path::new("/tmp/x"), Path::new("/a \"b\"/dist")).unwrap();
        let text = demo.configuration(&json!({
            "accounts": [{"sid": "exoteldemo", "api_key": "k\"ey"}],
            "bases": {"integrations": "http://127.0.0.1:8080/v2/integrations"},
        }));
        assert!(
            text.contains("account_sid = \"exoteldemo\"\napi_key = \"k\\\"ey\"\n"),
            "{text}"
        );
        assert!(
            text.contains("embed_origins = [\"http://127.0.0.1:8090\"]\n"),
            "{text}"
        );
        assert!(text.contains("www = \"/a \\\"b\\\"/dist\"\n"), "{text}");
        assert!(
            text.contains("integrations = \"http://127.0.0.1:8080/v2/integrations\"\n"),
            "{text}"
        );
    }
}
