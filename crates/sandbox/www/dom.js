// Small tools of the page: elements by text, never by markup, and lists that keep what has not changed.

export const $ = (id) => document.getElementById(id);

export function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

// Runs what a person asked for; what goes wrong is said in the page.
let refresh = async () => {};
export function afterEach(work) {
  refresh = work;
}
export async function attempt(work, done = "") {
  const answer = $("answer");
  try {
    answer.textContent = "";
    $("done").textContent = "";
    await work();
    await refresh();
    say(done);
  } catch (error) {
    answer.textContent = error.message;
    answer.scrollIntoView({ block: "nearest" });
  }
}

// Said for a moment, where nobody has to look for it.
let hush;
function say(words) {
  $("done").textContent = words;
  clearTimeout(hush);
  hush = setTimeout(() => ($("done").textContent = ""), 4000);
}

export function button(text, work, about) {
  const made = element("button", text);
  made.type = "button";
  if (about) made.setAttribute("aria-label", `${text} ${about}`);
  made.addEventListener("click", () => attempt(work));
  return made;
}

// Draws a list. A line whose data is the same stays as it is, so that focus and opened details survive.
const drawn = new WeakMap();
export function list(parent, items, key, draw) {
  const before = drawn.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const name = key(item);
    const data = JSON.stringify(item);
    const old = before.get(name);
    if (old?.data === data) {
      after.set(name, old);
      continue;
    }
    const node = draw(item);
    if (old) {
      const place = [...old.node.querySelectorAll("button, select, summary, input")].indexOf(document.activeElement);
      if (old.node.querySelector("details")?.open) node.querySelector("details").open = true;
      old.node.replaceWith(node);
      if (place >= 0) node.querySelectorAll("button, select, summary, input")[place]?.focus();
    }
    after.set(name, { data, node });
  }
  const nodes = [...after.values()].map((line) => line.node);
  const same = nodes.length === parent.children.length && nodes.every((node, index) => parent.children[index] === node);
  if (!same) {
    for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
    nodes.forEach((node, index) => {
      if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
    });
  }
  drawn.set(parent, after);
  const empty = parent.parentElement.querySelector(".empty");
  if (empty) empty.hidden = nodes.length > 0;
}

// Fills every <select data-options="what">, keeping what is chosen.
export function options(what, pairs) {
  for (const select of document.querySelectorAll(`select[data-options="${what}"]`)) {
    const now = JSON.stringify(pairs);
    if (select.dataset.now === now) continue;
    const chosen = select.value;
    select.replaceChildren(...pairs.map(([value, text]) => new Option(text, value)));
    if (pairs.some(([value]) => value === chosen)) select.value = chosen;
    select.dataset.now = now;
  }
}

// Fills a form, except while somebody is in it or has changed it.
export function fill(form, values) {
  if (form.contains(document.activeElement) || form.dataset.touched) return;
  for (const field of form.elements) {
    if (!(field.name in values)) continue;
    const value = values[field.name];
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value ?? "";
  }
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
export const time = (ms) => clock.format(new Date(ms));
