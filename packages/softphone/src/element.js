// Defines <softphone-widget> in the host's own bundle. Where there is no page (a server that renders), nothing happens.
import "./embed.js";
