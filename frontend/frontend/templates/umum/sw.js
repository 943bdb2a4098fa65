// The shell works without a line: style, script and one page that says so. Nothing personal is ever kept here.
const SHELL = "shell-{{ kulit }}";
const FILES = ["/luring", "{{ url_for('static', filename='gaya.css') }}", "{{ url_for('static', filename='skrip.js') }}", "{{ url_for('static', filename='ikon.svg') }}"];
self.addEventListener("install", (e) => e.waitUntil(caches.open(SHELL).then((c) => c.addAll(FILES)).then(() => self.skipWaiting())));
self.addEventListener("activate", (e) => e.waitUntil(caches.keys().then((keys) => Promise.all(keys.filter((k) => k !== SHELL).map((k) => caches.delete(k)))).then(() => self.clients.claim())));
self.addEventListener("fetch", (e) => {
  const own = new URL(e.request.url);
  if (e.request.method === "GET" && own.origin === location.origin && own.pathname.startsWith("/aset/"))
    e.respondWith(fetch(e.request).catch(() => caches.match(e.request, { ignoreSearch: true })));
  if (e.request.mode === "navigate") e.respondWith(fetch(e.request).catch(() => caches.match("/luring")));
});
