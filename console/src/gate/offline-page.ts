// Has the service worker keep this page, so that a reload while the server is away still opens the gate.

export function keepPageOffline(): void {
  // Plain HTTP on an intranet address has no service worker; the page then works until it is reloaded.
  if (!('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => void register());
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register('/gate-sw.js', { scope: '/gate' });
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
