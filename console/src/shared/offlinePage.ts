// Has the service worker keep a page, so that a reload while the server is away still opens it.

export function keepPageOffline(page: 'gate' | 'm'): void {
  // Plain HTTP on an intranet address has no service worker; the page then works until it is reloaded.
  if (!('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => void register(page));
}

async function register(page: string): Promise<void> {
  try {
    await navigator.serviceWorker.register(`/page-sw.js?page=${page}`, { scope: `/${page}` });
    const { active } = await navigator.serviceWorker.ready;
    // What was loaded before the worker took over is not in its store yet.
    active?.postMessage({ type: 'keep', urls: loadedAssets() });
  } catch {
    // Without it everything else still works.
  }
}

function loadedAssets(): string[] {
  const resources = performance.getEntriesByType('resource').map((it) => it.name);
  return [...new Set(resources)].filter((it) => {
    const url = new URL(it);
    return url.origin === window.location.origin && (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg');
  });
}
