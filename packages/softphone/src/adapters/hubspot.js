// The phone as a calling app of HubSpot: the messages of its calling extensions, spoken from the page that HubSpot frames.
import { followCalls, remember, reply } from "./calls.js";

// The messages are those of version 0.9 of HubSpot's own SDK.
const VERSION = "0.9.7";
// HubSpot's pages, each customer's region among them.
const HUBSPOT = /^https:\/\/([a-z0-9-]+\.)*hubspot\.com$/;
// How long HubSpot may take to keep a call, ms.
const KEEP = 15_000;

export class HubSpotCalling extends EventTarget {
  #phone;
  #options;
  #host = "";
  #messages = 0;
  #dialled = null;
  #calls = new Map();
  #waiting = new Map();
  #agent;
  #ends = [];

  constructor(phone, options) {
    super();
    this.#phone = phone;
    this.#options = { width: 400, height: 650, pop: "answer", origins: null, ...options };
    this.#agent = phone.state?.agent ?? null;
    this.#listen(window, "message", (event) => this.#heard(event));
    this.#listen(phone, "agent", ({ detail }) => this.#signedIn(detail));
    this.#listen(phone, "snapshot", ({ detail }) => this.#signedIn(detail.agent));
    this.#listen(phone, "ringing", ({ detail }) => this.#rings(detail));
    this.#ends.push(
      followCalls(phone, {
        begun: (call) => this.#begun(call),
        answered: ({ key }) => this.#answered(key),
        ended: (end) => this.#ended(end),
      }),
    );
    phone.logProvider = (entry) => this.#keep(entry);
  }

  /** Nothing is said or heard any more. */
  disconnect() {
    for (const end of this.#ends.splice(0)) end();
    this.#phone.logProvider = null;
  }

  /** Has HubSpot show a record that it found for a call. */
  show(match, { newTab = false } = {}) {
    const { objectCoordinates } = match;
    this.#say("NAVIGATE_TO_RECORD", { objectCoordinates, openIn: newTab ? "NEW_TAB" : "CURRENT_TAB" });
  }

  #listen(target, name, hear) {
    target.addEventListener(name, hear);
    this.#ends.push(() => target.removeEventListener(name, hear));
  }

  #say(type, data, messageId = `softphone_${Date.now()}_${++this.#messages}`) {
    if (this.#host) window.parent.postMessage({ type, data, messageId }, this.#host);
  }

  // Only the window around, and only HubSpot's.
  #heard({ source, origin, data }) {
    if (source !== window.parent || typeof data?.type !== "string") return;
    const { origins } = this.#options;
    if (!(origins ? origins.includes(origin) : HUBSPOT.test(origin))) return;
    if (data.type === "SYNC") return this.#synced(origin, data);
    if (origin === this.#host) this.#told(data.type, data.data ?? {});
  }

  // HubSpot says this until it hears an answer, and again when it has loaded anew.
  #synced(origin, said) {
    this.#host = origin;
    const answer = { ...said, type: "SYNC_ACK", debugMode: false, version: VERSION, iFrameUrl: location.origin };
    window.parent.postMessage(answer, origin);
    const { width, height } = this.#options;
    this.#say("INITIALIZED", { isLoggedIn: Boolean(this.#agent), engagementId: said.engagementId });
    this.#say("RESIZE_WIDGET", { width, height });
    this.#rings(this.#phone.state?.ringing);
    const { portalId, userId, ownerId } = said;
    this.#tell("ready", { portalId, userId, ownerId });
  }

  #told(type, data) {
    switch (type) {
      case "DIAL_NUMBER":
        return this.#dial(data);
      case "END_CALL":
        return this.#phone.hangUp().catch((error) => this.#trouble(error));
      case "VISIBILITY_CHANGED":
        return data.isHidden || data.isMinimized ? this.#phone.close() : this.#phone.open();
      case "CREATE_ENGAGEMENT_SUCCEEDED":
      case "ENGAGEMENT_CREATED":
        return this.#created(data);
      case "CALLER_ID_MATCH_SUCCEEDED":
        return this.#matched(data, data.callerIdMatches ?? []);
      case "CALLER_ID_MATCH_FAILED":
        return this.#matched(data, []);
      case "UPDATE_ENGAGEMENT_SUCCEEDED":
        return this.#kept(data, ({ resolve }, engagement) => resolve(engagement));
      case "UPDATE_ENGAGEMENT_FAILED":
        return this.#kept(data, ({ reject }) => reject(new Error("HubSpot did not keep the call.")));
    }
  }

  async #dial({ phoneNumber, ...about }) {
    this.#dialled = { number: phoneNumber, about };
    this.#phone.open();
    try {
      await this.#phone.dial(phoneNumber);
    } catch (error) {
      this.#dialled = null;
      this.#trouble(error);
    }
  }

  #begun({ key, direction, number, virtualNumber, startedAt }) {
    const inbound = direction === "inbound";
    // The number as HubSpot gave it: the agent's role may hide it.
    const asked = inbound ? null : this.#dialled;
    this.#dialled = null;
    const customer = asked?.number ?? number;
    remember(this.#calls, key, { customer, engagement: undefined, match: null, answered: false });
    this.#say(inbound ? "INCOMING_CALL" : "OUTGOING_CALL_STARTED", {
      externalCallId: key,
      fromNumber: inbound ? customer : (virtualNumber ?? undefined),
      toNumber: inbound ? (virtualNumber ?? undefined) : customer,
      callStartTime: startedAt,
      createEngagement: true,
    });
  }

  #answered(key) {
    this.#say("CALL_ANSWERED", { externalCallId: key });
    const call = this.#calls.get(key);
    if (!call) return;
    call.answered = true;
    if (call.match) this.#pop(call, "answer");
  }

  #ended({ key, ...end }) {
    const call = this.#calls.get(key);
    this.#say("CALL_ENDED", { externalCallId: key, engagementId: call?.engagement, callEndStatus: endStatus(end) });
  }

  #created({ engagementId, externalCallId }) {
    const call = this.#calls.get(externalCallId) ?? [...this.#calls.values()].findLast(({ engagement }) => !engagement);
    if (call) call.engagement = engagementId;
  }

  // None, one or several: one is shown, if the app wants it; the page hears of all.
  #matched({ externalCallId }, matches) {
    const call = this.#calls.get(externalCallId) ?? [...this.#calls.values()].at(-1);
    this.#tell("match", { matches });
    if (!call || matches.length !== 1) return;
    call.match = matches[0];
    this.#pop(call, "ring");
    if (call.answered) this.#pop(call, "answer");
  }

  #pop(call, when) {
    if (this.#options.pop === when) this.show(call.match);
  }

  // A call for the timeline, or its note again: HubSpot's id of it is what the phone keeps.
  async #keep(entry) {
    const call = this.#calls.get(entry.sid);
    const engagement = entry.reference ?? call?.engagement;
    if (!engagement) {
      const { createEngagement } = this.#options;
      if (createEngagement) return `${await createEngagement(entry)}`;
      throw new Error("HubSpot has not said under which id it keeps this call.");
    }
    const kept = reply(KEEP, "HubSpot did not say whether it has kept the call.");
    this.#waiting.set(`${engagement}`, kept);
    this.#say("CALL_COMPLETED", {
      externalCallId: entry.sid,
      engagementId: Number(engagement),
      hideWidget: false,
      engagementProperties: properties(entry, call, this.#options),
    });
    try {
      return await kept.promise;
    } finally {
      this.#waiting.delete(`${engagement}`);
    }
  }

  // Entries come one after another: an answer without an id is the one there is.
  #kept({ engagementId }, end) {
    const [id, waiting] = engagementId
      ? [`${engagementId}`, this.#waiting.get(`${engagementId}`)]
      : ([...this.#waiting][0] ?? []);
    if (waiting) end(waiting, id);
  }

  #signedIn(agent) {
    if (Boolean(agent) === Boolean(this.#agent)) return;
    this.#agent = agent;
    this.#say(agent ? "LOGGED_IN" : "LOGGED_OUT");
    if (agent) this.#rings(this.#phone.state?.ringing);
  }

  #rings(ringing) {
    if (ringing) this.#say(ringing === "browser" ? "USER_AVAILABLE" : "USER_UNAVAILABLE");
  }

  #trouble({ message }) {
    this.#say("ERROR", { message });
    this.#tell("trouble", { message });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Joins a phone to the HubSpot around this page. */
export function connectHubSpot(phone, options = {}) {
  return new HubSpotCalling(phone, options);
}

function endStatus({ direction, by, answered }) {
  if (answered) return by === "trouble" ? "FAILED" : "COMPLETED";
  if (by === "trouble") return "FAILED";
  if (direction === "inbound") return by === "agent" ? "REJECTED" : by === "elsewhere" ? "CANCELED" : "MISSED";
  return { agent: "CANCELED", customer: "BUSY" }[by] ?? "NO_ANSWER";
}

const STATUS = {
  completed: "COMPLETED",
  declined: "CANCELED",
  answered_elsewhere: "CANCELED",
  agent_cancelled: "CANCELED",
  not_dialled: "FAILED",
};

function properties(entry, call, { dispositions = {} }) {
  const inbound = entry.direction === "inbound";
  const customer = call?.customer ?? entry.number;
  return {
    hs_timestamp: entry.startedAt,
    hs_call_direction: inbound ? "INBOUND" : "OUTBOUND",
    hs_call_status: STATUS[entry.outcome] ?? (entry.talked > 0 ? "COMPLETED" : "NO_ANSWER"),
    hs_call_duration: `${entry.talked * 1000}`,
    hs_call_from_number: inbound ? customer : entry.virtualNumber,
    hs_call_to_number: inbound ? entry.virtualNumber : customer,
    hs_call_body: entry.note,
    // HubSpot has ids of its own for how a call went.
    ...(dispositions[entry.disposition] && { hs_call_disposition: dispositions[entry.disposition] }),
  };
}
