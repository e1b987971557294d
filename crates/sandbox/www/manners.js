// Part "Quirks": what the platform does in more than one way.

import { $, attempt, element, fill, list } from "./dom.js";
import { get, post } from "./api.js";

export const forms = {
  habits: (fields) => post("/control/habits", {
    ...fields, ring_s: Number(fields.ring_s), sparse: fields.sparse === "on", missed_also_hung_up: fields.missed_also_hung_up === "on",
  }),
  clock: ({ minutes }) => post("/control/platform/clock", { ahead_s: Number(minutes) * 60 }),
};

export async function draw(view) {
  const clock = new Date(view.time_ms).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  if ($("clock").textContent !== clock) $("clock").textContent = clock;
  fill($("habits"), await get("/control/habits"));
  list($("quirk-list"), view.quirks, (quirk) => quirk.name, quirkLine);
}

function quirkLine(quirk) {
  const line = element("li");
  const label = element("label", undefined, "check grow");
  const box = element("input");
  box.type = "checkbox";
  box.checked = quirk.on;
  box.addEventListener("change", () => attempt(() => post("/control/platform/quirks", { [quirk.name]: box.checked })));
  const words = element("span");
  words.append(element("strong", quirk.name), prose(quirk.what));
  label.append(box, words);
  line.append(label);
  return line;
}

// A sentence whose names stand between backquotes.
function prose(text) {
  const made = element("span", undefined, "quiet");
  text.split("`").forEach((part, index) => made.append(index % 2 ? element("code", part) : part));
  return made;
}
