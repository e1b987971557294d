// Puts a secret wherever a page can put one.
const [secret] = arguments;
window.planted = `${secret} in the heap`;
localStorage.planted = secret;
sessionStorage.planted = secret;
document.cookie = `planted=${encodeURIComponent(secret)}`;

const kept = new Promise((resolve, reject) => {
  const opening = indexedDB.open('planted');
  opening.onupgradeneeded = () => opening.result.createObjectStore('secrets');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const change = opening.result.transaction('secrets', 'readwrite', { durability: 'strict' });
    change.objectStore('secrets').put({ secret }, 1);
    change.oncomplete = () => resolve(opening.result.close());
    change.onerror = () => reject(change.error);
  };
});
const cached = caches.open('planted').then((cache) => cache.put('/planted', new Response(secret)));
return Promise.all([kept, cached]).then(() => true);
