// Starts the worker, then the page. A file of its own because the CSP allows no inline script; Trunk.toml writes the
// hashed names into this script element's attributes.
const { page, wasm, worker, panes, panesWasm, panesStyle, link, linkWasm, words: lists } = document.currentScript.dataset;

// What the address says at the start. In a frame it is its host's business, and a ticket nobody's: it is taken off at once.
const address = location.hash;
if (window.parent !== window || /ticket=/.test(address)) history.replaceState(null, "", location.pathname + location.search);

// Active content has no place in markup that is set as text.
const active = /<(script|iframe|object|embed|base)|\son\w+\s*=|javascript:/i;

// Tells of calls while no tab is in front.
const alerts = new URL("sw.js", document.currentScript.src).href;

// The only script URLs the page may ever hand to the browser are those of our own workers.
const policy = window.trustedTypes?.createPolicy("phone", {
  createScriptURL(url) {
    if (url === worker || url === alerts) return url;
    throw new TypeError(`not the phone's worker: ${url}`);
  },
  createHTML(html) {
    if (!active.test(html)) return html;
    throw new TypeError("markup with active content");
  },
});

// Leptos builds the static parts of its views by `innerHTML` of a template element; that one sink takes plain strings,
// checked by the policy. All others stay closed.
if (policy) {
  const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  Object.defineProperty(HTMLTemplateElement.prototype, "innerHTML", {
    get,
    set(html) {
      set.call(this, policy.createHTML(html));
    },
  });
}

// One worker for all tabs; a browser without SharedWorker gets one for this tab.
function start() {
  const url = policy ? policy.createScriptURL(worker) : worker;
  if (window.SharedWorker) {
    const shared = new SharedWorker(url, { type: "module", name: "phone" });
    return { worker: shared, port: shared.port };
  }
  const own = new Worker(url, { type: "module", name: "phone" });
  const { port1, port2 } = new MessageChannel();
  own.postMessage("connect", [port2]);
  return { worker: own, port: port1 };
}

// The words of other languages than English (src/language.rs), `hi:/hi.txt` for each: the agent's choice, or else the first
// of the browser's that there is.
const catalogues = Object.fromEntries(lists.split(",").map((list) => list.split(":")));
function language() {
  let chosen;
  try {
    chosen = localStorage.getItem("language");
  } catch {
    // Storage is closed to frames where third parties are blocked.
  }
  const wanted = [chosen, /[#&]language=(\w+)/.exec(address)?.[1], ...navigator.languages].map((tag) => tag?.split("-")[0]);
  return wanted.find((code) => code === "en" || catalogues[code]);
}
const spoken = language();
const fetched = catalogues[spoken] && fetch(catalogues[spoken]).then((reply) => reply.ok && reply.text(), () => {});

// What of an error helps support: what it was and where it struck.
function words(error) {
  const lines = `${error}\n${error?.stack ?? ""}`.split("\n");
  return [...new Set(lines)].slice(0, 6).join("\n").trim();
}

// The panes are a program of their own, fetched when the page wants them (src/web/panes.rs). Each opening is a module of its
// own, since one that has failed would be given again under the same name. What the program cannot say itself, that it did
// not load or has broken down, goes to the page in plain words.
let opened = 0;
let pane;
let dressed;
function dress() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = panesStyle;
  document.head.append(link);
  return new Promise((done) => {
    link.onload = link.onerror = done;
  });
}
function openPanes() {
  const { port1, port2 } = new MessageChannel();
  const mark = `?${++opened}`;
  pane = { mark, fail: (error) => port2.postMessage(words(error)) };
  dressed ??= dress();
  import(panes + mark)
    .then(async (glue) => {
      await glue.default({ module_or_path: panesWasm + mark });
      await dressed;
      glue.connect(port2);
    })
    .catch(pane.fail);
  return port1;
}

// The panes have it started once notifications are allowed (src/web/notify.rs).
function startAlerts() {
  return navigator.serviceWorker?.register(policy ? policy.createScriptURL(alerts) : alerts);
}

// In a frame, the link to the page around is a third program (src/link.rs). It listens before the page does, so that it misses
// nothing; without it the phone works all the same.
let linked;
function openLink() {
  const { port1, port2 } = new MessageChannel();
  const ready = import(link).then(async (glue) => {
    await glue.default({ module_or_path: linkWasm });
    glue.connect(port2);
  });
  linked = ready.catch((error) => console.warn("The page around cannot use the phone:", error));
  return port1;
}

// The page takes `port` from here, watches `worker` for its `error` event, and calls `panes`; the panes call `alerts`.
window.softphone = { ...start(), panes: openPanes, alerts: startAlerts, catalogues, start: address };
if (window.parent !== window) window.softphone.link = openLink();

const parsed = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});

// The screen that is left when the page has died, with what support may ask for.
async function fail(error) {
  const [list = ""] = await Promise.all([fetched, parsed]);
  const known = new Map(list.split("\n").map((line) => line.split("\t")));
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = known.get(place.textContent) ?? place.textContent;
  document.getElementById("failure-report").textContent = words(error);
  document.getElementById("failure-reload").onclick = () => location.reload();
  document.getElementById("failure").hidden = false;
}

// A wasm traps when it panics, in a listener or in a task; the stack names the program. A trap in the panes or the link leaves
// the phone standing, as do all other errors; panes that have been given up may trap again, and nobody cares.
function caught(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  const struck = `${error.stack}`;
  if (![panes, panesWasm, link, linkWasm].some((name) => struck.includes(name))) fail(error);
  else if (pane && struck.includes(pane.mark)) pane.fail(error);
}
window.addEventListener("error", (event) => caught(event.error));
window.addEventListener("unhandledrejection", (event) => caught(event.reason));

Promise.all([import(page), fetched, parsed, linked])
  .then(([glue, words]) => {
    if (words) {
      window.softphone.words = words;
      document.documentElement.lang = spoken;
    }
    return glue.default({ module_or_path: wasm });
  })
  .catch(fail);
