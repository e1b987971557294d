// One line puts the phone into a page: <softphone-widget server="https://phone.example"></softphone-widget>. What it says to
// the phone in its frame is in crates/protocol/src/embed/; docs/embed.md tells how to use it.
(() => {
  // Twice on a page, or where there is no page: a server that renders.
  if (!globalThis.customElements || customElements.get("softphone-widget")) return;

  const VERSION = 1;
  // How long the frame may take to load, to say that it heard a command, and to carry one out, ms. The frame itself gives up
  // on most commands sooner, and says why.
  const LOAD = 20_000;
  const ACK = 5_000;
  const RESULT = 60_000;
  const DIGITS = 210_000;
  // How long the CRM may take to write a call: less than the call is this page's alone.
  const WRITE = 50_000;

  // What the phone needs of the browser. Each page around must pass them on.
  const NEEDS = ["microphone", "autoplay", "speaker-selection", "hid", "clipboard-write"];
  const THEME = ["accent", "on-accent", "page", "panel", "ink", "ink-soft", "line", "key", "radius"];

  class PhoneError extends Error {
    constructor({ code, message, retry = false }) {
      super(message);
      this.name = "PhoneError";
      this.code = code;
      this.retry = retry;
    }
  }

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { display: block; position: relative; inline-size: 100%; max-inline-size: 30rem; block-size: 40rem; max-block-size: 100vh }
    :host([hidden]) { display: block; visibility: hidden; position: absolute; block-size: 0; inline-size: 0; overflow: hidden }
    :host([mode="floating"]) { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000; inline-size: 22.5rem;
      max-inline-size: calc(100vw - 2rem); max-block-size: calc(100vh - 2rem); border-radius: .875rem; overflow: hidden;
      box-shadow: 0 8px 32px rgb(0 0 0 / 25%) }
    :host([mode="bar"]), :host([closed]) { inline-size: 300px; block-size: 56px }
    iframe { border: 0; inline-size: 100%; block-size: 100%; display: block }
    div { box-sizing: border-box; position: absolute; inset: 0; overflow: auto; padding: 1rem; background: Canvas; color: CanvasText;
      border: 1px solid; border-radius: .5rem; font: .875rem/1.5 system-ui, sans-serif }
    .policy { inset-block-start: auto; max-block-size: 60% }
    strong { display: block; font-size: 1rem }
    code { display: block; margin-block: .5rem; user-select: all; overflow-wrap: anywhere }`);

  class SoftphoneWidget extends HTMLElement {
    static observedAttributes = ["server", "params", "language", "scheme", "numbers"];

    // How the phone stands, or null before it has said so; kept up to date by events.
    state = null;
    // Gets a ticket from the CRM's own backend: () => Promise<string>. It may have been set before this script had loaded.
    ticketProvider = this.ticketProvider ?? null;

    #logProvider = null;
    // Entries are written one after another.
    #writing = Promise.resolve();
    #watched = new Map();
    #root = this.attachShadow({ mode: "open" });
    #frame = null;
    #origin = "";
    #port = null;
    #seq = 0;
    #last = 0;
    #waiting = new Map();
    #attached = null;
    #patience = 0;
    #hearWindow = (event) => this.#knocked(event);
    #hearPolicy = (event) => this.#blocked(event);

    connectedCallback() {
      this.#root.adoptedStyleSheets = [style];
      addEventListener("message", this.#hearWindow);
      document.addEventListener("securitypolicyviolation", this.#hearPolicy);
      // It may have been set before this script had loaded.
      if (Object.hasOwn(this, "logProvider")) {
        this.#logProvider = this.logProvider;
        delete this.logProvider;
      }
      this.#load();
      this.#watchWanted();
    }

    disconnectedCallback() {
      this.unwatch();
      removeEventListener("message", this.#hearWindow);
      document.removeEventListener("securitypolicyviolation", this.#hearPolicy);
      this.#unload();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.isConnected || before === now) return;
      if (name === "scheme") this.#dress();
      else if (name === "numbers") this.#watchWanted();
      else this.#load();
    }

    // Commands. Each promise ends with what came of it, or with an error that has a `code` and a sentence.
    dial = (number) => this.#ask("dial", { number: `${number}` });
    answer = (call) => this.#ask("answer", { call });
    decline = (call) => this.#ask("decline", { call });
    hangUp = (call) => this.#ask("hangUp", { call });
    hold = (on = true, call) => this.#ask("hold", { on, call });
    mute = (on = true, call) => this.#ask("mute", { on, call });
    digits = (digits, call) => this.#ask("digits", { digits: `${digits}`, call }, DIGITS);
    device = (ringing) => this.#ask("device", { ringing });
    available = (available = true) => this.#ask("available", { available });
    note = (sid, { text = "", disposition = "" }) => this.#ask("note", { sid, text, disposition });
    fill = (number) => this.#ask("fill", { number: `${number}` });
    signIn = (ticket) => this.#ask("signIn", { ticket });
    statistics = (call) => this.#ask("statistics", { call });
    subscribe = (...events) => this.#ask("subscribe", { events });
    snapshot = () => this.#ask("snapshot", {});
    look = () => this.#ask("look", { look: this.#look() });

    // The whole phone, or a bar of it. A frame that is not shown at all might be stopped by the browser, and its call with it.
    open() {
      this.removeAttribute("closed");
    }
    close() {
      this.setAttribute("closed", "");
    }

    // Writes a call into the CRM: (entry) => Promise<the CRM's id of it>. Each ended call comes once; again with its `reference`
    // when a note has changed it.
    get logProvider() {
      return this.#logProvider;
    }
    set logProvider(provider) {
      this.#logProvider = provider ?? null;
      if (this.#port) this.#ask("log", { on: Boolean(provider) }).catch(() => {});
    }

    // Makes the numbers in a part of the page pressable, until `unwatch`. Its program is fetched only now.
    async watch(part) {
      if (this.#watched.has(part)) return;
      this.#watched.set(part, () => {});
      const { watch } = await import(new URL("/embed-numbers.js", this.getAttribute("server")).href);
      if (this.#watched.has(part)) this.#watched.set(part, watch(part, (number) => this.#pressed(number)));
    }
    unwatch(part) {
      for (const [watched, stop] of [...this.#watched]) {
        if (part && part !== watched) continue;
        stop();
        this.#watched.delete(watched);
      }
    }

    // `numbers="#main"` is the same for what that selector finds.
    #watchWanted() {
      this.unwatch();
      const wanted = this.getAttribute("numbers");
      const failed = (message, fix) => this.#tell("problem", { code: "numbers", message, fix });
      try {
        for (const part of wanted ? document.querySelectorAll(wanted) : []) {
          this.watch(part).catch(() => failed("The numbers on this page cannot be pressed.",
            `Name ${this.#origin} in script-src of this page's Content-Security-Policy.`));
        }
      } catch {
        failed(`The attribute numbers is no selector: ${wanted}`, 'Give it one, for instance numbers="#main".');
      }
    }

    // The page may prevent it, for instance for those who do not want to be called.
    async #pressed(number) {
      const asked = new CustomEvent("dialling", { detail: { number }, cancelable: true });
      if (!this.dispatchEvent(asked)) return;
      this.open();
      try {
        await (this.hasAttribute("fill-only") ? this.fill(number) : this.dial(number));
      } catch ({ code, message }) {
        this.#tell("problem", { code, message, fix: "" });
      }
    }

    async #write(entry) {
      const { sid } = entry;
      let asked;
      try {
        const late = new Promise((_, reject) => setTimeout(reject, WRITE, new Error("The CRM took too long.")));
        const reference = await Promise.race([this.#logProvider(entry), late]);
        asked = this.#ask("logged", { sid, reference: `${reference}` });
      } catch (error) {
        asked = this.#ask("logFailed", { sid, words: `${error?.message ?? error}` });
      }
      await asked.catch(({ code, message }) => this.#tell("problem", { code, message, fix: "" }));
    }

    #load() {
      this.#unload();
      const server = this.getAttribute("server");
      let url;
      try {
        const language = this.getAttribute("language");
        const start = [this.getAttribute("params"), language && `language=${language}`].filter(Boolean);
        url = new URL(`/#${start.join("&")}`, server);
      } catch {
        return this.#problem("badServer", "The phone has no address.", 'Give the element one: server="https://phone.example"');
      }
      if (!isSecureContext) {
        return this.#problem("insecure", "Browsers give no microphone to a page without encryption.", "Open this page over https.");
      }
      this.#origin = url.origin;
      this.#attached = resolvers();
      // Who waits for it hears of a failure; that nobody does is no failure.
      this.#attached.promise.catch(() => {});
      const frame = document.createElement("iframe");
      frame.title = this.getAttribute("frame-title") ?? "Phone";
      frame.allow = NEEDS.join("; ");
      frame.referrerPolicy = "origin";
      frame.src = url.href;
      this.#frame = frame;
      this.#dress();
      this.#root.replaceChildren(frame);
      this.#patience = setTimeout(() => this.#silent(), LOAD);
      this.#checkPolicy();
    }

    #unload() {
      clearTimeout(this.#patience);
      this.#lose();
      this.#attached?.reject(new PhoneError({ code: "lost", message: "The phone was taken off the page." }));
      this.#frame?.remove();
      this.#frame = null;
    }

    // The frame is gone, or another one: what was under way is not known any more.
    #lose() {
      this.#port?.close();
      this.#port = null;
      this.state = null;
      const fault = { code: "lost", message: "The phone was loaded anew before it was done.", retry: true };
      for (const id of [...this.#waiting.keys()]) this.#finish(id, (command) => command.reject(new PhoneError(fault)));
    }

    #dress() {
      if (this.#frame) this.#frame.style.colorScheme = { light: "light", dark: "dark" }[this.getAttribute("scheme")] ?? "normal";
    }

    #look() {
      const style = getComputedStyle(this);
      const theme = {};
      for (const name of THEME) {
        const value = style.getPropertyValue(`--softphone-${name}`).trim();
        if (value) theme[name] = value;
      }
      return { theme };
    }

    // The frame says that it is loaded: give it a port, and back its nonce.
    #knocked({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.#origin) return;
      const ready = read(data)?.softphoneReady;
      if (!ready) return;
      this.#lose();
      if (!ready.versions?.includes(VERSION)) {
        return this.#problem("version", "This page and its phone are of different versions.", "Load embed.js from the phone's own server.");
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => this.#heard(read(event.data));
      this.#port = port1;
      this.#seq = 0;
      const hello = {
        version: VERSION,
        nonce: ready.nonce,
        origin: location.origin,
        tickets: Boolean(this.ticketProvider ?? this.getAttribute("ticket-url")),
        look: this.#look(),
      };
      source.postMessage(JSON.stringify({ softphoneHello: hello }), this.#origin, [port2]);
    }

    #heard(said) {
      const [[kind, body] = []] = Object.entries(said ?? {});
      switch (kind) {
        case "welcome":
          clearTimeout(this.#patience);
          this.#root.querySelector("div:not(.policy)")?.remove();
          this.state = body.snapshot;
          this.#attached.resolve();
          this.#tell("snapshot", this.state);
          if (this.#logProvider) this.logProvider = this.#logProvider;
          if (this.hasAttribute("number")) this.fill(this.getAttribute("number")).catch(() => {});
          return this.#announce(null);
        case "ack":
          return clearTimeout(this.#waiting.get(body.id)?.acked);
        case "done":
          return this.#finish(body.id, (command) => command.resolve(value(body.outcome)));
        case "failed":
          return this.#finish(body.id, (command) => command.reject(new PhoneError(body.fault)));
        case "event":
          return this.#happened(body);
      }
    }

    #happened({ seq, event }) {
      if (seq !== ++this.#seq) {
        this.#seq = seq;
        this.snapshot().then((state) => this.#tell("snapshot", (this.state = state)), () => {});
      }
      const [name, detail] = Object.entries(event)[0];
      if (name === "signIn") return this.#bringTicket(detail);
      if (name === "log") return (this.#writing = this.#writing.then(() => this.#write(detail)));
      const before = this.state?.call;
      if (this.state) this.state[name] = detail;
      this.#tell(name, detail);
      if (name === "call") this.#announce(before);
    }

    // A call that rings is shown, and told once.
    #announce(before) {
      const call = this.state?.call;
      if (call?.state !== "INCOMING" || before?.id === call.id) return;
      if (!this.hasAttribute("quiet")) this.open();
      this.#tell("incoming", call);
    }

    async #bringTicket(why) {
      try {
        const ticket = await (this.ticketProvider ? this.ticketProvider(why) : fetchTicket(this.getAttribute("ticket-url")));
        await this.signIn(ticket);
      } catch (error) {
        this.#tell("problem", { code: error.code ?? "noTicket", message: error.message, fix: "" });
      }
    }

    async #ask(name, args, patience = RESULT) {
      if (!this.#attached) throw new PhoneError({ code: "notReady", message: "The phone is not on a page." });
      await this.#attached.promise;
      const port = this.#port;
      if (!port) throw new PhoneError({ code: "lost", message: "The phone is being loaded anew.", retry: true });
      const id = ++this.#last;
      const command = resolvers();
      const late = (code, message) => () =>
        this.#finish(id, () => command.reject(new PhoneError({ code, message, retry: true })));
      command.acked = setTimeout(late("noAck", "The phone does not answer. Load the page anew if it lasts."), ACK);
      command.done = setTimeout(late("timedOut", "Nothing came of it in time. Look at the phone before you try again."), patience);
      this.#waiting.set(id, command);
      port.postMessage(JSON.stringify({ id, ask: { [name]: args } }));
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

    // What stands in the way, where the browser says so (Chromium).
    #checkPolicy() {
      const policy = this.#frame.featurePolicy;
      if (policy && !policy.allowsFeature("microphone", this.#origin)) {
        const header = `Permissions-Policy: ${NEEDS.map((need) => `${need}=(self "${this.#origin}")`).join(", ")}`;
        this.#problem("policy", "This page does not pass the microphone on to its phone.",
          "Let its server send this header, and give each frame around this page the same permissions in its allow attribute:", header);
      }
    }

    #blocked({ blockedURI, effectiveDirective }) {
      if (!this.#frame || !/^(frame|child|default)-src$/.test(effectiveDirective) || !blockedURI.startsWith(this.#origin)) return;
      this.#problem("csp", "This page's Content-Security-Policy keeps its phone out.", "Add this to it:", `frame-src ${this.#origin}`);
    }

    #silent() {
      this.#problem("noAnswer", "The phone does not answer.",
        `Its server ${this.#origin} is away, or does not let this page show it. Its administrator can allow that in the server's configuration:`,
        `[sessions]\nembed_origins = ["${location.origin}"]`);
    }

    // Told to the page, and drawn where the phone would be; below it, if it is there all the same.
    #problem(code, message, fix, line) {
      const box = document.createElement("div");
      box.setAttribute("role", "alert");
      const title = document.createElement("strong");
      title.textContent = message;
      box.append(title, fix);
      if (line) {
        const sample = document.createElement("code");
        sample.textContent = line;
        box.append(sample);
      }
      box.className = code;
      this.#root.querySelector("div")?.remove();
      this.#root.append(box);
      if (code !== "policy") {
        clearTimeout(this.#patience);
        this.#attached?.reject(new PhoneError({ code, message }));
      }
      this.#tell("problem", { code, message, fix: line ? `${fix}\n${line}` : fix });
    }
  }

  function resolvers() {
    const made = {};
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
  }

  function read(data) {
    try {
      return typeof data === "string" ? JSON.parse(data) : null;
    } catch {
      return null;
    }
  }

  // {"call": …} is the call; "nothing" is undefined.
  function value(outcome) {
    return typeof outcome === "object" ? Object.values(outcome)[0] : undefined;
  }

  async function fetchTicket(url) {
    const answer = await fetch(url, { method: "POST", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${url} gave no ticket: ${answer.status}`);
    return (await answer.json()).ticket;
  }

  customElements.define("softphone-widget", SoftphoneWidget);
})();
