// A CRM's page that uses the phone; compiled against the declarations.

import type { PhoneError, SoftphoneWidget } from "@softphone/widget/element";

export function use(phone: SoftphoneWidget): void {
  phone.ticketProvider = async () => {
    const answer = await fetch("/phone/ticket", { method: "POST" });
    const { ticket } = (await answer.json()) as { ticket: string };
    return ticket;
  };
  phone.addEventListener("incoming", ({ detail: call }) => {
    location.hash = `#/customers?number=${encodeURIComponent(call.number)}`;
  });
  phone.addEventListener("ended", ({ detail: ended }) => {
    if (ended.sid && ended.by === "noAnswer") void phone.note(ended.sid, { text: "Try again in the evening" });
  });
  // @ts-expect-error There is no such device.
  void phone.device("fax");
}

export async function call(phone: SoftphoneWidget, number: string): Promise<string | null> {
  try {
    const { sid } = await phone.dial(number);
    return sid;
  } catch (error) {
    const { code, message } = error as PhoneError;
    return code === "inCall" ? null : Promise.reject(new Error(message));
  }
}
