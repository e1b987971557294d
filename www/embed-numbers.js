// Makes telephone numbers in a part of a host's page pressable. The page's own elements stay as they are: what is found is
// drawn by CSS highlights and known again by where a click falls. Fetched by embed.js when it is wanted.

// One slice of work, ms; the rest waits until the browser has nothing better to do.
const SLICE = 4;
// At most so many numbers are drawn, so many parts wait to be looked at, and so long a text is read.
const NUMBERS = 2_000;
const PARTS = 2_000;
const TEXT = 20_000;

const SKIPPED = "a,button,input,textarea,select,option,script,style,code,pre,kbd,noscript,template,svg,iframe,softphone-widget,[contenteditable]:not([contenteditable=false])";
const NAME = "softphone-number";

// Digits with what people put between them; not in the middle of a word, an amount or an address.
const WRITTEN = /(?<![\w@#$₹€£.,:/+-])(?:\+|00)?\(?\d[\d ()\u00a0\u2011.-]{6,20}\d(?![\w@%/:]|[.,-]\d)/g;

/** The number as it is dialled, or null: international by its plus, else as it is written in India. */
export function read(text) {
  const digits = text.replace(/\D/g, "");
  if (/^\s*(\+|00)/.test(text)) {
    const whole = digits.replace(/^00/, "");
    return /^[1-9]\d{7,14}$/.test(whole) ? `+${whole}` : null;
  }
  // Mobile, with or without the trunk's 0; a city's number with it; freephone.
  return /^0?[6-9]\d{9}$|^0[1-9]\d{9}$|^1800\d{6,7}$/.test(digits) ? digits : null;
}

const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 16));

let highlight;
let pointing;
function drawn() {
  if (highlight || !CSS.highlights) return;
  highlight = new Highlight();
  CSS.highlights.set(NAME, highlight);
  const look = new CSSStyleSheet();
  look.replaceSync(`::highlight(${NAME}) { text-decoration: underline dotted; text-underline-offset: .2em }`);
  pointing = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, look, pointing];
}

/** Watches `part` and calls `press` with each number that is pressed there. What it gives stops it and takes all away. */
export function watch(part, press) {
  drawn();
  // Of each text node, its numbers: [first, end, number, range].
  const found = new Map();
  // Elements and texts still to be looked at.
  let waiting = new Set([part]);
  let walk = null;
  let planned = false;
  let stopped = false;
  let over = false;

  const plan = () => {
    if (planned || stopped) return;
    planned = true;
    idle(slice, { timeout: 2_000 });
  };

  const forget = (node) => {
    for (const [, , , range] of found.get(node) ?? []) highlight?.delete(range);
    found.delete(node);
  };

  const look = (node) => {
    forget(node);
    const text = node.data;
    if (text.length < 8 || text.length > TEXT || found.size >= NUMBERS || !/\d{2}/.test(text)) return;
    const all = [];
    for (const match of text.matchAll(WRITTEN)) {
      const number = read(match[0]);
      if (!number) continue;
      const [first, end] = [match.index, match.index + match[0].length];
      const range = new StaticRange({ startContainer: node, startOffset: first, endContainer: node, endOffset: end });
      highlight?.add(range);
      all.push([first, end, number, range]);
    }
    if (all.length) found.set(node, all);
  };

  const begin = (root) => {
    const parent = root.nodeType === Node.TEXT_NODE ? root.parentElement : root;
    if (!root.isConnected || !parent || parent.closest(SKIPPED)) return null;
    return document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  };

  function slice() {
    planned = false;
    if (stopped) return;
    const end = performance.now() + SLICE;
    do {
      if (!walk) {
        const [next] = waiting;
        if (!next) break;
        waiting.delete(next);
        walk = begin(next);
        if (walk?.root.nodeType === Node.TEXT_NODE) look(walk.root);
        continue;
      }
      const node = walk.nextNode();
      if (!node) walk = null;
      else if (node.nodeType === Node.TEXT_NODE) look(node);
    } while (performance.now() < end);
    if (!walk && !waiting.size) {
      for (const node of found.keys()) if (!node.isConnected) forget(node);
      if (!over) return;
      over = false;
      waiting.add(part);
    }
    plan();
  }

  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (waiting.size >= PARTS) {
        // Too much at once: all of it is looked at anew, once it has become quieter.
        over = true;
        break;
      }
      if (type === "characterData") waiting.add(target);
      else for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE || node.nodeType === Node.TEXT_NODE) waiting.add(node);
    }
    plan();
  });
  observer.observe(part, { childList: true, characterData: true, subtree: true });

  const numberAt = ({ clientX, clientY }) => {
    const at = document.caretPositionFromPoint?.(clientX, clientY) ?? document.caretRangeFromPoint?.(clientX, clientY);
    const node = at?.offsetNode ?? at?.startContainer;
    const offset = at?.offset ?? at?.startOffset;
    for (const [first, end, number] of found.get(node) ?? []) {
      if (offset < first || offset > end) continue;
      const range = document.createRange();
      range.setStart(node, first);
      range.setEnd(node, Math.min(end, node.length));
      const here = [...range.getClientRects()].some(
        ({ left, right, top, bottom }) => clientX >= left && clientX <= right && clientY >= top && clientY <= bottom);
      if (here) return number;
    }
  };

  const clicked = (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[href^='tel:' i]");
    let number;
    if (link) number = decodeURIComponent(link.getAttribute("href").slice(4)).split(";")[0];
    else if (getSelection().isCollapsed && !event.target.closest?.(SKIPPED)) number = numberAt(event);
    if (!number) return;
    event.preventDefault();
    press(number);
  };
  let pointed = false;
  let moved = false;
  const moves = (event) => {
    if (moved || !found.size) return;
    moved = true;
    requestAnimationFrame(() => {
      moved = false;
      const now = !stopped && Boolean(numberAt(event));
      if (now !== pointed) pointing?.replaceSync(now ? ":root, :root * { cursor: pointer !important }" : "");
      pointed = now;
    });
  };
  part.addEventListener("click", clicked);
  part.addEventListener("pointermove", moves, { passive: true });
  plan();

  return () => {
    stopped = true;
    observer.disconnect();
    part.removeEventListener("click", clicked);
    part.removeEventListener("pointermove", moves);
    pointing?.replaceSync("");
    for (const node of [...found.keys()]) forget(node);
    waiting = new Set();
    walk = null;
  };
}
