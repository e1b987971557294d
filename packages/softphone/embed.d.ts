// The element that embed.js defines. What the phone tells is in protocol.d.ts.

import type { Agent, Call, Ended, EventName, FaultCode, LogEntry, Phone, Ringing, SavedNote, SignInWanted, Snapshot, Statistics } from "./protocol.js";

export type * from "./protocol.js";

/** What can go wrong between a page and its phone, beside what the phone itself refuses. */
export type PageFaultCode = "badServer" | "insecure" | "policy" | "csp" | "noAnswer" | "version" | "noAck" | "noTicket" | "numbers";

/** Why a command was not carried out. */
export interface PhoneError extends Error {
  readonly code: FaultCode | PageFaultCode;
  /** The same may work a little later. */
  readonly retry: boolean;
}

/** What stands in the phone's way, and the line to add where there is one. */
export interface Problem {
  code: FaultCode | PageFaultCode;
  message: string;
  fix: string;
}

/** The events of the element, each with what it carries in `detail`. */
export interface SoftphoneEvents {
  snapshot: CustomEvent<Snapshot>;
  phone: CustomEvent<Phone>;
  agent: CustomEvent<Agent | null>;
  call: CustomEvent<Call | null>;
  incoming: CustomEvent<Call>;
  ended: CustomEvent<Ended>;
  ringing: CustomEvent<Ringing>;
  missed: CustomEvent<number>;
  problem: CustomEvent<Problem>;
  /** A number on the page was pressed; prevent it, and nobody is called. */
  dialling: CustomEvent<{ number: string }>;
}

/** `<softphone-widget server="https://phone.example">` */
export interface SoftphoneWidget extends HTMLElement {
  /** How the phone stands; null until it has said so. */
  readonly state: Snapshot | null;
  /** Gets a ticket from the page's own server. */
  ticketProvider: ((why: SignInWanted) => Promise<string>) | null;

  /** Writes a call into the CRM and gives the CRM's id of it. Each ended call comes once, and again when its note has changed. */
  logProvider: ((entry: LogEntry) => Promise<string>) | null;

  /** Makes the numbers in a part of the page pressable. */
  watch(part: Element): Promise<void>;
  unwatch(part?: Element): void;
  /** Puts a number into the field where the agent dials, and no more. */
  fill(number: string): Promise<void>;
  dial(number: string): Promise<Call>;
  answer(call?: number): Promise<Call>;
  decline(call?: number): Promise<void>;
  hangUp(call?: number): Promise<void>;
  hold(on?: boolean, call?: number): Promise<Call>;
  mute(on?: boolean, call?: number): Promise<Call>;
  digits(digits: string, call?: number): Promise<void>;
  statistics(call?: number): Promise<Statistics>;
  device(ringing: Ringing): Promise<Ringing>;
  available(available?: boolean): Promise<Ringing>;
  note(sid: string, note: { text?: string; disposition?: string }): Promise<SavedNote>;
  signIn(ticket: string): Promise<void>;
  subscribe(...events: EventName[]): Promise<void>;
  snapshot(): Promise<Snapshot>;
  look(): Promise<void>;
  open(): void;
  close(): void;

  addEventListener<K extends keyof SoftphoneEvents>(
    name: K,
    hear: (this: SoftphoneWidget, event: SoftphoneEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "softphone-widget": SoftphoneWidget;
  }
}
