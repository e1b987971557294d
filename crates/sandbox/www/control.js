// The control page: shows GET /control/state once a second, posts what the person asks for.

const $ = (id) => document.getElementById(id);

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

async function post(path, body) {
  const reply = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const said = await reply.json();
  if (!reply.ok) throw new Error(said.error);
  return said;
}

// Runs what a button asks for; what goes wrong is said in the page.
async function attempt(work) {
  try {
    $("answer").textContent = "";
    await work();
    await refresh();
  } catch (error) {
    $("answer").textContent = error.message;
  }
}

function button(text, work) {
  const made = element("button", text);
  made.type = "button";
  made.addEventListener("click", () => attempt(work));
  return made;
}

function agentLine(agent) {
  const line = document.createElement("li");
  line.append(element("span", agent.name, "grow"));
  const phones = agent.phones.length;
  const words = phones === 0 ? "not registered" : phones === 1 ? "registered" : `registered on ${phones} phones`;
  line.append(element("span", words, phones ? "good" : "quiet"));
  return line;
}

function callLine(call) {
  const line = document.createElement("li");
  line.append(element("span", `${call.from} → ${call.to}`, "grow"));
  const facts = [call.ended ?? call.state, call.behaviour, call.digits && `digits ${call.digits}`,
    (call.rtp_in || call.rtp_out) && `${call.rtp_in} packets in, ${call.rtp_out} out`,
    call.held && call.state === "up" && "held", `${call.seconds} s`];
  line.append(element("span", facts.filter(Boolean).join(" · "), call.state === "up" ? "good" : "quiet"));
  if (call.state !== "ended") {
    if (call.behaviour && call.state === "up") {
      line.append(button(call.held ? "Resume" : "Hold", () => post("/control/hold", { call: call.call, hold: !call.held })));
    }
    line.append(button("Hang up", () => post("/control/hangup", { call: call.call })));
  }
  return line;
}

let shown = "";

async function refresh() {
  const state = await (await fetch("/control/state")).json();
  $("link").textContent = "Live";
  // Untouched lists keep the keyboard's focus.
  const now = JSON.stringify([state.agents.map((a) => [a.agent, a.phones.length]), state.calls]);
  if (now === shown) return;
  shown = now;
  const select = $("agent");
  if (select.options.length === 0) {
    select.append(...state.agents.map((agent) => new Option(agent.name, agent.agent)));
  }
  const focused = document.activeElement?.closest("#calls li");
  const place = focused ? [...$("calls").children].indexOf(focused) : -1;
  $("agents").replaceChildren(...state.agents.map(agentLine));
  $("calls").replaceChildren(...state.calls.reverse().map(callLine));
  $("no-calls").hidden = state.calls.length > 0;
  if (place >= 0) $("calls").children[place]?.querySelector("button")?.focus();
}

async function start() {
  const numbers = await (await fetch("/control/numbers")).json();
  for (const one of numbers) {
    if (one.number) $("numbers").append(element("dt", one.number), element("dd", `${one.title}. ${one.what}`));
    if (one.can_call) $("behaviour").append(new Option(one.title, one.behaviour));
  }
  $("behaviour").value = "melody";
  for (;;) {
    try {
      await refresh();
    } catch {
      $("link").textContent = "The sandbox does not answer";
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}

$("ring").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => post("/control/ring", Object.fromEntries(new FormData(event.target))));
});
$("drop").addEventListener("click", () => attempt(() => post("/control/drop_sockets", {})));
start();
