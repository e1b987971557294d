// What has happened with whom: calls as the phone logs them, and notes written here. Kept in this browser, each under a key of
// its own, so that two tabs do not write over each other.

import { core } from "/host-contacts.js";

const CALL = "tamarind.call.";
const NOTE = "tamarind.note.";

// Calls that are over and not logged yet, by their id: the agent may still be writing a note.
const pending = new Map();

function kept(prefix) {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return keys.map((key) => JSON.parse(localStorage.getItem(key)));
}

/**
 * Writes a call of the phone's, once however often it comes: its id is the key. An older state of it changes nothing.
 * Gives the CRM's id of it. Throws where the browser keeps nothing; the phone then brings the call again later.
 */
export function write({ sid, revision, direction, number, startedAt, talked, outcome, note, disposition }) {
  const before = JSON.parse(localStorage.getItem(CALL + sid));
  if (!before || before.revision <= revision) {
    const call = { sid, revision, direction, number, at: startedAt, talked, outcome, note, disposition };
    localStorage.setItem(CALL + sid, JSON.stringify(call));
  }
  pending.delete(sid);
  return `activity-${sid}`;
}

/** A call is over; the phone logs it once its agent is done with it. */
export function ended({ sid, direction, number, endedAt, talked }) {
  if (!sid || localStorage.getItem(CALL + sid)) return;
  pending.set(sid, { sid, direction, number, at: endedAt, talked, outcome: null, note: "", disposition: "" });
}

export function addNote(contact, text) {
  const note = { contact, at: Date.now(), text };
  localStorage.setItem(`${NOTE}${note.at}.${contact}`, JSON.stringify(note));
}

const latestFirst = (one, other) => other.at - one.at;
const asCall = (call) => ({ kind: "call", at: call.at, call });

/** All calls, the latest first. */
export function calls() {
  const logged = kept(CALL);
  const known = new Set(logged.map(({ sid }) => sid));
  const waiting = [...pending.values()].filter(({ sid }) => !known.has(sid));
  return [...waiting, ...logged].map(asCall).sort(latestFirst);
}

/** Everything with somebody, the latest first. A call of a number that several share is in the timeline of each. */
export function timeline({ id, numbers, history }) {
  const theirs = new Set(numbers.map(({ number }) => core(number)));
  const called = calls().filter(({ call }) => theirs.has(core(call.number)));
  const notes = kept(NOTE).filter(({ contact }) => contact === id).map(({ at, text }) => ({ kind: "note", at, text }));
  return [...called, ...notes, ...history].sort(latestFirst);
}
