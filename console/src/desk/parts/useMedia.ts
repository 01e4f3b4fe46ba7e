import { useSyncExternalStore } from 'react';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

export function usePhone(): boolean {
  return useMedia('(max-width: 767px)');
}

/** Wide enough for a panel beside the table. */
export function useWide(): boolean {
  return useMedia('(min-width: 1280px)');
}
