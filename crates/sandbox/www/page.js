// The control page: four parts, redrawn once a second from the control API, each with its forms.

import { $, afterEach, attempt } from "./dom.js";
import { get, know } from "./api.js";
import * as calls from "./calls.js";
import * as webhooks from "./webhooks.js";
import * as records from "./records.js";
import * as manners from "./manners.js";

const FORMS = { ...calls.forms, ...webhooks.forms, ...records.forms, ...manners.forms };

function show() {
  const named = location.hash.slice(1);
  const wanted = $(`part-${named}`) ? named : "calls";
  for (const link of document.querySelectorAll("nav a")) {
    const here = link.hash === `#${wanted}`;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const part of document.querySelectorAll(".part")) part.hidden = part.id !== `part-${wanted}`;
  for (const said of ["answer", "done"]) $(said).textContent = "";
  scrollTo(0, 0);
}

async function refresh() {
  const [platform, state, table, hooks] = await Promise.all([
    get("/control/platform"), get("/control/state"), get("/control/calls"), get("/control/webhooks"),
  ]);
  know(platform);
  calls.draw(platform, state, table);
  webhooks.draw(platform, hooks);
  records.draw(platform);
  await manners.draw(platform);
}

async function keepFresh() {
  for (;;) {
    let words = "Live";
    try {
      await refresh();
    } catch {
      words = "The sandbox does not answer";
    }
    if ($("link").textContent !== words) $("link").textContent = words;
    $("link").classList.toggle("bad", words !== "Live");
    await new Promise((done) => setTimeout(done, 1000));
  }
}

for (const form of document.querySelectorAll("form[data-does]")) {
  form.addEventListener("input", () => {
    form.dataset.touched = "yes";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    attempt(async () => {
      await FORMS[form.dataset.does](fields);
      delete form.dataset.touched;
      if ("once" in form.dataset) form.reset();
    }, form.dataset.done);
  });
}
window.addEventListener("hashchange", show);
afterEach(refresh);
show();
webhooks.start();
await calls.start();
keepFresh();
