// The page that HubSpot frames.
import "@softphone/widget/element";
import { connectHubSpot } from "@softphone/widget/adapters/hubspot";

const asked = new URLSearchParams(location.search);
const phone = document.createElement("softphone-widget");
phone.setAttribute("server", asked.get("phone"));
phone.setAttribute("ticket-url", "/ticket");
phone.setAttribute("params", "mic=raw");
document.body.append(phone);
connectHubSpot(phone, { origins: [asked.get("host")], width: 376, height: 600 });
