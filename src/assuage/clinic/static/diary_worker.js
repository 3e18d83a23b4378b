// The diary without a network: the page as it was seen last. It is forgotten at log-out.
const CACHE = "diary-1";
const BESIDE = /^\/(look\.css|fonts\/|static\/clinic\/)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const page = event.request.mode === "navigate" && address.pathname === "/diary" && address.search === "";
  if (event.request.method !== "GET" || address.origin !== location.origin || !(page || BESIDE.test(address.pathname))) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    try {
      const answer = await fetch(event.request);
      if (answer.ok && !answer.redirected) await cache.put(address.pathname, answer.clone());
      return answer;
    } catch (problem) {
      const kept = await cache.match(address.pathname);
      if (kept) return kept;
      throw problem;
    }
  })());
});
