// A CRM's test with a fake phone.

import { FakePhone, defineFakePhone } from "@softphone/widget/testing";

export async function aCallIsShown(show: (words: string) => void): Promise<void> {
  const phone = new FakePhone();
  phone.addEventListener("incoming", ({ detail: call }) => show(`${call.number} calls`));
  phone.ring({ number: "+919812345678" });
  await phone.answer();
  phone.end({ talked: 61 });

  phone.fail("dial", { code: "refused", message: "Number not allowed" });
  await phone.dial("080 4000 1001").catch((error: Error) => show(error.message));
  // @ts-expect-error There is no such command.
  phone.fail("transfer");
}

export function onAPage(): void {
  const Widget = defineFakePhone();
  document.body.append(new Widget());
}
