// What has happened with whom: calls as the phone logs them, and notes written here.

import { core } from "/host-contacts.js";
import { all, keep, one } from "/host-kept.js";

const CALL = "tamarind.call.";
const NOTE = "tamarind.note.";

// Calls that are over and not logged yet, by their id: the agent may still be writing a note.
const pending = new Map();

/**
 * Writes a call of the phone's, once however often it comes: its id is the key. An older state of it changes nothing.
 * Gives the CRM's id of it. Throws where the browser keeps nothing; the phone then brings the call again later.
 */
export function write({ sid, revision, direction, number, startedAt, talked, outcome, note, disposition }) {
  const before = one(CALL + sid);
  if (!before || before.revision <= revision) {
    const call = { sid, revision, direction, number, at: startedAt, talked, outcome, note, disposition };
    keep(CALL + sid, call);
  }
  pending.delete(sid);
  return `activity-${sid}`;
}

/** A call is over; the phone logs it once its agent is done with it. */
export function ended({ sid, direction, number, endedAt, talked }) {
  if (!sid || one(CALL + sid)) return;
  pending.set(sid, { sid, direction, number, at: endedAt, talked, outcome: null, note: "", disposition: "" });
}

/** Keeps a note about a contact. Throws where the browser keeps nothing. */
export function addNote(contact, text) {
  const note = { contact, at: Date.now(), text };
  keep(`${NOTE}${note.at}.${contact}`, note);
}

const latestFirst = (one, other) => other.at - one.at;
const asCall = (call) => ({ kind: "call", at: call.at, call });

/** All calls, the latest first. */
export function calls() {
  const logged = all(CALL);
  const known = new Set(logged.map(({ sid }) => sid));
  const waiting = [...pending.values()].filter(({ sid }) => !known.has(sid));
  return [...waiting, ...logged].map(asCall).sort(latestFirst);
}

/** Everything with somebody, the latest first. A call of a number that several share is in the timeline of each. */
export function timeline({ id, numbers, history }) {
  const theirs = new Set(numbers.map(({ number }) => core(number)));
  const called = calls().filter(({ call }) => theirs.has(core(call.number)));
  const notes = all(NOTE).filter(({ contact }) => contact === id).map(({ at, text }) => ({ kind: "note", at, text }));
  return [...called, ...notes, ...history].sort(latestFirst);
}
