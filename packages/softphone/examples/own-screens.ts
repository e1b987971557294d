// A page with screens of its own.

import { init } from "@softphone/widget/headless";
import type { Call } from "@softphone/widget/headless";

export async function start(password: string, show: (call: Call | null) => void): Promise<void> {
  const phone = await init();
  phone.addEventListener("call", ({ detail: call }) => show(call));
  phone.addEventListener("incoming", () => void phone.answer());
  await phone.signIn({
    server: ["wss://a.sip.example/ws", "wss://b.sip.example/ws"],
    address: "asha@sip.example",
    password,
    iceServers: [{ urls: "stun:stun.example" }],
  });
  const { number } = await phone.dial("080 4000 1001");
  const { codec, lossPermille, roundTripMs } = await phone.statistics();
  console.log(number, codec, `${lossPermille / 10} %`, roundTripMs);
  // @ts-expect-error An account has a password.
  await phone.signIn({ server: "wss://a.sip.example/ws", address: "asha@sip.example" });
}
