use std::env;

use super::*;

fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("softphone-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_name_follows_its_content() {
    let folder = folder("names");
    let page = r#"<script src="/boot.js" data-worker="/worker-boot.js" data-page="/softphone-1.js" data-wasm="/softphone-1_bg.wasm" data-panes="/panes.js" data-panes-wasm="/panes_bg.wasm" data-panes-style="/panes.css" data-link="/link.js" data-link-wasm="/link_bg.wasm" data-denoise="/denoise-worklet.js" data-denoise-wasm="/denoise_bg.wasm">"#;
    let admin = r#"<script src="/admin-boot.js" data-program="/admin.js" data-wasm="/admin_bg.wasm"><link href="/base.css"><link href="/admin.css"><link href="/icon.svg">"#;
    let entrance = r#"<script src="/admin-boot.js" data-program="/entrance.js" data-wasm="/entrance_bg.wasm"><link href="/base.css"><link href="/admin.css"><link href="/icon.svg">"#;
    for (name, text) in [
        ("worker_bg.wasm", "wasm"),
        ("softphone-1_bg.wasm", "wasm of the page"),
        ("softphone-1.js", "start(wasm)"),
        ("worker.js", "start(wasm)"),
        ("worker-boot.js", "import('./worker.js'); fetch('worker_bg.wasm')"),
        ("boot.js", "start()"),
        ("panes.js", "glue of the panes"),
        ("panes_bg.wasm", "wasm of the panes"),
        ("panes.css", "c {}"),
        ("link.js", "glue of the link"),
        ("link_bg.wasm", "wasm of the link"),
        ("admin.js", "glue of the admin"),
        ("admin_bg.wasm", "wasm of the admin"),
        ("admin-boot.js", "start the admin"),
        ("admin.css", "a {}"),
        ("base-1.css", "b {}"),
        ("icon-1.svg", "<svg/>"),
        ("entrance.js", "glue of the entrance"),
        ("entrance_bg.wasm", "wasm of the entrance"),
        ("admin.html", admin),
        ("entrance.html", entrance),
        (BARE, "wasm of the audio thread"),
        (BARE_SCRIPT, "script of the audio thread"),
        ("index.html", page),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    name_by_content(&folder).unwrap();

    let named = |text: &str| -> Vec<String> {
        let words = text.split(['"', '\'', '/']);
        words
            .filter(|word| word.contains('-') && word.contains('.'))
            .map(Into::into)
            .collect()
    };
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    let in_page = named(&index);
    assert_eq!(in_page.len(), 11, "{index}");
    assert!(
        !index.contains("softphone-1.js") && !index.contains("softphone-1_bg.wasm"),
        "{index}"
    );
    let boot = fs::read_to_string(folder.join(&in_page[1])).unwrap();
    assert_eq!(named(&boot).len(), 2, "{boot}");
    let of_admin = named(&fs::read_to_string(folder.join("admin.html")).unwrap());
    assert_eq!(of_admin.len(), 6, "{of_admin:?}");
    let of_entrance = named(&fs::read_to_string(folder.join("entrance.html")).unwrap());
    assert_eq!(of_entrance.len(), 6, "{of_entrance:?}");
    let others = [named(&boot), of_admin, of_entrance].concat();
    for name in in_page.iter().chain(&others) {
        assert!(folder.join(name).is_file(), "{name} is named but absent");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_page_that_names_no_boot_script_is_refused() {
    let folder = folder("no-names");
    let file = folder.join("index.html");
    fs::write(&file, "<html>").unwrap();
    assert!(replace(&file, "/boot.js", "/boot-1.js").is_err());
    fs::remove_dir_all(&folder).unwrap();
}
