// The loader: the element by the script of the phone's own server.

import type { SignInWanted, SoftphoneWidget } from "./embed.js";

export type * from "./embed.js";

/** How the phone is put on the page. */
export interface PhoneOptions {
  /** Where the phone is: `https://phone.example`. */
  server: string;
  /** Where the element goes, if at once. */
  parent?: ParentNode;
  /** Gets a ticket from the page's own server. */
  ticketProvider?: (why: SignInWanted) => Promise<string>;
  /** Or an address of the page's own server that answers a POST with `{"ticket": "…"}`. */
  ticketUrl?: string;
  /** Writes a call into the CRM; see the element's property of that name. */
  logProvider?: SoftphoneWidget["logProvider"];
  /** In the corner of the window, or a bar; else where it stands. */
  mode?: "floating" | "bar";
  /** The bar alone, until it is opened. */
  closed?: boolean;
  /** It does not open by itself when a call rings. */
  quiet?: boolean;
  /** Else as the page around. */
  scheme?: "light" | "dark";
  /** The frame's name for screen readers. */
  frameTitle?: string;
  /** What the phone's address says after `#`. */
  params?: string;
}

/**
 * Defines `<softphone-widget>` by the script of this server, once for a page.
 * Fails with the code `noScript` where it did not load.
 */
export declare function define(server: string): Promise<void>;

/** An element for the phone of this server. */
export declare function createPhone(options: PhoneOptions): Promise<SoftphoneWidget>;
