// Loads the worker's wasm and keeps the ports of pages that connect meanwhile. The wasm's `main` listens for `connect`
// events on the global scope; each port that came early, or came to a dedicated worker, is given to it as such an event.
let early = [];

function connect(port) {
  self.dispatchEvent(new MessageEvent("connect", { ports: [port] }));
}
function arrived(event) {
  if (early) early.push(event.ports[0]);
  else connect(event.ports[0]);
}

const shared = "onconnect" in self;
const arrival = shared ? "connect" : "message";
self.addEventListener(arrival, arrived);

// Glue and wasm are fetched at once, not one after the other.
const wasm = fetch(new URL("worker_bg.wasm", import.meta.url));
import("./worker.js")
  .then((glue) => glue.default({ module_or_path: wasm }))
  .then(() => {
    const ports = early;
    early = null;
    if (shared) self.removeEventListener(arrival, arrived);
    ports.forEach(connect);
  })
  .catch((error) => {
    // Words instead of a packed message: see src/web/port.rs. Closing lets a reloaded page start a new worker.
    early?.forEach((port) => port.postMessage(String(error)));
    self.close();
  });
