// Part "Webhooks": what went out with every attempt, where to, and what goes wrong on the way.

import { $, attempt, element, fill, list, options, time } from "./dom.js";
import { asApp, post } from "./api.js";

const KEYS = ["popup", "incomingCallHangup", "missedCall", "callback", "record"];
const FAULTS = ["drop", "duplicate", "delay", "reorder"];
let settings = [];

export const forms = {
  addresses: async ({ app, ...wanted }) => {
    for (const key of KEYS) {
      const held = valueOf(app, key);
      if (wanted[key] === held) continue;
      if (wanted[key]) await asApp(app, "POST", "/app_setting", { Key: key, Value: wanted[key] });
      else await asApp(app, "DELETE", `/app_setting?key=${key}`);
    }
  },
  endpoints: (wanted) => post("/control/endpoints", wanted),
  faults: async (fields) => {
    const plan = { seed: Number(fields.seed), delay_ms: Number(fields.delay_ms) };
    for (const name of FAULTS) {
      plan[name] = { probability: Number(fields[`${name}.probability`]) / 100, next: Number(fields[`${name}.next`]) };
    }
    await post("/control/webhooks/faults", plan);
    await post("/control/webhooks/manner", { shape: fields.shape, retry_ms: Number(fields.retry_ms) });
  },
};

function valueOf(app, key) {
  return settings.find((one) => one.AppID === app && one.Key === key)?.Value ?? "";
}

// Addresses of the sandbox's own, for whoever has no server at hand.
function sink(form) {
  for (const field of form.querySelectorAll('input[type="url"]')) {
    field.value = `${location.origin}/sink/${field.name}${field.name === "dial-whom" ? "?say=sip:asha" : ""}`;
  }
  form.dataset.touched = "yes";
}

export function start() {
  for (const one of document.querySelectorAll("button.sink")) one.addEventListener("click", () => sink(one.form));
  $("clear").addEventListener("click", () => attempt(() => post("/control/webhooks/clear", {})));
  $("addresses").elements.app.addEventListener("change", (event) => {
    delete $("addresses").dataset.touched;
    event.target.blur();
    fillAddresses();
  });
}

function fillAddresses() {
  const app = $("addresses").elements.app.value;
  fill($("addresses"), Object.fromEntries(KEYS.map((key) => [key, valueOf(app, key)])));
}

export function draw(platform, hooks) {
  settings = platform.settings;
  options("apps", platform.apps.map((app) => [app.AppID, app.AppName]));
  fillAddresses();
  fill($("endpoints"), hooks.endpoints);
  const plan = { seed: hooks.faults.seed, delay_ms: hooks.faults.delay_ms, shape: hooks.shape, retry_ms: hooks.retry_ms };
  for (const name of FAULTS) {
    plan[`${name}.probability`] = hooks.faults[name].probability * 100;
    plan[`${name}.next`] = hooks.faults[name].next;
  }
  fill($("faults"), plan);
  list($("hook-list"), hooks.webhooks.toReversed(), (hook) => hook.no, hookLine);
}

const TONES = { delivered: "good", "given up": "bad", dropped: "bad", retrying: "warm", delayed: "warm", held: "warm" };

function hookLine(hook) {
  const line = element("li");
  const details = element("details");
  const summary = element("summary");
  const what = element("span", undefined, "grow");
  what.append(element("strong", hook.kind), element("span", gist(hook.fields), "quiet"));
  const last = hook.attempts.at(-1);
  const tries = hook.attempts.length > 1 ? `${hook.attempts.length} attempts` : last ? `${last.status ?? "no answer"} in ${last.took_ms} ms` : "";
  summary.append(element("span", time(hook.at), "when"), what, element("span", tries, "quiet"));
  if (hook.fault) summary.append(element("span", hook.fault, "badge warm"));
  if (hook.fault !== hook.state) summary.append(element("span", hook.state, `badge ${TONES[hook.state] ?? ""}`));
  details.append(summary);
  details.append(element("p", `${hook.shape === "query" ? "GET" : "POST"} ${hook.url}`, "url"));
  if (hook.attempts.length) {
    const attempts = element("ol");
    for (const one of hook.attempts) {
      attempts.append(element("li", `${time(one.at)}: ${one.status ?? one.error}, after ${one.took_ms} ms`));
    }
    details.append(attempts);
  }
  const fields = element("dl");
  for (const [name, value] of Object.entries(hook.fields)) {
    fields.append(element("dt", name), element("dd", typeof value === "string" ? value || "—" : JSON.stringify(value)));
  }
  details.append(fields);
  line.append(details);
  return line;
}

// What a webhook says, in a few words.
function gist(fields) {
  const words = [fields.CallDetail, fields.CallState, fields.CallStatus, fields.call_type, fields.state];
  const about = fields.FromNumber ? `${fields.FromNumber} → ${fields.ToNumber}` : fields.caller ?? fields.from ?? fields.CallFrom ?? fields.transaction_id;
  return [about, [...new Set(words.filter(Boolean))].join(" / ")].filter(Boolean).join(" · ");
}
