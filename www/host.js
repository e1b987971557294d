// The page as a whole: which contact is shown, by the address's fragment, and the list beside it.

import { contact, everybody, search } from "/host-contacts.js";
import { drawContact, drawOverview, drawTimeline, isWriting } from "/host-contact.js";
import { element, face } from "/host-draw.js";
import { connect } from "/host-phone.js";
import { ended, write } from "/host-timeline.js";

const main = document.getElementById("contact");
const field = document.getElementById("search");

/** Whom the address names; undefined for nobody. */
const shown = () => contact(decodeURIComponent(location.hash.slice(2)));

function drawList() {
  const [found, all] = [search(field.value), everybody().length];
  const open = shown()?.id;
  const row = ({ id, name, company, city }) => element("li", {},
    element("a", { href: `#/${id}`, "aria-current": id === open ? "page" : null },
      face(name),
      element("span", { class: "who" }, element("strong", {}, name), element("span", { class: "soft" }, [company, city].filter(Boolean).join(" · ")))));
  document.getElementById("contacts").replaceChildren(...found.map(row));
  document.getElementById("count").textContent = found.length === all ? `${all} contacts` : `${found.length} of ${all} contacts`;
}

function drawPage() {
  const open = shown();
  document.body.classList.toggle("one", Boolean(open));
  document.title = `${open?.name ?? "Contacts"} · Tamarind CRM`;
  if (open) drawContact(main, open, phone.dial);
  else drawOverview(main);
  drawList();
}

/** What is kept has changed, here or in another tab. */
function drawNews() {
  const open = shown();
  if (open) drawTimeline(open);
  else drawOverview(main);
}

const phone = connect(document.querySelector("softphone-widget"), {
  show: ({ id }) => {
    if (location.hash === `#/${id}`) drawPage();
    else location.hash = `#/${id}`;
  },
  mayLeave: () => !isWriting(),
  write: (entry) => {
    const reference = write(entry);
    drawNews();
    return reference;
  },
  ended: (call) => {
    ended(call);
    drawNews();
  },
});

field.addEventListener("input", drawList);
main.addEventListener("noted", drawNews);
addEventListener("storage", () => {
  drawList();
  drawNews();
});
addEventListener("hashchange", () => {
  drawPage();
  scrollTo(0, 0);
  // The press that came here is gone with its link, on a narrow screen; a call that opens a page moves nobody's focus.
  if (document.activeElement === document.body || main.contains(document.activeElement)) main.querySelector("h1").focus();
});
drawPage();
