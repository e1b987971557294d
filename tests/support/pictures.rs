//! Screenshots for a person to look at, in every width and both colour schemes.

use std::fs;

use serde_json::json;

use super::report;
use super::tab::Tab;
use super::wait::pass;

/// Panel, wide panel, full page; CSS pixels.
const WIDTHS: [u32; 3] = [320, 400, 1280];
const SCHEMES: [&str; 2] = ["light", "dark"];
/// Where axe-core looks too: each width and each scheme that differs for it, once.
const CHECKED: [(u32, &str); 2] = [(320, "light"), (1280, "dark")];

impl Tab {
    /// Leaves `name-width-scheme.png` in `target/report/screens`; nothing may stick out sideways, or keep anybody out.
    pub(crate) async fn pictures(&self, name: &str) {
        for width in WIDTHS {
            let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
            for scheme in SCHEMES {
                self.picture(name, width, scheme).await;
                if CHECKED.contains(&(width, scheme)) {
                    self.is_accessible(&format!("{name}, {width} px, {scheme}")).await;
                }
            }
            let excess = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            assert_eq!(
                self.run(excess, vec![]).await,
                0,
                "{name} sticks out at {width} px"
            );
        }
        let none = json!({ "features": [] });
        self.devtools("Emulation.setEmulatedMedia", none).await;
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
            .await;
    }

    /// The same of a frame of this size, in both colour schemes; nothing may stick out of it at all. The frame stays so.
    pub(crate) async fn frame_pictures(&self, name: &str, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        for scheme in SCHEMES {
            self.picture(name, width, scheme).await;
        }
        self.is_accessible(&format!("{name}, {width} x {height} px"))
            .await;
        let size = "const root = document.documentElement; return [root.scrollWidth, root.scrollHeight];";
        let size = self.run(size, vec![]).await;
        assert_eq!(size, json!([width, height]), "{name} sticks out");
    }

    /// One of them.
    async fn picture(&self, name: &str, width: u32, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", features).await;
        // Colours fade into each other.
        pass(300).await;
        let picture = self.front().await.screenshot().await.expect("a screenshot");
        let file = report("screens").join(format!("{name}-{width}-{scheme}.png"));
        fs::write(&file, picture).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }
}
