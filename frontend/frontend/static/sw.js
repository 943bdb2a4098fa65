// The shell works without a line: style, script and one page that says so. Nothing personal is ever kept here.
const SHELL = "shell-1";
const FILES = ["/luring", "/aset/gaya.css", "/aset/skrip.js", "/aset/ikon.svg"];
self.addEventListener("install", (e) => e.waitUntil(caches.open(SHELL).then((c) => c.addAll(FILES)).then(() => self.skipWaiting())));
self.addEventListener("activate", (e) => e.waitUntil(caches.keys().then((keys) => Promise.all(keys.filter((k) => k !== SHELL).map((k) => caches.delete(k)))).then(() => self.clients.claim())));
self.addEventListener("fetch", (e) => {
  if (e.request.mode === "navigate") e.respondWith(fetch(e.request).catch(() => caches.match("/luring")));
});
