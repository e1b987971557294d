// Tells of a ringing call outside the browser while none of its tabs is in front, and takes what is pressed there to a tab.
// Nothing is fetched and nothing is kept here.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// The admin's page has no phone in it.
const tabs = async () => {
  const all = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((tab) => !new URL(tab.url).pathname.startsWith("/admin"));
};

async function told({ show, options, close }) {
  if (close) {
    for (const one of await registration.getNotifications({ tag: close })) one.close();
  } else if (!(await tabs()).some((tab) => tab.visibilityState === "visible")) {
    await registration.showNotification(show, options);
  }
}
addEventListener("message", (event) => event.waitUntil(told(event.data)));

// A press lets us bring a tab to the front, which is then the one that carries the call.
async function pressed(press, call) {
  const [tab] = await tabs();
  if (press !== "decline") await tab?.focus().catch(() => {});
  tab?.postMessage({ press, call });
}
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(pressed(event.action || "show", event.notification.data));
});
