// Every page of the folder; nothing else is asked of Vite.
import { readdirSync } from "node:fs";

export default { build: { rollupOptions: { input: readdirSync(".").filter((name) => name.endsWith(".html")) } } };
