// Keeps one page (/gate or /m) and what it is made of, never data: nothing under /api is stored here.
const NAME = new URL(self.location.href).searchParams.get('page') === 'm' ? 'm' : 'gate';
const STORES = `fugong-${NAME}-page-`;
const STORE = `${STORES}v1`;
const PAGE = `/${NAME}`;
const PAGE_WAIT_MS = 3000;

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOtherStores().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data?.type === 'keep') event.waitUntil(keepAssets(event.data.urls));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(pageFirst(event));
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg') event.respondWith(assetFromStore(request));
});

/** The server's page when it answers in time, so that a new version arrives; else the one kept. */
async function pageFirst(event) {
  const kept = await caches.match(PAGE);
  const fresh = fetch(event.request).then((response) => {
    if (!response.ok) throw new Error(`page answered ${response.status}`);
    event.waitUntil(storePage(response.clone()).catch(() => undefined));
    return response;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(() => resolve(kept.clone()), PAGE_WAIT_MS));
  return Promise.race([fresh, late]).catch(() => kept.clone());
}

/** Assets carry a hash of their content in their name: one that is kept is right for ever. */
async function assetFromStore(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(STORE)).put(request, response.clone());
  return response;
}

async function keepPage() {
  const response = await fetch(PAGE, { cache: 'no-cache' });
  if (response.ok) await storePage(response);
}

/** A page is only kept together with everything it names; with a new page, the files of the old one go. */
async function storePage(response) {
  const html = await response.clone().text();
  const store = await caches.open(STORE);
  const before = await store.keys();
  const named = [...html.matchAll(/(?:src|href)="(\/(?:assets\/[^"]+|favicon\.svg))"/g)].map((it) => it[1]);
  // Pages of it that are loaded when they are opened, and have to open without a network as well.
  named.push(...(html.match(/<meta name="keep" content="([^"]*)"/)?.[1] ?? '').split(' ').filter(Boolean));
  const had = new Set(before.map((it) => new URL(it.url).pathname));
  await keepAssets(named);
  await store.put(PAGE, response);
  if (named.every((it) => had.has(it))) return;
  const wanted = new Set([PAGE, ...named]);
  await Promise.all(before.filter((it) => !wanted.has(new URL(it.url).pathname)).map((it) => store.delete(it)));
}

async function keepAssets(urls) {
  const store = await caches.open(STORE);
  await Promise.all(
    urls.map(async (url) => {
      if (!(await store.match(url))) await store.add(url);
    }),
  );
}

async function dropOtherStores() {
  const names = await caches.keys();
  await Promise.all(names.filter((it) => it.startsWith(STORES) && it !== STORE).map((it) => caches.delete(it)));
}
