//! Faults of accessibility on a screen, as axe-core finds them by the rules of WCAG 2.2 AA.

use std::fs;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::npm;
use super::tab::Tab;

/// axe-core itself, where `cargo xtask setup` put it.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let script = npm::tool("axe-core-", "axe-core/axe.min.js");
    fs::read_to_string(script).expect("axe-core")
});

/// Each fault in a line: the rule, what it wants, where. The one rule left out is experimental: it wants all that stands in
/// a row in its name, where ours name what a press does and give the rest as the description.
const RUN: &str = "
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const rules = { 'label-content-name-mismatch': { enabled: false } };
    const found = await axe.run(document, { runOnly, rules, resultTypes: ['violations'] });
    return found.violations.map(({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map((node) => `${node.target} ${node.html.slice(0, 120)}`).join(' | ')}`);";

impl Tab {
    /// Nothing on the screen as it stands keeps anybody out.
    pub(crate) async fn is_accessible(&self, screen: &str) {
        if self.run("return typeof axe", vec![]).await == "undefined" {
            // By DevTools, which the page's content security policy does not bind.
            let script = json!({ "expression": &*AXE });
            self.devtools("Runtime.evaluate", script).await;
        }
        let found = self.run(RUN, vec![]).await;
        let none = Value::Array(Vec::new());
        assert_eq!(found, none, "axe-core on {screen}: {found:#}");
    }
}
