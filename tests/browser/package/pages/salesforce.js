// The page in Salesforce's utility bar.
import "@softphone/widget/element";
import { connectOpenCti } from "@softphone/widget/adapters/opencti";

const phone = document.createElement("softphone-widget");
phone.setAttribute("server", new URLSearchParams(location.search).get("phone"));
phone.setAttribute("ticket-url", "/ticket");
phone.setAttribute("params", "mic=raw");
document.body.append(phone);
window.told = [];
const cti = await connectOpenCti(phone);
for (const name of ["match", "logged", "trouble"]) cti.addEventListener(name, ({ detail }) => told.push([name, detail]));
