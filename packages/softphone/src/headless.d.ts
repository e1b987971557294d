// The phone without screens.

import type { Call, Ended, FaultCode, Phone, Snapshot, Statistics } from "./protocol.js";

export type { Call, Ended, EndedBy, FaultCode, Phone, PhoneState, State } from "./protocol.js";

/** A SIP account. The password stays in the memory of the worker. */
export interface Account {
  /** `wss://sip.example.com/ws`; further ones are tried in turn when it cannot be reached. */
  server: string | string[];
  /** `asha@example.com` */
  address: string;
  password: string;
  /** Where it differs from the address's user. */
  authUser?: string;
  /** Shown to the far end. */
  displayName?: string;
  iceServers?: RTCIceServer[];
}

/** How the phone stands. */
export type HeadlessSnapshot = Pick<Snapshot, "phone" | "call" | "ended" | "missed">;

/** Why a command was not carried out. */
export interface PhoneError extends Error {
  readonly code: FaultCode | "noAck" | "broken";
  /** The same may work a little later. */
  readonly retry: boolean;
}

/** What stands in the phone's way. */
export interface HeadlessProblem {
  code: "broken";
  message: string;
  fix: string;
}

/** The events, each with what it carries in `detail`. */
export interface HeadlessEvents {
  snapshot: CustomEvent<HeadlessSnapshot>;
  phone: CustomEvent<Phone>;
  call: CustomEvent<Call | null>;
  incoming: CustomEvent<Call>;
  ended: CustomEvent<Ended>;
  missed: CustomEvent<number>;
  problem: CustomEvent<HeadlessProblem>;
}

/** A phone. All pages of one origin share its registration and its call. */
export interface HeadlessPhone extends EventTarget {
  readonly state: HeadlessSnapshot;

  /** Ends once registered. The address that is registered already, by whatever page, stays as it is. */
  signIn(account: Account): Promise<void>;
  signOut(): Promise<void>;
  dial(number: string): Promise<Call>;
  answer(call?: number): Promise<Call>;
  decline(call?: number): Promise<void>;
  hangUp(call?: number): Promise<void>;
  hold(on?: boolean, call?: number): Promise<Call>;
  mute(on?: boolean, call?: number): Promise<Call>;
  digits(digits: string, call?: number): Promise<void>;
  statistics(call?: number): Promise<Statistics>;
  subscribe(...events: ("phone" | "call" | "ended" | "missed")[]): Promise<void>;
  snapshot(): Promise<HeadlessSnapshot>;

  addEventListener<K extends keyof HeadlessEvents>(
    name: K,
    hear: (this: HeadlessPhone, event: HeadlessEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/**
 * Starts the phone of this page, once.
 *
 * @param url The folder with `headless_bg.wasm`, `worker.js` and `worker_bg.wasm`, of this origin; without, beside the script, where
 * bundlers put them.
 * @param options `sounds: false`: the page makes the ring and the tones itself.
 */
export declare function init(url?: string | URL, options?: { sounds?: boolean }): Promise<HeadlessPhone>;
