//! The loader at the end of wasm-bindgen's glue, cut down to the one way our boot scripts use: it is given the wasm's URL, or
//! the promise of its response. What is left out (modules, buffers, warnings of old forms, servers that call wasm something
//! else) is half a KB of each program.

use std::fs;
use std::path::Path;

use crate::failure::Failure;

const START: &str = "async function __wbg_load(";
const END: &str = "export { initSync, __wbg_init as default };";
const LOADER: &str = r#"async function __wbg_init({ module_or_path: wasm }) {
    const response = await (typeof wasm === "string" ? fetch(wasm) : wasm);
    if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
    const { instance } = await WebAssembly.instantiateStreaming(response, __wbg_get_imports());
    return __wbg_finalize_init(instance);
}

export { __wbg_init as default };
"#;

/// Puts our loader in the place of the glue's own.
pub(crate) fn shorten(glue: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(glue).map_err(|e| Failure::io("read", glue, &e))?;
    let shorter = shorter(&text).ok_or_else(|| {
        Failure::new(format!(
            "{} does not end in the loader that wasm-bindgen used to write",
            glue.display()
        ))
    })?;
    fs::write(glue, shorter).map_err(|e| Failure::io("write", glue, &e))
}

fn shorter(text: &str) -> Option<String> {
    let (glue, loader) = text.split_once(START)?;
    loader.trim_end().ends_with(END).then(|| [glue, LOADER].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_loader_changes() {
        let text = format!("let wasm;\n{START}module, imports) {{\n}}\n\n{END}\n");
        assert_eq!(shorter(&text).unwrap(), format!("let wasm;\n{LOADER}"));
        assert_eq!(shorter(&text.replace(END, "export { other };")), None);
        assert_eq!(shorter("let wasm;"), None);
    }
}
