// A phone that a test drives: the methods and events of <softphone-widget>, no server, no frame, no sound.

class PhoneError extends Error {
  constructor({ code, message, retry = false }) {
    super(message);
    this.name = "PhoneError";
    this.code = code;
    this.retry = retry;
  }
}

const TALKING = ["ESTABLISHED", "MEDIA_DISRUPTED", "RENEWING_MEDIA"];

/** The same over any EventTarget. */
const fake = (Base) =>
  class extends Base {
    state = snapshot();
    ticketProvider = null;
    logProvider = null;
    /** Every command so far: [name, …arguments]. */
    asked = [];
    /** What the log provider has written, by the call's id: the entry with its reference. */
    logged = new Map();

    #last = 0;
    #faults = new Map();
    #wanted = null;

    // What an agent or a host does.

    dial = (number) =>
      this.#do("dial", [number], () => {
        this.#need(this.state.phone.state === "ready", "notReady", "The phone is not connected.", true);
        this.#need(!this.state.call, "inCall", "A call is up already. End it first.", true);
        return this.#begin({ direction: "outbound", number: `${number}`, state: "RINGING", here: true });
      });
    answer = (call) =>
      this.#do("answer", [call], () => {
        const { state } = this.#call(call);
        this.#need(state === "INCOMING", "wrongState", "This call does not ring here.");
        return this.#change({ state: "ESTABLISHED", here: true, canAnswer: false, connectedAt: Date.now() });
      });
    decline = (call) => this.#do("decline", [call], () => this.#over(call, "agent", "You declined the call."));
    hangUp = (call) => this.#do("hangUp", [call], () => this.#over(call, "agent", "You hung up."));
    hold = (on = true, call) => this.#do("hold", [on, call], () => this.#talking(call) && this.#change({ held: on }));
    mute = (on = true, call) => this.#do("mute", [on, call], () => this.#talking(call) && this.#change({ muted: on }));
    digits = (digits, call) =>
      this.#do("digits", [digits, call], () => {
        this.#talking(call);
        this.#need(/^[0-9A-D*#]{1,64}$/i.test(digits), "badDigit", "Digits are 0-9, A-D, * and #, at most 64 at once.");
      });
    statistics = (call) => this.#do("statistics", [call], () => this.#talking(call) && statistics());
    device = (ringing) => this.#do("device", [ringing], () => this.#tell("ringing", ringing));
    available = (on = true) => this.#do("available", [on], () => this.#tell("ringing", on ? "browser" : "nothing"));
    note = (sid, { text = "", disposition = "" }) =>
      this.#do("note", [sid, { text, disposition }], () => {
        const entry = this.logged.get(sid);
        if (entry) this.#write({ ...entry, revision: entry.revision + 1, note: text, disposition });
        return { text, disposition, updatedAt: Date.now() };
      });
    signIn = (ticket) => this.#do("signIn", [ticket], () => this.signInAs("agent"));
    subscribe = (...events) =>
      this.#do("subscribe", events, () => {
        this.#wanted = events;
      });
    snapshot = () => this.#do("snapshot", [], () => structuredClone(this.state));
    look = () => this.#do("look", [], () => {});
    fill = (number) => this.#do("fill", [number], () => {});
    watch = (part) => this.#do("watch", [part], () => {});
    unwatch() {}
    open() {
      this.removeAttribute?.("closed");
    }
    close() {
      this.setAttribute?.("closed", "");
    }

    // What the test does.

    /** A customer calls. */
    ring({ number = "+919812345678", name = null, ...call } = {}) {
      const ringing = this.#begin({ direction: "inbound", number, name, state: "INCOMING", canAnswer: true, ...call });
      this.#event("incoming", ringing);
      return ringing;
    }

    /** The far end takes the call that was dialled. */
    answerFromFar() {
      return this.#change({ state: "ESTABLISHED", connectedAt: Date.now() });
    }

    /** The call ends, by the far end unless said otherwise. */
    end({ by = "customer", words = "They hung up.", talked } = {}) {
      return this.#over(undefined, by, words, talked);
    }

    /** The next command of this name fails so. */
    fail(command, { code = "refused", message = "The platform refused.", retry = false } = {}) {
      this.#faults.set(command, { code, message, retry });
    }

    /** The registration. */
    phoneIs(state, words = state) {
      this.#tell("phone", { state, words });
    }

    /** Somebody is signed in; nobody for null. */
    signInAs(id) {
      this.#tell("agent", id === null ? null : { id });
    }

    /** So many missed calls wait. */
    missedAre(count) {
      this.#tell("missed", count);
    }

    // Within.

    async #do(name, args, act) {
      this.asked.push([name, ...args]);
      const fault = this.#faults.get(name);
      this.#faults.delete(name);
      if (fault) throw new PhoneError(fault);
      return act();
    }

    #need(held, code, message, retry = false) {
      if (!held) throw new PhoneError({ code, message, retry });
    }

    #call(id) {
      const { call } = this.state;
      this.#need(call, "noCall", "There is no call.");
      this.#need(id === undefined || id === call.id, "noCall", "That call is over.");
      return call;
    }

    #talking(id) {
      const call = this.#call(id);
      this.#need(TALKING.includes(call.state), "wrongState", "The call is not connected.", true);
      return call;
    }

    #begin(call) {
      this.#last += 1;
      return this.#tell("call", { ...blank(this.#last), ...call });
    }

    #change(change) {
      return this.#tell("call", { ...this.#call(), ...change });
    }

    #over(call, by, words, talked) {
      const { id, sid, direction, name, number, virtualNumber, startedAt, connectedAt } = this.#call(call);
      const endedAt = Date.now();
      const seconds = talked ?? (connectedAt ? Math.round((endedAt - connectedAt) / 1000) : 0);
      this.#tell("ended", { id, sid, direction, name, number, by, words, talked: seconds, endedAt });
      this.#tell("call", null);
      const outcome = connectedAt ? "completed" : direction === "inbound" ? "missed" : "customer_unanswered";
      const log = { sid, direction, number, virtualNumber: virtualNumber ?? "", startedAt, endedAt, talked: seconds, outcome };
      this.#write({ ...log, revision: 1, reference: null, note: "", disposition: "" });
    }

    // As the phone does: a call that ended is written once, and again with its reference when a note changes it.
    async #write(entry) {
      if (!this.logProvider || !entry.sid) return;
      try {
        const reference = await this.logProvider(entry);
        this.logged.set(entry.sid, { ...entry, reference: `${reference}` });
      } catch (error) {
        this.#event("problem", { code: "refused", message: error.message, fix: "" });
      }
    }

    #tell(name, detail) {
      this.state = { ...this.state, [name]: detail };
      this.#event(name, detail);
      return detail;
    }

    #event(name, detail) {
      if (!this.#wanted?.length || this.#wanted.includes(name) || name === "incoming") {
        this.dispatchEvent(new CustomEvent(name, { detail: structuredClone(detail) }));
      }
    }
  };

