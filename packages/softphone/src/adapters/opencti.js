// The phone in Salesforce's utility bar, by Open CTI for Lightning Experience.
import { canCall, followCalls, remember, reply } from "./calls.js";

// How long Salesforce may take for one request, ms.
const PATIENCE = 20_000;

export class OpenCti extends EventTarget {
  #phone;
  #api;
  #options;
  #ends = [];
  #dialled = null;
  #about = new Map();
  #matches = new Map();
  #writing = new Map();
  #dialable = null;
  #bar = "";

  constructor(phone, api, options) {
    super();
    this.#phone = phone;
    this.#api = api;
    this.#options = { width: 400, height: 650, label: "Phone", pop: "ring", newRecord: "Contact", subject, fields, ...options };
    const standing = () => this.#stand();
    for (const name of ["phone", "agent", "snapshot"]) this.#listen(name, standing);
    this.#ends.push(
      followCalls(phone, {
        begun: (call) => this.#begun(call),
        answered: ({ key }) => this.#pop(key, "answer"),
        ended: ({ key }) => this.#matches.delete(key),
      }),
    );
    phone.logProvider = (entry) => this.#keep(entry);
  }

  /** Tells Salesforce how the phone is shown, and takes its clicks. Ends when that is done. */
  async start() {
    const { width, height, label } = this.#options;
    await this.#ask("setSoftphonePanelWidth", { widthPX: width });
    await this.#ask("setSoftphonePanelHeight", { heightPX: height });
    await this.#ask("setSoftphonePanelLabel", { label });
    await this.#ask("setSoftphoneItemLabel", { label });
    this.#api.onClickToDial({ listener: (clicked) => this.#dial(clicked) });
    this.#api.onNavigationChange?.({ listener: (record) => this.#tell("navigation", record) });
    await this.#stand();
    this.#api.notifyInitializationComplete?.();
  }

  /** Nothing is said or heard any more. */
  disconnect() {
    for (const end of this.#ends.splice(0)) end();
    this.#phone.logProvider = null;
    this.#api.onClickToDial({ listener: () => {} });
    return this.#clickable(false);
  }

  /** Shows a record. */
  show(recordId) {
    return this.#ask("screenPop", { type: this.#api.SCREENPOP_TYPE.SOBJECT, params: { recordId } });
  }

  #listen(name, hear) {
    this.#phone.addEventListener(name, hear);
    this.#ends.push(() => this.#phone.removeEventListener(name, hear));
  }

  // Each of Salesforce's methods ends by its callback: {success, returnValue, errors}.
  #ask(method, args) {
    const asked = reply(PATIENCE, `Salesforce did not answer ${method}.`);
    this.#api[method]({
      ...args,
      callback: ({ success, returnValue, errors }) => {
        if (success) asked.resolve(returnValue);
        else asked.reject(new Error(words(errors) || `Salesforce refused ${method}.`));
      },
    });
    return asked.promise;
  }

  // Numbers can be clicked while the phone can call; who is signed in shows in the bar.
  async #stand() {
    const { state } = this.#phone;
    const { label } = this.#options;
    const bar = state?.agent === null ? `${label} (signed out)` : label;
    try {
      await this.#clickable(canCall(this.#phone));
      if (bar !== this.#bar) await this.#ask("setSoftphoneItemLabel", { label: bar });
      this.#bar = bar;
    } catch (error) {
      this.#trouble(error);
    }
  }

  async #clickable(on) {
    if (on === this.#dialable) return;
    this.#dialable = on;
    await this.#ask(on ? "enableClickToDial" : "disableClickToDial", {});
  }

  async #dial(clicked) {
    this.#dialled = clicked;
    try {
      await this.#ask("setSoftphonePanelVisibility", { visible: true });
      await this.#phone.dial(clicked.number);
    } catch (error) {
      this.#dialled = null;
      this.#trouble(error);
    }
  }

  async #begun({ key, direction, number }) {
    const asked = this.#dialled;
    this.#dialled = null;
    if (direction === "outbound") {
      if (asked?.recordId) remember(this.#about, key, asked.recordId);
      return;
    }
    try {
      await this.#ask("setSoftphonePanelVisibility", { visible: true });
      const found = await this.#ask("searchAndScreenPop", {
        searchParams: number,
        queryParams: "",
        defaultFieldValues: { Phone: number },
        callType: this.#api.CALL_TYPE.INBOUND,
        // Only looked for: what is shown, and when, is said below.
        deferred: true,
      });
      const records = Object.values(found ?? {}).filter((record) => record?.Id);
      this.#matches.set(key, { number, records, shown: false });
      if (records.length === 1) remember(this.#about, key, records[0].Id);
      this.#tell("match", { number, records });
      const { call } = this.#phone.state ?? {};
      await this.#pop(key, "ring");
      // It may have been answered while Salesforce was looking.
      if (call && !call.canAnswer) await this.#pop(key, "answer");
    } catch (error) {
      this.#trouble(error);
    }
  }

  // One record is shown, several are listed, and for none a new one is begun.
  async #pop(key, when) {
    const match = this.#matches.get(key);
    if (this.#options.pop !== when || !match || match.shown) return;
    match.shown = true;
    const { SOBJECT, SEARCH, NEW_RECORD_MODAL } = this.#api.SCREENPOP_TYPE;
    const { number, records } = match;
    const [type, params] =
      records.length === 1
        ? [SOBJECT, { recordId: records[0].Id }]
        : records.length > 1
          ? [SEARCH, { searchString: number }]
          : [NEW_RECORD_MODAL, { entityName: this.#options.newRecord, defaultFieldValues: { Phone: number } }];
    await this.#ask("screenPop", { type, params }).catch((error) => this.#trouble(error));
  }

  // A task for the call, or the same one again with its note: the task's id is what the phone keeps.
  #keep(entry) {
    const before = this.#writing.get(entry.sid) ?? Promise.resolve(null);
    // After one that is still on its way: its id is written over, not beside.
    const written = before.catch(() => null).then((id) => this.#write(entry, entry.reference ?? id));
    remember(this.#writing, entry.sid, written);
    return written;
  }

  async #write(entry, id) {
    const { subject, fields } = this.#options;
    const value = {
      entityApiName: "Task",
      Subject: subject(entry),
      Status: "Completed",
      ...fields(entry),
      ...whom(this.#about.get(entry.sid)),
      ...(id && { Id: id }),
    };
    const { recordId } = await this.#ask("saveLog", { value });
    await this.#ask("refreshView", {}).catch(() => {});
    this.#tell("logged", { sid: entry.sid, recordId });
    return recordId;
  }

  #trouble({ message }) {
    this.#tell("trouble", { message });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Joins a phone to the Salesforce around this page; `opencti` is what Salesforce's own script gives. */
export async function connectOpenCti(phone, { opencti = globalThis.sforce?.opencti, ...options } = {}) {
  if (!opencti) throw new Error("There is no sforce.opencti: load Salesforce's opencti_min.js on this page first.");
  const joined = new OpenCti(phone, opencti, options);
  await joined.start();
  return joined;
}

function subject({ direction, number }) {
  return `${direction === "inbound" ? "Call from" : "Call to"} ${number}`;
}

function fields(entry) {
  return {
    CallType: entry.direction === "inbound" ? "Inbound" : "Outbound",
    CallObject: entry.sid,
    CallDurationInSeconds: entry.talked,
    CallDisposition: entry.disposition,
    Description: entry.note,
    ActivityDate: new Date(entry.startedAt).toISOString().slice(0, 10),
  };
}

// People (contacts 003, leads 00Q) are whom a task is with, all else what it is about.
function whom(recordId) {
  if (!recordId) return {};
  return /^(003|00Q)/.test(recordId) ? { WhoId: recordId } : { WhatId: recordId };
}

function words(errors) {
  const list = Array.isArray(errors) ? errors : [errors];
  return list.map((error) => error?.description ?? error?.message ?? error).filter(Boolean).join(" ");
}
