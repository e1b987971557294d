// Starts the program of a page that holds no phone: the admin's, or the window to sign in in. Its policy is that of boot.js, without a worker: no script URL is ever handed over.
const { program, wasm, words: lists } = document.currentScript.dataset;

// Active content has no place in markup that is set as text.
const active = /<(script|iframe|object|embed|base)|\son\w+\s*=|javascript:/i;
const policy = window.trustedTypes?.createPolicy("phone", {
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

// The words of another language, for pages that have them; chosen as boot.js does.
function words() {
  const catalogues = Object.fromEntries(lists.split(",").map((list) => list.split(":")));
  let chosen;
  try {
    chosen = localStorage.getItem("language");
  } catch {
    // Storage may be closed.
  }
  const wanted = [chosen, ...navigator.languages].map((tag) => tag?.split("-")[0]);
  const spoken = wanted.find((code) => code === "en" || catalogues[code]);
  if (!catalogues[spoken]) return;
  return fetch(catalogues[spoken]).then(
    async (reply) => {
      if (!reply.ok) return;
      window.softphone = { words: await reply.text() };
      document.documentElement.lang = spoken;
    },
    () => {},
  );
}

const parsed = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});

// The screen that is left when the program has died, with what support may ask for.
async function fail(error) {
  await parsed;
  const known = new Map(window.softphone?.words?.split("\n").map((line) => line.split("\t")));
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = known.get(place.textContent) ?? place.textContent;
  const lines = `${error}\n${error?.stack ?? ""}`.split("\n");
  document.getElementById("failure-report").textContent = [...new Set(lines)].slice(0, 6).join("\n").trim();
  document.getElementById("failure-reload").onclick = () => location.reload();
  document.getElementById("failure").hidden = false;
}

// A wasm traps when it panics, in a listener or in a task.
function caught(error) {
  if (error instanceof WebAssembly.RuntimeError) fail(error);
}
window.addEventListener("error", (event) => caught(event.error));
window.addEventListener("unhandledrejection", (event) => caught(event.reason));

Promise.all([import(program), parsed, lists && words()])
  .then(async ([glue]) => {
    await glue.default({ module_or_path: wasm });
    glue.open();
  })
  .catch(fail);
