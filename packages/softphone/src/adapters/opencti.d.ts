// The phone in Salesforce's utility bar.

import type { LogEntry, SoftphoneWidget } from "../embed.js";
import type { PhoneApi } from "../testing.js";

export interface OpenCtiOptions {
  /** What Salesforce's `opencti_min.js` gives; without, `sforce.opencti`. */
  opencti?: object;
  /** Pixels of the panel. */
  width?: number;
  height?: number;
  /** The panel's name. */
  label?: string;
  /** When a caller's records are shown: the one, a list of several, a new one for none. */
  pop?: "ring" | "answer" | "never";
  /** What is begun for a caller nobody knows. */
  newRecord?: string;
  /** A task's subject. */
  subject?: (entry: LogEntry) => string;
  /** Further fields of a task, in the place of ours. */
  fields?: (entry: LogEntry) => Record<string, unknown>;
}

export interface OpenCtiEvents {
  /** None, one or several records of a caller. */
  match: CustomEvent<{ number: string; records: { Id: string }[] }>;
  logged: CustomEvent<{ sid: string; recordId: string }>;
  navigation: CustomEvent<object>;
  trouble: CustomEvent<{ message: string }>;
}

export interface OpenCti extends EventTarget {
  /** Shows a record. */
  show(recordId: string): Promise<void>;
  disconnect(): Promise<void>;
  addEventListener<K extends keyof OpenCtiEvents>(name: K, hear: (event: OpenCtiEvents[K]) => void): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject): void;
}

/** Joins a phone to the Salesforce around this page, and takes its `logProvider`. */
export declare function connectOpenCti(phone: SoftphoneWidget | PhoneApi, options?: OpenCtiOptions): Promise<OpenCti>;
