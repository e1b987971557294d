// What this CRM keeps: JSON in the browser, each thing under a key of its own, so that two tabs do not write over each other.

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    // Not ours, or storage is blocked: as if it were not there.
    return null;
  }
}

/** The thing under this key, or null. */
export const one = (key) => read(key);

/** All things whose keys begin so. */
export function all(prefix) {
  let keys = [];
  try {
    keys = Object.keys(localStorage);
  } catch {
    // Storage is blocked: there is nothing.
  }
  return keys.filter((key) => key.startsWith(prefix)).map(read).filter(Boolean);
}

/** Keeps it. Throws, with a sentence, where the browser keeps nothing. */
export function keep(key, thing) {
  try {
    localStorage.setItem(key, JSON.stringify(thing));
  } catch {
    throw new Error("This browser keeps nothing for this page: allow it storage, or make room.");
  }
}
