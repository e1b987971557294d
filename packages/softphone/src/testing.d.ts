// A phone that a test drives.

import type { Call, Ended, FaultCode, LogEntry, PageFaultCode, Phone, PhoneState, SoftphoneWidget } from "./embed.js";

export type * from "./embed.js";

/** The commands, by name. */
export type Command =
  | "dial" | "answer" | "decline" | "hangUp" | "hold" | "mute" | "digits" | "statistics" | "device" | "available" | "note" | "signIn"
  | "subscribe" | "snapshot" | "look" | "fill" | "watch";

/** What the test does: the customer, the platform and the network. */
export interface Driver {
  /** Every command so far: `[name, …arguments]`. */
  readonly asked: [Command, ...unknown[]][];
  /** What the log provider has written, by the call's id: the entry with its reference. */
  readonly logged: Map<string, LogEntry>;
  /** A customer calls. */
  ring(call?: Partial<Call>): Call;
  /** The far end takes the call that was dialled. */
  answerFromFar(): Call;
  /** The call ends, by the far end unless said otherwise. */
  end(how?: Partial<Pick<Ended, "by" | "words" | "talked">>): void;
  /** The next command of this name fails so. */
  fail(command: Command, fault?: { code?: FaultCode | PageFaultCode; message?: string; retry?: boolean }): void;
  /** The registration. */
  phoneIs(state: PhoneState, words?: Phone["words"]): void;
  /** Somebody is signed in; nobody for null. */
  signInAs(id: string | null): void;
  /** So many missed calls wait. */
  missedAre(count: number): void;
}

/** All of the element that is no element's own. */
export type PhoneApi = Omit<SoftphoneWidget, Exclude<keyof HTMLElement, keyof EventTarget>>;

/** A fake phone that is no element: for tests without a page. */
export declare const FakePhone: new () => PhoneApi & Driver;

/** Defines `<softphone-widget>` as a fake phone, for tests of a page. */
export declare function defineFakePhone(): new () => SoftphoneWidget & Driver;
