import { useCallback, useEffect, useState } from 'react';

/** Whole seconds left, counting down to 0. */
export function useCountdown(): [left: number, start: (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const start = useCallback((seconds: number) => {
    setNow(Date.now());
    setUntil(Date.now() + Math.max(1, seconds) * 1000);
  }, []);
  return [Math.max(0, Math.ceil((until - now) / 1000)), start];
}
