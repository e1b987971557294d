// Starts the worker, then the page. A file of its own because the CSP allows no inline script; Trunk.toml writes the
// hashed names into this script element's attributes.
const { page, wasm, worker } = document.currentScript.dataset;

// Active content has no place in markup that is set as text.
const active = /<(script|iframe|object|embed|base)|\son\w+\s*=|javascript:/i;

// The only script URL the page may ever hand to the browser is our own worker's.
const policy = window.trustedTypes?.createPolicy("phone", {
  createScriptURL(url) {
    if (url === worker) return url;
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

// The page takes `port` from here and watches `worker` for its `error` event.
window.softphone = start();

const parsed = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});

// The screen that is left when the page has died, with what support may ask for: the error and where it struck.
async function fail(error) {
  await parsed;
  const lines = `${error}\n${error?.stack ?? ""}`.split("\n");
  document.getElementById("failure-report").textContent = [...new Set(lines)].slice(0, 6).join("\n").trim();
  document.getElementById("failure-reload").onclick = () => location.reload();
  document.getElementById("failure").hidden = false;
}

// The wasm traps when it panics, in a listener or in a task. Other errors leave the phone standing.
function caught(error) {
  if (error instanceof WebAssembly.RuntimeError) fail(error);
}
window.addEventListener("error", (event) => caught(event.error));
window.addEventListener("unhandledrejection", (event) => caught(event.reason));

Promise.all([import(page), parsed])
  .then(([glue]) => glue.default({ module_or_path: wasm }))
  .catch(fail);
