// The phone's part of the page: how it stands, buttons for its call, and who is calling. All of it by the widget's methods and
// events (docs/embed.md).

import { add, core, withNumber, written } from "/host-contacts.js";
import { element, face } from "/host-draw.js";

const SAID = {
  OUTGOING_INITIATED: "Calling",
  EARLY: "Calling",
  RINGING: "Ringing at",
  CONNECTING: "Connecting to",
  INCOMING: "Call from",
  ANSWERING: "Answering",
  ESTABLISHED: "Talking to",
  MEDIA_DISRUPTED: "Sound interrupted with",
  RENEWING_MEDIA: "Bringing the sound back with",
  ENDING: "Ending the call with",
};

// How long the phone's script may take to come, ms.
const PATIENCE = 15_000;

const at = (id) => document.getElementById(id);

/** A number with the name of whoever has it, where that is one. */
function called(number) {
  const found = withNumber(number);
  return found.length === 1 ? found[0].name : written(number);
}

/** Joins page and phone. `page` says what the page does: `show(contact)`, `mayLeave()`, `write(entry)`, `ended(call)`. */
export function connect(phone, page) {
  let state = { phone: null, call: null, missed: 0 };
  let forgetting = 0;

  const tell = (sentence) => {
    clearTimeout(forgetting);
    at("told").textContent = sentence;
    at("told").hidden = !sentence;
    if (sentence) forgetting = setTimeout(tell, 12_000, "");
  };
  const doing = (asked) => asked.then(() => tell(""), ({ message }) => tell(message));
  const button = (words, kind, press) => element("button", { type: "button", class: `button ${kind}`, onclick: () => doing(press()) }, words);
  const toggle = (words, on, press) => {
    const made = button(words, "", press);
    made.setAttribute("aria-pressed", `${on}`);
    return made;
  };

  const tick = () => {
    const since = state.call?.connectedAt;
    const seconds = since ? Math.max(0, Math.floor((Date.now() - since) / 1_000)) : 0;
    at("clock").textContent = since ? `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}` : "";
  };
  setInterval(tick, 1_000);

  const draw = () => {
    const { call, missed } = state;
    at("dot").className = `dot ${call ? "in-call" : state.phone?.state ?? ""}`;
    const words = call ? `${SAID[call.state]} ${called(call.number)}${call.held ? ", on hold" : ""}` : state.phone?.words;
    // Said again only when it has changed.
    if (words && at("standing").textContent !== words) at("standing").textContent = words;
    tick();
    at("widget").textContent = missed ? `Phone (${missed} missed)` : "Phone";
    drawActions(call);
  };

  let drawn = "";
  const drawActions = (call) => {
    const shown = call && JSON.stringify([call.id, call.state, call.canAnswer, call.held, call.muted]);
    // Else a press might fall between two buttons.
    if (shown === drawn) return;
    drawn = shown;
    const focused = document.activeElement?.closest("#actions") && document.activeElement.textContent;
    const { id } = call ?? {};
    const buttons = [];
    if (call?.state === "INCOMING") {
      if (call.canAnswer) buttons.push(button("Answer", "answer", () => phone.answer(id)));
      buttons.push(button("Decline", "end", () => phone.decline(id)));
    } else if (call) {
      if (call.state === "ESTABLISHED") {
        buttons.push(toggle("Mute", call.muted, () => phone.mute(!call.muted, id)));
        buttons.push(toggle("Hold", call.held, () => phone.hold(!call.held, id)));
      }
      if (call.state !== "ENDING") buttons.push(button("Hang up", "end", () => phone.hangUp(id)));
    }
    at("actions").replaceChildren(...buttons);
    if (focused) (buttons.find((one) => one.textContent === focused) ?? buttons.at(-1) ?? at("widget")).focus();
  };

  const close = () => {
    at("pop").hidden = true;
    at("pop").replaceChildren();
  };
  const choose = (contact) => {
    close();
    page.show(contact);
  };
  const pick = (contact) => element("button", { type: "button", class: "pick", onclick: () => choose(contact) },
    face(contact.name), element("span", {}, element("strong", {}, contact.name), element("span", { class: "soft" }, contact.company)));

  // Who calls: opened at once where that is one, and nothing is lost by it.
  const pop = ({ number }) => {
    const found = withNumber(number);
    const shown = written(number);
    if (found.length === 1 && page.mayLeave()) return choose(found[0]);
    const say = (words, ...rest) => at("pop").replaceChildren(
      element("p", {}, words), element("div", { class: "picks" }, ...rest,
        element("button", { type: "button", class: "button", onclick: close }, "Not now")));
    if (found.length === 1) say(`${found[0].name} is calling. Your note stays as it is.`, pick(found[0]));
    else if (found.length) say(`${found.length} contacts share ${shown}. Who is it?`, ...found.map(pick));
    else if (core(number)) say(`Nobody here has ${shown}.`, newcomer(number));
    else say("The caller's number is hidden.");
    at("pop").hidden = false;
  };
  const newcomer = (number) => {
    const name = element("input", { id: "newcomer", autocomplete: "off", required: true });
    const keep = (event) => {
      event.preventDefault();
      if (!name.value.trim()) return;
      try {
        choose(add(name.value.trim(), number));
      } catch ({ message }) {
        tell(message);
      }
    };
    return element("form", { class: "newcomer", onsubmit: keep },
      element("label", { for: "newcomer" }, "Name"), name,
      element("button", { type: "submit", class: "button primary" }, "Add contact"));
  };

  // It may have come before this program had loaded.
  if (phone.state) state = { ...phone.state };
  draw();
  phone.logProvider = async (entry) => page.write(entry);
  phone.addEventListener("snapshot", ({ detail }) => {
    state = { ...detail };
    draw();
  });
  for (const name of ["phone", "call", "missed"]) {
    phone.addEventListener(name, ({ detail }) => {
      state[name] = detail;
      draw();
    });
  }
  phone.addEventListener("incoming", ({ detail }) => pop(detail));
  phone.addEventListener("ended", ({ detail }) => {
    close();
    page.ended(detail);
  });
  phone.addEventListener("problem", ({ detail }) => tell([detail.message, detail.fix].filter(Boolean).join(" ")));

  const toggled = () => at("widget").setAttribute("aria-expanded", `${!phone.hasAttribute("closed")}`);
  new MutationObserver(toggled).observe(phone, { attributeFilter: ["closed"] });
  at("widget").addEventListener("click", () => phone.toggleAttribute("closed"));
  // The phone wears this page's colours, which differ by scheme.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => phone.look?.().catch(() => {}));
  setTimeout(() => {
    if (phone.dial) return;
    at("standing").textContent = "The phone is not there";
    tell("The phone's script has not come. Is its server running?");
  }, PATIENCE);

  return {
    /** Calls a number. */
    dial: (number) => (phone.dial ? doing(phone.dial(number)) : tell("The phone is still loading.")),
  };
}
