// Importing it defines `<softphone-widget>`.

export type * from "./embed.js";
