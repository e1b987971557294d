//! Who may show the phone and is obeyed by it: every trick with origins in one table, each told by a real page.

use axum::Router;
use axum::extract::Query;
use axum::response::{Html, Redirect};
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;

use super::setup;
use crate::support::browser::{Setup, story};
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::ports;
use crate::support::tls::Front;
use crate::support::wait::until;

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comes {
    /// The phone shows and does as it is told.
    Obeyed,
    /// It shows, and heeds nobody.
    Shown,
    /// It does not show.
    Nothing,
}
use Comes::{Nothing, Obeyed, Shown};

/// In words, the pages from the top one inwards, what the innermost says wrongly of itself, and what comes of it. `{a}` is the
/// port of the allowed pages, `{b}` another one, `{h}` one without encryption. Allowed are `https://crm.test:{a}`,
/// `https://xn--bcher-kva.test:{a}` and `https://plain.test`.
const CASES: [(&str, &[&str], &str, Comes); 40] = [
    ("the very origin", &["https://crm.test:{a}/"], "", Obeyed),
    ("in upper case", &["HTTPS://CRM.TEST:{a}/"], "", Obeyed),
    (
        "any path",
        &["https://crm.test:{a}/leads/1?x=https://evil.test"],
        "",
        Obeyed,
    ),
    (
        "a fragment",
        &["https://crm.test:{a}/#https://evil.test"],
        "",
        Obeyed,
    ),
    (
        "a user before it",
        &["https://evil.test@crm.test:{a}/"],
        "",
        Obeyed,
    ),
    (
        "a name in other letters",
        &["https://b\u{fc}cher.test:{a}/"],
        "",
        Obeyed,
    ),
    (
        "the same name in punycode",
        &["https://xn--bcher-kva.test:{a}/"],
        "",
        Obeyed,
    ),
    (
        "the usual port, not written",
        &["https://plain.test/"],
        "",
        Obeyed,
    ),
    (
        "the usual port, written",
        &["https://plain.test:443/"],
        "",
        Obeyed,
    ),
    (
        "led there by a stranger",
        &["https://evil.test:{a}/to?url=https://crm.test:{a}/"],
        "",
        Obeyed,
    ),
    (
        "the allowed in the allowed",
        &["https://crm.test:{a}/", "https://crm.test:{a}/"],
        "",
        Obeyed,
    ),
    (
        "one allowed in another",
        &["https://xn--bcher-kva.test:{a}/", "https://crm.test:{a}/"],
        "",
        Obeyed,
    ),
    ("without encryption", &["http://crm.test:{h}/"], "", Nothing),
    ("another port", &["https://crm.test:{b}/"], "", Nothing),
    (
        "the usual port in place of its own",
        &["https://crm.test/"],
        "",
        Nothing,
    ),
    (
        "its own port in place of the usual",
        &["https://plain.test:{a}/"],
        "",
        Nothing,
    ),
    ("a name below", &["https://sub.crm.test:{a}/"], "", Nothing),
    ("www before it", &["https://www.crm.test:{a}/"], "", Nothing),
    ("a name above", &["https://test:{a}/"], "", Nothing),
    ("a stranger", &["https://evil.test:{a}/"], "", Nothing),
    (
        "it as the beginning of a stranger's",
        &["https://crm.test.evil.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "it as the end of a stranger's",
        &["https://evilcrm.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "a hyphen in place of the dot",
        &["https://crm-test.test:{a}/"],
        "",
        Nothing,
    ),
    ("one letter more", &["https://crmm.test:{a}/"], "", Nothing),
    ("a dot behind it", &["https://crm.test.:{a}/"], "", Nothing),
    (
        "a letter that looks the same",
        &["https://\u{441}rm.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "punycode of another name",
        &["https://xn--bcher-kva8445foa.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "it as a stranger's user",
        &["https://crm.test:{a}@evil.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "it in a stranger's path",
        &["https://evil.test:{a}/https://crm.test:{a}/"],
        "",
        Nothing,
    ),
    ("an address of numbers", &["https://127.0.0.1:{a}/"], "", Nothing),
    (
        "led from it to a stranger",
        &["https://crm.test:{a}/to?url=https://evil.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "a stranger around it",
        &["https://evil.test:{a}/", "https://crm.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "it around a stranger",
        &["https://crm.test:{a}/", "https://evil.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "a stranger between",
        &[
            "https://crm.test:{a}/",
            "https://evil.test:{a}/",
            "https://crm.test:{a}/",
        ],
        "",
        Nothing,
    ),
    (
        "a sandbox around it",
        &["https://crm.test:{a}/", "sandbox:https://crm.test:{a}/"],
        "",
        Nothing,
    ),
    (
        "a page in an address",
        &["https://crm.test:{a}/", "data:"],
        "",
        Nothing,
    ),
    (
        "another origin by its own word",
        &["https://crm.test:{a}/"],
        "origin",
        Shown,
    ),
    ("a nonce of its own", &["https://crm.test:{a}/"], "nonce", Shown),
    (
        "a version that is none",
        &["https://crm.test:{a}/"],
        "version",
        Shown,
    ),
    ("no port to speak on", &["https://crm.test:{a}/"], "port", Shown),
];

/// Shows the phone, or the next page inwards, and tells the top page what came of it.
const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Host</title><body><script>
const asked = new URLSearchParams(location.hash.slice(1));
const inwards = JSON.parse(asked.get('inwards') ?? '[]');
const [phone, lie] = [asked.get('phone'), asked.get('lie')];
const tell = (what) => top.postMessage({ came: what }, '*');
if (window === top) {
  window.came = 'nothing';
  addEventListener('message', ({ data }) => { if (data.came) window.came = data.came; });
}
const frame = document.createElement('iframe');
frame.allow = 'microphone; autoplay';
frame.style = 'width: 400px; height: 640px';
const [next, ...rest] = inwards;
const start = (rest) => '#' + new URLSearchParams({ inwards: JSON.stringify(rest), phone, lie });
if (!next) frame.src = phone;
else if (next === 'data:') {
  frame.src = 'data:text/html,' + encodeURIComponent(
    `<iframe src=\"${phone}\"></iframe><script>onmessage = ({ data }) => top.postMessage({ came: 'shown' }, '*')</scr` + `ipt>`);
} else {
  if (next.startsWith('sandbox:')) frame.sandbox = 'allow-scripts';
  frame.src = next.replace('sandbox:', '') + start(rest);
}
addEventListener('message', ({ source, data }) => {
  if (source !== frame.contentWindow || typeof data !== 'string') return;
  const ready = JSON.parse(data).softphoneReady;
  if (!ready) return;
  tell('shown');
  const { port1, port2 } = new MessageChannel();
  const hello = {
    version: lie === 'version' ? 7 : 1,
    nonce: lie === 'nonce' ? crypto.randomUUID() : ready.nonce,
    origin: lie === 'origin' ? 'https://plain.test' : location.origin,
  };
  port1.onmessage = ({ data }) => {
    const said = JSON.parse(data);
    if (said.welcome) port1.postMessage(JSON.stringify({ id: 1, ask: { snapshot: {} } }));
    if (said.done) tell('obeyed');
  };
  source.postMessage(JSON.stringify({ softphoneHello: hello }), '*', lie === 'port' ? [] : [port2]);
});
document.body.append(frame);
</script>";

#[derive(Deserialize)]
struct To {
    url: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_origins() {
    let [plain_port, phone_port, a, b] = [0; 4].map(|_: i32| ports::free());
    let rules = format!(
        "--host-resolver-rules=MAP plain.test:443 127.0.0.1:{a}, MAP crm.test:443 127.0.0.1:{a}, MAP *.test 127.0.0.1, \
         MAP *.test. 127.0.0.1, MAP test 127.0.0.1"
    );
    // Lives as long as the browser's own flags.
    let flags: &'static [&'static str] = vec![&*rules.leak(), "--ignore-certificate-errors"].leak();
    let setup = Setup {
        flags,
        expected: &[
            "/api/session",
            "/demo.json",
            "frame-ancestors",
            "frame",
            "favicon.ico",
            "Failed",
        ],
        ..setup()
    };
    story("embed-origins", setup, move |browser| async move {
        let phone_front = Front::start("phone.test", phone_port).await;
        let _fronts = [
            Front::start_at("crm.test", a, plain_port).await,
            Front::start_at("crm.test", b, plain_port).await,
        ];
        let platform = Platform::start().await;
        let embedders = vec![
            format!("https://crm.test:{a}"),
            format!("https://xn--bcher-kva.test:{a}"),
            "https://plain.test".to_owned(),
        ];
        let name = "embed-origins";
        let _companion = Companion::start_for(name, &platform, phone_port, &phone_front.origin, embedders).await;
        let router = Router::new()
            .route("/to", get(|Query(to): Query<To>| async move { Redirect::to(&to.url) }))
            .fallback(|| async { Html(PAGE) });
        let listener = TcpListener::bind(("127.0.0.1", plain_port)).await.expect("a free port");
        tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });

        let phone = format!("{}/", phone_front.origin);
        let put = |text: &str| {
            let text = text.replace("{a}", &a.to_string()).replace("{b}", &b.to_string());
            text.replace("{h}", &plain_port.to_string())
        };
        let mut tabs = Vec::new();
        for (words, pages, lie, comes) in CASES {
            let inwards: Vec<String> = pages[1..].iter().map(|page| put(page)).collect();
            let tab = browser.open("about:blank").await;
            let go = "
                const start = new URLSearchParams({ inwards: JSON.stringify(arguments[1]), phone: arguments[2], lie: arguments[3] });
                location.href = arguments[0] + (arguments[0].includes('#') ? '&' : '#') + start;";
            tab.run(go, vec![json!(put(pages[0])), json!(inwards), json!(phone), json!(lie)]).await;
            tabs.push((words, comes, tab));
        }
        let mut wrong = Vec::new();
        let came = "return window.came ?? 'nowhere'";
        // First those that have to come to something: then the others have had their time as well.
        tabs.sort_by_key(|(_, comes, _)| *comes == Nothing);
        for (words, comes, tab) in &tabs {
            let wanted = match comes {
                Obeyed => "obeyed",
                Shown => "shown",
                Nothing => "nothing",
            };
            if *comes != Nothing {
                until(&format!("{words}: {wanted}"), async || {
                    (tab.run(came, vec![]).await == wanted).then_some(())
                })
                .await;
            }
            let told = tab.run(came, vec![]).await;
            if told != wanted {
                wrong.push(format!("{words}: {told}, not {wanted}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}
