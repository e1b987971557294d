// Loads the worker's wasm, hands it the pages' ports, also those that came meanwhile, and tells the pages when it is no more.
// The build makes one file of this and the glue.
import load, { connect as attach } from "./worker.js";

const ports = [];
let connect;

// Words instead of a packed message: see src/web/port.rs. Closing lets a reloaded page start a new worker.
function end(error) {
  const lines = `${error}\n${error?.stack ?? ""}`.split("\n");
  const words = [...new Set(lines)].slice(0, 6).join("\n").trim();
  for (const port of ports) port.postMessage(words);
  self.close();
}

// A trap (the wasm has panicked) leaves everything as it stood: there is no going on.
self.addEventListener("error", (event) => end(event.error ?? event.message));
self.addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) end(reason);
});

// A shared worker gets its pages by `connect`, a dedicated one its only page by a message.
self.addEventListener("onconnect" in self ? "connect" : "message", (event) => {
  const [port] = event.ports;
  ports.push(port);
  connect?.(port);
});

load({ module_or_path: fetch(new URL("worker_bg.wasm", import.meta.url)) })
  .then(() => {
    connect = attach;
    ports.forEach((port) => connect(port));
  })
  .catch(end);
