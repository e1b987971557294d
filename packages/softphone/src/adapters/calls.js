// What both adapters see in the element's events: a call begins, is answered, is over.

const TALKING = ["ESTABLISHED", "MEDIA_DISRUPTED", "RENEWING_MEDIA"];

/**
 * Follows the calls of a phone. `begun` is told of a call once it has the platform's id, by which it is logged, or once it is
 * answered or over without; `answered` and `ended` come after it. Gives back what ends it.
 */
export function followCalls(phone, { begun, answered, ended }) {
  let current = null;

  const begin = (call) => {
    if (current.key) return;
    current.key = call.sid ?? `softphone-${current.startedAt}-${current.id}`;
    begun({ ...call, key: current.key });
  };
  const seen = ({ detail: call }) => {
    if (!call) return;
    if (current?.id !== call.id) current = { id: call.id, startedAt: call.startedAt, key: null, answered: false };
    const talking = TALKING.includes(call.state);
    if (call.sid || talking) begin(call);
    if (talking && !current.answered) {
      current.answered = true;
      answered({ ...call, key: current.key });
    }
  };
  const over = ({ detail: end }) => {
    if (current?.id !== end.id) return;
    begin(end);
    ended({ ...end, key: current.key, answered: current.answered });
    current = null;
  };

  phone.addEventListener("call", seen);
  phone.addEventListener("ended", over);
  // A call that goes on already.
  seen({ detail: phone.state?.call });
  return () => {
    phone.removeEventListener("call", seen);
    phone.removeEventListener("ended", over);
  };
}

/** Registered: able to call. */
export function canCall({ state }) {
  return state?.phone.state === "ready";
}

/** Remembers something of a call; of those of long ago it forgets. */
export function remember(calls, key, value) {
  calls.set(key, value);
  if (calls.size > 100) calls.delete(calls.keys().next().value);
}

/** A promise that somebody else ends, or that ends itself as failed after so many ms. */
export function reply(patience, late) {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  const timer = setTimeout(() => made.reject(new Error(late)), patience);
  made.promise.catch(() => {}).finally(() => clearTimeout(timer));
  return made;
}
