// Puts the phone on a page by the script of the phone's own server, so that page and phone are always of one version.

const loading = new Map();

/** Defines <softphone-widget>, once for a page. Ends when it is there. */
export function define(server) {
  if (globalThis.customElements?.get("softphone-widget")) return Promise.resolve();
  const url = new URL("/embed.js", server).href;
  if (!loading.has(url)) {
    const loaded = load(url);
    loading.set(url, loaded);
    // A later try may fare better.
    loaded.catch(() => loading.delete(url));
  }
  return loading.get(url);
}

/** An element for the phone of this server, put into `parent` where one is given. */
export async function createPhone({ server, parent, ticketProvider, logProvider, ticketUrl, ...attributes }) {
  await define(server);
  const phone = document.createElement("softphone-widget");
  const names = { frameTitle: "frame-title" };
  for (const [name, value] of Object.entries({ server, "ticket-url": ticketUrl, ...attributes })) {
    if (value !== undefined && value !== false) phone.setAttribute(names[name] ?? name, value === true ? "" : value);
  }
  if (ticketProvider) phone.ticketProvider = ticketProvider;
  if (logProvider) phone.logProvider = logProvider;
  parent?.append(phone);
  return phone;
}

function load(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = trusted(url);
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      const why = "It is away, or this page's Content-Security-Policy keeps it out: script-src has to name the phone's server.";
      reject(Object.assign(new Error(`The phone's script ${url} did not load. ${why}`), { code: "noScript", retry: true }));
    };
    document.head.append(script);
  });
}

// Where a page wants Trusted Types: a policy for this one URL. A page that allows no policy called "softphone" takes
// "@softphone/widget/element", which loads no script.
function trusted(url) {
  try {
    return globalThis.trustedTypes?.createPolicy("softphone", { createScriptURL: () => url }).createScriptURL(url) ?? url;
  } catch {
    return url;
  }
}
