// Elements by their parts. Text is text: nothing that a caller or a colleague wrote becomes markup.

/** An element: its attributes, `on…` listeners and children; what is null or false is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== false));
  return made;
}

/** One of the pictures at the top of host.html. */
export function icon(name) {
  const SVG = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  made.append(use);
  return made;
}

/** A round sign of somebody: their initials on one of six colours. */
export function face(name) {
  const initials = name.split(" ").map((part) => part[0]).slice(0, 2).join("");
  const hue = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  return element("span", { class: `face hue-${hue}`, "aria-hidden": "true" }, initials);
}

/** Seconds as people say them. */
export function lasting(seconds) {
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

const CLOCK = new Intl.DateTimeFormat("en-IN", { hour: "2-digit", minute: "2-digit", hour12: false });
const DATE = new Intl.DateTimeFormat("en-IN", { day: "numeric", month: "short" });

/** A moment, told by the day it lies in. */
export function moment(at) {
  const today = new Date().toDateString();
  const day = new Date(at).toDateString() === today ? "Today" : DATE.format(at);
  const shown = `${day}, ${CLOCK.format(at)}`;
  return element("time", { datetime: new Date(at).toISOString() }, shown);
}
