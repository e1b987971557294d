// Part "Records": subscribers, apps and GreenPins, made over the platform's own REST APIs.

import { $, button, element, list, time } from "./dom.js";
import { asAccount, asApp, asCustomer, asTenant, post } from "./api.js";

let platform;

export const forms = {
  newSubscriber: ({ subscriber_name, custom_field }) => {
    const one = custom_field ? { subscriber_name, custom_field } : { subscriber_name };
    return asAccount("POST", "/subscribers", { subscribers: [one] });
  },
  newApp: ({ AppName }) => {
    const account = platform.accounts[0];
    return asCustomer("POST", "/app", {
      AppName, ExotelAccountSid: account.sid, ExotelApiKey: account.api_key, ExotelApiToken: account.api_token, ExotelDomain: "mumbai", IsActive: true,
    });
  },
  newPin: ({ transaction_id, vn, a, b, seconds }) => asTenant("POST", "", {
    transaction_id, a: { vns: [vn], numbers: [a] }, b: { vns: [vn], numbers: [b] }, usage: "twoway", deallocation_policy: { duration: `${seconds}s` },
  }),
  pinCall: (fields) => post("/control/greenpin_call", fields),
};

export function draw(view) {
  platform = view;
  list($("subscriber-list"), view.subscribers.map((one) => one.subscriber), (one) => one.subscriber_name, subscriberLine);
  list($("app-list"), view.apps, (app) => app.AppID, appLine);
  const pins = view.allocations.map((held) => ({ ...held.allocation, ends: held.ends, deleted: held.deleted }));
  list($("pin-list"), pins, (pin) => pin.greenpin_id, pinLine);
  list($("access"), access(view), ([name]) => name, accessLine);
}

function subscriberLine(one) {
  const line = element("li");
  const who = element("div", undefined, "grow");
  who.append(element("strong", one.subscriber_name), element("span", one.custom_field ?? "", "quiet"));
  line.append(who, element("span", one.status, one.status === "active" ? "badge good" : "badge"));
  line.append(button("Delete", () => asAccount("DELETE", `/subscribers/${encodeURIComponent(one.subscriber_name)}`), one.subscriber_name));
  return line;
}

function appLine(app) {
  const line = element("li");
  const who = element("div", undefined, "grow");
  who.append(element("strong", app.AppName), element("code", app.AppID));
  line.append(who, element("span", app.IsActive ? "active" : "inactive", app.IsActive ? "badge good" : "badge"));
  if (platform.apps.length > 1) line.append(button("Delete", () => asApp(app.AppID, "DELETE", "/app"), app.AppName));
  return line;
}

function pinLine(pin) {
  const line = element("li");
  const who = element("div", undefined, "grow");
  const sides = [pin.a, pin.b].map((side) => `${side.numbers?.[0] ?? "anybody"} with pin ${side.pin ?? "unknown"}`);
  who.append(element("strong", pin.transaction_id), element("span", `${pin.a.vns[0]}: ${sides.join(", ")}`, "quiet"));
  line.append(who);
  if (pin.deleted) {
    line.append(element("span", "given back", "badge"));
    return line;
  }
  line.append(element("span", `until ${time(pin.ends)}`, "badge good"));
  line.append(button("Use", async () => {
    const call = $("pin-call").elements;
    [call.from.value, call.vn.value, call.pin.value] = [pin.a.numbers?.[0] ?? "", pin.a.vns[0], pin.a.pin ?? ""];
    call.pin.focus();
  }, `the pin of ${pin.transaction_id}`));
  line.append(button("Delete", () => asTenant("DELETE", `/${pin.greenpin_id}`), pin.transaction_id));
  return line;
}

function access(view) {
  const [account, customer] = [view.accounts[0], view.customers[0]];
  const all = [["Integrations", view.bases.integrations], ["Subscribers", view.bases.subscribers], ["GreenPin", view.bases.greenpin]];
  if (account) {
    all.push(["Account sid", account.sid], ["API key", account.api_key], ["API token", account.api_token],
      ["GreenPin user", account.greenpin_user], ["GreenPin password", account.greenpin_password]);
  }
  if (customer) all.push(["Customer id", customer.CustomerID], ["Customer secret", customer.CustomerSecret]);
  for (const app of view.apps) all.push([`App ${app.AppName}, id`, app.AppID], [`App ${app.AppName}, secret`, app.AppSecret]);
  return all;
}

function accessLine([name, value]) {
  const line = element("div");
  const held = element("dd");
  held.append(element("code", value), button("Copy", () => navigator.clipboard.writeText(value), name));
  line.append(element("dt", name), held);
  return line;
}