/** A fake phone that is no element: for tests without a page. */
export class FakePhone extends fake(EventTarget) {}

/** Defines <softphone-widget> as a fake phone, for tests of a page. */
export function defineFakePhone() {
  const there = customElements.get("softphone-widget");
  if (there) return there;
  const element = class FakeSoftphoneWidget extends fake(HTMLElement) {};
  customElements.define("softphone-widget", element);
  return element;
}

function snapshot() {
  return {
    phone: { state: "ready", words: "Ready" },
    agent: { id: "agent" },
    call: null,
    ended: null,
    ringing: "browser",
    missed: 0,
  };
}

// Of a call that sounds well.
function statistics() {
  return {
    codec: "opus",
    received: 500,
    lost: 0,
    sent: 500,
    lossPermille: 0,
    farLossPermille: 0,
    jitterMs: 4,
    roundTripMs: 40,
    kbpsIn: 32,
    kbpsOut: 32,
    mosTenths: 43,
  };
}

function blank(id) {
  return {
    id,
    sid: `fake-${id}`,
    direction: "inbound",
    name: null,
    number: "",
    virtualNumber: null,
    state: "INCOMING",
    canAnswer: false,
    here: false,
    muted: false,
    held: false,
    heldByCustomer: false,
    startedAt: Date.now(),
    connectedAt: null,
  };
}
