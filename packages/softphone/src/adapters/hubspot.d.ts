// The phone as a calling app of HubSpot.

import type { LogEntry, SoftphoneWidget } from "../embed.js";
import type { PhoneApi } from "../testing.js";

/** A record that HubSpot found for a caller. */
export interface CallerIdMatch {
  callerIdType: "CONTACT" | "COMPANY";
  objectCoordinates: { portalId: number; objectId: number; objectTypeId: string };
  firstName?: string;
  lastName?: string;
  email?: string;
  name?: string;
}

export interface HubSpotOptions {
  /** The origins of HubSpot that may speak to this page; without, all of hubspot.com over https. */
  origins?: string[];
  /** Pixels of the widget. */
  width?: number;
  height?: number;
  /** When the one record found for a caller is shown. */
  pop?: "ring" | "answer" | "never";
  /** HubSpot's ids of how a call went, by the words of the phone's policy. */
  dispositions?: Record<string, string>;
  /** Makes the engagement of a call that HubSpot was not told of, by its API on your server; its id. */
  createEngagement?: (entry: LogEntry) => Promise<string | number>;
}

export interface HubSpotEvents {
  /** HubSpot is there. */
  ready: CustomEvent<{ portalId?: number; userId?: number; ownerId?: number }>;
  /** None, one or several records of a caller. */
  match: CustomEvent<{ matches: CallerIdMatch[] }>;
  trouble: CustomEvent<{ message: string }>;
}

export interface HubSpotCalling extends EventTarget {
  /** Has HubSpot show a record. */
  show(match: CallerIdMatch, options?: { newTab?: boolean }): void;
  disconnect(): void;
  addEventListener<K extends keyof HubSpotEvents>(name: K, hear: (event: HubSpotEvents[K]) => void): void;
  addEventListener(name: string, hear: EventListenerOrEventListenerObject): void;
}

/** Joins a phone to the HubSpot around this page, and takes its `logProvider`. */
export declare function connectHubSpot(phone: SoftphoneWidget | PhoneApi, options?: HubSpotOptions): HubSpotCalling;
