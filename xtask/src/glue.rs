//! The names by which a wasm file and its glue find each other. wasm-bindgen makes them long and tells them apart by hashes,
//! which no compression makes smaller; wasm-opt gives the wasm short ones and says which, and the glue follows here.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::Failure;

/// What wasm-opt called anew.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Of the wasm's imports: keys in the glue's import object.
    imports: HashMap<String, String>,
    /// Modules they come from: keys of the object around it.
    modules: HashMap<String, String>,
    /// Of its exports: members of the glue's `wasm`.
    exports: HashMap<String, String>,
}

impl Names {
    /// From what `wasm-opt --minify-imports-and-exports-and-modules` prints. `None` if that is not what it prints.
    pub(crate) fn read(said: &str) -> Option<Self> {
        let said: Value = serde_json::from_str(said).ok()?;
        let mut names = Self::default();
        for import in said.get("imports")?.as_array()? {
            let [module, old, new] = words(import)?;
            names.imports.insert(old, new);
            // All modules become one, of this name.
            names.modules.insert(module, String::from("a"));
        }
        for export in said.get("exports")?.as_array()? {
            let [old, new] = words(export)?;
            names.exports.insert(old, new);
        }
        Some(names)
    }

    /// Puts the new names into `glue`.
    pub(crate) fn apply(&self, glue: &Path) -> Result<(), Failure> {
        let text = fs::read_to_string(glue).map_err(|e| Failure::io("read", glue, &e))?;
        let (renamed, count) = self.rename(&text);
        let wanted = self.imports.len() + self.modules.len();
        if count < wanted {
            return Err(Failure::new(format!(
                "{}: {wanted} imports have new names, {count} were found in the glue; has wasm-bindgen changed its form?",
                glue.display()
            )));
        }
        fs::write(glue, renamed).map_err(|e| Failure::io("write", glue, &e))
    }

    /// The text with its new names, and how many imports and modules were met.
    fn rename(&self, text: &str) -> (String, usize) {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
        let (mut out, mut rest, mut met) = (String::with_capacity(text.len()), text, 0);
        while let Some(start) = rest.find(|c| is_name(c) || c == '"') {
            let (before, found) = rest.split_at(start);
            out.push_str(before);
            let quoted = found.starts_with('"');
            let length = if quoted {
                found
                    .get(1..)
                    .and_then(|text| text.find('"'))
                    .map_or(found.len(), |at| at + 2)
            } else {
                found.find(|c| !is_name(c)).unwrap_or(found.len())
            };
            let (word, after) = found.split_at(length);
            let is_key = after.starts_with(':');
            let new = if quoted {
                self.modules.get(word.trim_matches('"')).filter(|_| is_key)
            } else if is_key {
                self.imports.get(word)
            } else if out.ends_with("wasm.") {
                self.exports.get(word)
            } else {
                None
            };
            met += usize::from(is_key && new.is_some());
            out.push_str(new.map_or(word, String::as_str));
            rest = after;
        }
        out.push_str(rest);
        (out, met)
    }
}

fn words<const N: usize>(list: &Value) -> Option<[String; N]> {
    let words: Option<Vec<String>> = list
        .as_array()?
        .iter()
        .map(|word| word.as_str().map(str::to_owned))
        .collect();
    words?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"{
 "imports": [ ["./x_bg.js", "__wbg_call_fc92", "a"], ["./x_bg.js", "__wbg_call_40b0", "b"] ],
 "exports": [ ["memory", "c"], ["invoke___true_", "d"], ["main", "$"] ]
}"#;

    #[test]
    fn keys_and_members_are_renamed_and_nothing_else() {
        let names = Names::read(SAID).unwrap();
        let glue = r#"import0 = { __wbg_call_fc92: function(memory) { wasm.invoke___true_(memory); }, __wbg_call_40b0: 1 };
return { "./x_bg.js": import0, memory: wasm.memory.buffer, main: "__wbg_call_40b0: no" };"#;
        let (renamed, met) = names.rename(glue);
        assert_eq!(met, 3);
        assert_eq!(
            renamed,
            r#"import0 = { a: function(memory) { wasm.d(memory); }, b: 1 };
return { a: import0, memory: wasm.c.buffer, main: "__wbg_call_40b0: no" };"#
        );
    }

    #[test]
    fn glue_of_another_form_is_refused() {
        let file = std::env::temp_dir().join(format!("softphone-glue-{}.js", std::process::id()));
        fs::write(&file, "const imports = {};").unwrap();
        let refused = Names::read(SAID).unwrap().apply(&file);
        fs::remove_file(&file).unwrap();
        assert!(refused.is_err());
    }

    #[test]
    fn only_its_own_report_is_read() {
        assert!(Names::read("wasm-opt: error").is_none());
        assert!(Names::read(r#"{"imports": [["a", "b"]], "exports": []}"#).is_none());
    }
}
