import { useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';

/** Asks before the page is left while something is not published. */
export function useLeaving(dirty: boolean) {
  const free = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && !free.current && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  return {
    asked: blocker.state === 'blocked', leave: () => blocker.proceed?.(), stay: () => blocker.reset?.(),
    free: () => { free.current = true; },
  };
}
