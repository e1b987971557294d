// The phone without screens: the same worker, the same calls, driven by a page's own buttons.
import load, { connect, stopped } from "./headless-program.js";

// Written out, so that bundlers find the files and put them beside the page's own.
const OWN = {
  program: new URL("./headless_bg.wasm", import.meta.url),
  worker: new URL("./worker.js", import.meta.url),
  kernel: new URL("./worker_bg.wasm", import.meta.url),
};

// How long the phone may take to start, to say that it heard a command, and to carry one out, ms.
const START = 20_000;
const ACK = 5_000;
const RESULT = 60_000;
const DIGITS = 210_000;

class PhoneError extends Error {
  constructor({ code, message, retry = false }) {
    super(message);
    this.name = "PhoneError";
    this.code = code;
    this.retry = retry;
  }
}

/** A phone. `init` makes the one of a page. */
export class HeadlessPhone extends EventTarget {
  /** How the phone stands; kept up to date by events. */
  state = null;

  #port;
  #last = 0;
  #waiting = new Map();
  #started;

  constructor(port) {
    super();
    this.#port = port;
    port.onmessage = ({ data }) => this.#heard(JSON.parse(data));
    this.#started = resolvers();
    // Who waits for it hears of a failure; that nobody does is no failure.
    this.#started.promise.catch(() => {});
  }

  /** Ends when the phone has said how it stands. */
  get started() {
    return this.#started.promise;
  }

  // Commands. Each promise ends with what came of it, or with an error that has a `code` and a sentence.
  signIn = (account) => this.#ask("signInAs", account);
  signOut = () => this.#ask("signOut", {});
  dial = (number) => this.#ask("dial", { number: `${number}` });
  answer = (call) => this.#ask("answer", { call });
  decline = (call) => this.#ask("decline", { call });
  hangUp = (call) => this.#ask("hangUp", { call });
  hold = (on = true, call) => this.#ask("hold", { on, call });
  mute = (on = true, call) => this.#ask("mute", { on, call });
  digits = (digits, call) => this.#ask("digits", { digits: `${digits}`, call }, DIGITS);
  statistics = (call) => this.#ask("statistics", { call });
  subscribe = (...events) => this.#ask("subscribe", { events });
  snapshot = () => this.#ask("snapshot", {});

  /** The program or the worker has broken down: nothing goes on. */
  broken(message) {
    this.#started.reject(new PhoneError({ code: "broken", message }));
    for (const id of [...this.#waiting.keys()]) {
      this.#finish(id, ({ reject }) => reject(new PhoneError({ code: "lost", message })));
    }
    this.#tell("problem", { code: "broken", message, fix: "Load the page anew." });
  }

  #heard(said) {
    const [[kind, body]] = Object.entries(said);
    switch (kind) {
      case "welcome":
        this.state = body.snapshot;
        this.#started.resolve(this);
        this.#tell("snapshot", this.state);
        return this.#announce(null);
      case "ack":
        return clearTimeout(this.#waiting.get(body.id)?.acked);
      case "done":
        return this.#finish(body.id, ({ resolve }) => resolve(value(body.outcome)));
      case "failed":
        return this.#finish(body.id, ({ reject }) => reject(new PhoneError(body.fault)));
      case "event":
        return this.#happened(body.event);
    }
  }

  #happened(event) {
    const [name, detail] = Object.entries(event)[0];
    const before = this.state?.call;
    if (this.state) this.state[name] = detail;
    this.#tell(name, detail);
    if (name === "call") this.#announce(before);
  }

  // A call that rings is told once.
  #announce(before) {
    const call = this.state?.call;
    if (call?.state === "INCOMING" && before?.id !== call.id) this.#tell("incoming", call);
  }

  #ask(name, args, patience = RESULT) {
    const id = ++this.#last;
    const command = resolvers();
    const late = (code, message) => () =>
      this.#finish(id, ({ reject }) => reject(new PhoneError({ code, message, retry: true })));
    command.acked = setTimeout(late("noAck", "The phone does not answer. Load the page anew if it lasts."), ACK);
    command.done = setTimeout(late("timedOut", "Nothing came of it in time. Look at the phone before you try again."), patience);
    this.#waiting.set(id, command);
    this.#port.postMessage(JSON.stringify({ id, ask: { [name]: args } }));
    return command.promise;
  }

  #finish(id, end) {
    const command = this.#waiting.get(id);
    if (!command) return;
    this.#waiting.delete(id);
    clearTimeout(command.acked);
    clearTimeout(command.done);
    end(command);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

let phone;

/**
 * Starts the phone of this page, once. `url` is the folder of the four files where a bundler does not put them beside the script;
 * with `sounds: false` the page makes the ring and the tones itself.
 */
export function init(url, { sounds = true } = {}) {
  phone ??= start(url ? beside(url) : OWN, sounds);
  // A later try may fare better.
  phone.catch(() => (phone = undefined));
  return phone;
}

function beside(url) {
  const folder = new URL(url, document.baseURI);
  return Object.fromEntries(Object.entries(OWN).map(([name, own]) => [name, new URL(own.pathname.split("/").pop(), folder)]));
}

async function start({ program, worker, kernel }, sounds) {
  const line = work(worker, kernel);
  await load({ module_or_path: program.href });
  const { port1, port2 } = new MessageChannel();
  const made = new HeadlessPhone(port1);
  const patience = setTimeout(() => made.broken("The phone's worker does not answer."), START);
  const fell = (message) => {
    stopped();
    made.broken(message);
  };
  line.worker.addEventListener("error", () => fell("The phone's worker did not load, or has broken down."));
  addEventListener("error", ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError && `${error.stack}`.includes(program.pathname)) {
      made.broken("The phone has broken down.");
    }
  });
  connect(line.port, port2, sounds);
  return made.started.finally(() => clearTimeout(patience));
}

// One worker for all pages of this browser; a browser without SharedWorker gets one for this page. The worker finds its own
// program by what its address says after `#`.
function work(worker, kernel) {
  const url = trusted(`${worker.href}#${encodeURI(kernel.href)}`);
  if (globalThis.SharedWorker) {
    const shared = new SharedWorker(url, { type: "module", name: "softphone" });
    return { worker: shared, port: shared.port };
  }
  const own = new Worker(url, { type: "module", name: "softphone" });
  const { port1, port2 } = new MessageChannel();
  own.postMessage("connect", [port2]);
  return { worker: own, port: port1 };
}

// Where a page wants Trusted Types: a policy for this one URL, called "softphone-worker".
function trusted(url) {
  const rules = { createScriptURL: () => url };
  return globalThis.trustedTypes?.createPolicy("softphone-worker", rules).createScriptURL(url) ?? url;
}

function resolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

// {"call": …} is the call; "nothing" is undefined.
function value(outcome) {
  return typeof outcome === "object" ? Object.values(outcome)[0] : undefined;
}
