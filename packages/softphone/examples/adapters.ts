// Pages that a CRM frames, with the phone in them.

import { connectHubSpot } from "@softphone/widget/adapters/hubspot";
import { connectOpenCti } from "@softphone/widget/adapters/opencti";
import { FakePhone } from "@softphone/widget/testing";
import type { SoftphoneWidget } from "@softphone/widget";

export function hubspot(phone: SoftphoneWidget): void {
  const hubspot = connectHubSpot(phone, { width: 376, height: 600, dispositions: { Sold: "f240bbac-87c9-4f6e-bf70-924b57d47db7" } });
  hubspot.addEventListener("match", ({ detail: { matches } }) => {
    const [first] = matches;
    if (matches.length > 1 && first) hubspot.show(first, { newTab: true });
  });
}

export async function salesforce(phone: SoftphoneWidget): Promise<void> {
  const cti = await connectOpenCti(phone, { pop: "answer", fields: ({ sid, note }) => ({ CallObject: sid, Description: note }) });
  cti.addEventListener("trouble", ({ detail }) => console.warn(detail.message));
  // @ts-expect-error A record has an id.
  await cti.show(7);
}

export const tested = (): unknown => connectHubSpot(new FakePhone(), { origins: ["https://crm.test"] });
