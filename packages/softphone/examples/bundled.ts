// A CRM that bundles the element; compiled against the package as it is installed.

import "@softphone/widget/element";
import { createPhone } from "@softphone/widget";
import type { Call } from "@softphone/widget/protocol";
import type { PhoneError, SoftphoneWidget } from "@softphone/widget/element";

const phone: SoftphoneWidget = document.createElement("softphone-widget");
phone.setAttribute("server", "https://phone.example");
document.body.append(phone);

export async function fromItsServer(): Promise<SoftphoneWidget> {
  // @ts-expect-error A phone has a server.
  void createPhone({});
  return createPhone({ server: "https://phone.example", ticketUrl: "/phone/ticket", mode: "floating", parent: document.body });
}

export async function dial(number: string): Promise<Call | string> {
  try {
    return await phone.dial(number);
  } catch (error) {
    return (error as PhoneError).message;
  }
}
