// All that scripts of this origin may read again later.
const ended = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const databases = async () => {
  const all = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await ended(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      all[`${name}/${store}`] = [await ended(rows.getAllKeys()), await ended(rows.getAll())];
    }
    database.close();
  }
  return all;
};

const cached = async () => {
  const all = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      all[`${name} ${request.url}`] = await (await cache.match(request)).text();
    }
  }
  return all;
};

return (async () => ({
  localStorage: { ...localStorage },
  sessionStorage: { ...sessionStorage },
  cookies: document.cookie,
  databases: await databases(),
  caches: await cached(),
}))();
