// What the main part shows: one contact, or an overview of the latest calls.

import { withNumber, written } from "/host-contacts.js";
import { element, face, icon, lasting, moment } from "/host-draw.js";
import { addNote, calls, timeline } from "/host-timeline.js";

// Notes that are not saved yet, by contact: a call that comes meanwhile must not cost them.
const drafts = new Map();

/** Whether somebody is being written about. */
export const isWriting = () => [...drafts.values()].some((text) => text.trim());

const OUTCOMES = {
  completed: "Talked",
  missed: "Missed",
  declined: "Declined",
  answered_elsewhere: "Answered elsewhere",
  customer_unanswered: "No answer",
  agent_unanswered: "Not picked up here",
  agent_cancelled: "Cancelled",
  not_dialled: "Not dialled",
  unknown: "Outcome not known",
};

const KINDS = { mail: "Mail", meeting: "Meeting", deal: "Deal", note: "Note" };

/** A contact's page. `dial` calls a number. */
export function drawContact(main, contact, dial) {
  const { id, name, title, company, city, stage, email, numbers, about } = contact;
  const work = [title, company].filter(Boolean).join(", ");
  const first = numbers[0].number;
  main.replaceChildren(
    element("a", { class: "back", href: "#/" }, icon("back"), "All contacts"),
    element("header", { class: "card person" },
      face(name),
      element("div", { class: "who" },
        element("h1", { tabindex: "-1" }, name),
        element("p", { class: "soft" }, work || "No company yet")),
      element("span", { class: `chip stage-${stage.toLowerCase()}` }, stage),
      element("button", { type: "button", class: "button primary", id: "call", onclick: () => dial(first) }, icon("phone"), "Call")),
    element("section", { class: "card details", "aria-labelledby": "details" },
      element("h2", { id: "details" }, "Details"),
      element("dl", {},
        numbers.flatMap(({ kind, number }) => [
          element("dt", {}, kind),
          element("dd", {}, element("a", { href: `tel:${number}` }, written(number))),
        ]),
        email ? [element("dt", {}, "Mail"), element("dd", {}, email.split("@")[0], element("wbr"), `@${email.split("@")[1]}`)] : [],
        city ? [element("dt", {}, "City"), element("dd", {}, city)] : []),
      about ? element("p", { class: "about" }, about) : null),
    element("section", { class: "card", "aria-labelledby": "timeline" },
      element("h2", { id: "timeline" }, "Timeline"),
      noteForm(id),
      element("ol", { class: "timeline", id: "entries" })),
  );
  drawTimeline(contact);
}

/** The timeline alone, so that what is being written beside it stays. */
export function drawTimeline(contact) {
  const entries = timeline(contact);
  document.getElementById("entries")?.replaceChildren(...entries.map((entry) => drawEntry(entry)));
}

function noteForm(id) {
  const text = element("textarea", { id: "note", rows: "2", placeholder: "What was said, what is next",
    oninput: () => {
      drafts.set(id, text.value);
      text.setCustomValidity("");
    } });
  text.value = drafts.get(id) ?? "";
  const save = (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    try {
      addNote(id, text.value.trim());
    } catch ({ message }) {
      text.setCustomValidity(message);
      return text.reportValidity();
    }
    drafts.delete(id);
    text.value = "";
    event.target.dispatchEvent(new CustomEvent("noted", { bubbles: true }));
  };
  return element("form", { class: "writing", onsubmit: save },
    element("label", { for: "note" }, "Note"), text,
    element("button", { type: "submit", class: "button" }, "Save note"));
}

function drawEntry(entry, who = null) {
  const { kind, at } = entry;
  if (kind === "call") return drawCall(entry.call, who);
  return element("li", { class: `entry ${kind}` }, icon(kind),
    element("div", {},
      element("p", { class: "what" }, element("strong", {}, KINDS[kind]), moment(at)),
      element("p", {}, entry.text)));
}

/** One call; with names where no contact is around it. */
function drawCall({ sid, direction, number, at, talked, outcome, note, disposition }, who) {
  const inbound = direction === "inbound";
  const lost = outcome !== null && outcome !== "completed";
  const result = outcome === null ? "Being logged" : OUTCOMES[outcome] ?? OUTCOMES.unknown;
  const long = talked && !lost ? lasting(talked) : "";
  return element("li", { class: `entry call${lost ? " lost" : ""}`, "data-sid": sid },
    icon(outcome === "missed" ? "missed" : inbound ? "in" : "out"),
    element("div", {},
      element("p", { class: "what" },
        element("strong", {}, inbound ? "Call from" : "Call to", " ", who ?? written(number)), moment(at)),
      element("p", { class: "came" }, [result, long].filter(Boolean).join(" · "),
        disposition ? element("span", { class: "chip" }, disposition) : null),
      note ? element("p", {}, note) : null));
}

/** Where no contact is chosen: the latest calls, also of those whom nobody knows. */
export function drawOverview(main) {
  const latest = calls().slice(0, 30);
  const named = ({ number }) => {
    const links = withNumber(number).map(({ id, name }) => element("a", { href: `#/${id}` }, name));
    return links.length ? element("span", { class: "named" }, links.flatMap((link, n) => (n ? [" or ", link] : [link]))) : null;
  };
  main.replaceChildren(
    element("section", { class: "card", "aria-labelledby": "latest" },
      element("h1", { id: "latest", tabindex: "-1" }, "Latest calls"),
      latest.length
        ? element("ol", { class: "timeline" }, latest.map((entry) => drawEntry(entry, named(entry.call))))
        : element("p", { class: "soft" }, "No calls yet. Choose a contact and press Call, or have the sandbox ring you: each call that ends is written down here.")),
  );
}
