// Part "Calls": who is there, what rings, how it went.

import { $, attempt, button, element, list, options, time } from "./dom.js";
import { asApp, get, post } from "./api.js";

export const forms = {
  customerCall: (fields) => post("/control/customer_call", split(fields)),
  outboundCall: ({ user_id: who, to }) => {
    const { app_id, user_id } = split({ user_id: who });
    return asApp(app_id, "POST", "/call/outbound_call", { app_id, user_id, to });
  },
};

// An agent is chosen as "app user".
function split({ user_id: who, ...rest }) {
  const [app_id, user_id] = JSON.parse(who || "[]");
  if (!user_id) throw new Error("There is no agent.");
  return { app_id, user_id, ...rest };
}

export async function start() {
  const numbers = await get("/control/numbers");
  for (const one of numbers) {
    if (one.number) $("numbers").append(element("dt", one.number), element("dd", `${one.title}. ${one.what}`));
  }
  const callers = numbers.filter((one) => one.can_call).map((one) => [one.behaviour, one.title]);
  options("callers", callers);
  for (const select of document.querySelectorAll('select[data-options="callers"]')) select.value = "melody";
  $("drop").addEventListener("click", () => attempt(() => post("/control/drop_sockets", {})));
}

export function draw(platform, state, calls) {
  const users = platform.users.map((user) => {
    const coworker = platform.coworkers.find((one) => one.email === user.Email);
    const agent = state.agents.find((one) => one.agent === coworker?.sip_user);
    const device = user.ActiveDeviceId === "" ? "off" : user.ActiveDeviceId === user.PhoneDeviceID ? "phone" : "sip";
    return { app: user.AppID, id: user.AppUserId, name: user.AppUsername, number: user.AgentNumber, device, phones: agent?.phones.length ?? 0 };
  });
  options("users", users.map((user) => [JSON.stringify([user.app, user.id]), user.name]));
  list($("agent-list"), users, (user) => `${user.app} ${user.id}`, agentLine);
  const sip = new Map(state.calls.map((call) => [call.sid, call]));
  const merged = calls.map((call) => {
    const leg = sip.get(call.sid);
    return { ...call, leg: leg && { no: leg.call, state: leg.state, held: leg.held, machine: leg.behaviour, in: leg.rtp_in, out: leg.rtp_out } };
  });
  list($("call-list"), merged, (call) => call.sid, callLine);
}

function agentLine(user) {
  const line = element("li");
  const who = element("div", undefined, "grow");
  who.append(element("strong", user.name), element("span", user.number, "quiet"));
  const words = user.phones === 0 ? "no phone registered" : user.phones === 1 ? "registered" : `registered on ${user.phones} phones`;
  line.append(who, element("span", words, user.phones ? "badge good" : "badge"));
  const device = element("select");
  device.setAttribute("aria-label", `What rings for ${user.name}`);
  device.append(new Option("rings in the browser", "sip"), new Option("rings on the telephone", "phone"), new Option("all devices off", "off"));
  device.value = user.device;
  device.addEventListener("change", () => attempt(() => ringOn(user, device.value)));
  line.append(device);
  return line;
}

async function ringOn(user, device) {
  const put = (name, on) => asApp(user.app, "PUT", "/device", { UserId: user.id, DeviceName: name, DeviceStatus: on });
  if (device !== "off") return put(device, true);
  await put("sip", false);
  return put("phone", false);
}

function callLine(call) {
  const line = element("li");
  const arrow = call.direction === "inbound" ? "in" : "out";
  const who = element("div", undefined, "grow");
  who.append(element("strong", `${call.from || "nowhere"} → ${call.to}`), element("span", facts(call), "quiet"));
  line.append(element("span", time(call.started), "when"), element("span", arrow, "badge"), who);
  const live = call.ended === null;
  const talks = live && call.answered !== null;
  line.append(badge(call, live, talks));
  if (talks && call.leg?.machine) {
    line.append(button(call.leg.held ? "Resume" : "Hold", () => post("/control/hold", { call: call.leg.no, hold: !call.leg.held })));
  }
  if (live) line.append(button("Hang up", () => hangUp(call), `the call from ${call.from}`));
  return line;
}

function badge(call, live, talks) {
  if (talks) return element("span", "talking", "badge good");
  if (live) return element("span", "ringing", "badge warm");
  if (call.outcome === "completed") return element("span", "completed", "badge good");
  return element("span", call.direction === "inbound" ? "missed" : call.outcome, "badge bad");
}

function facts(call) {
  const seconds = call.answered && call.ended && Math.round((call.ended - call.answered) / 1000);
  const packets = call.leg && (call.leg.in || call.leg.out) && `${call.leg.in} packets in, ${call.leg.out} out`;
  return [call.user_id, seconds !== null && seconds !== false && `${seconds} s of talk`, packets, call.sid.slice(0, 8)].filter(Boolean).join(" · ");
}

async function hangUp(call) {
  try {
    await post("/control/calls/hangup", { sid: call.sid });
  } catch (error) {
    // A call between phones is none of the exchange's.
    if (!call.leg) throw error;
    await post("/control/hangup", { call: call.leg.no });
  }
}
