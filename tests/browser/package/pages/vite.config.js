// Two pages; nothing else is asked of Vite.
export default { build: { rollupOptions: { input: ["own.html", "crm.html"] } } };
