// Reading a document: the time of a page counts while it is seen, and the next one opens when the server has counted it.
import { useEffect, useRef, useState } from 'react';
import { pageAt, type Pages } from './course';
import { BEAT_MS, type Learning } from './useLearning';

const TICK_MS = 1_000;

interface Reading {
  /** Milliseconds of this page that have gone by. */
  onPageMs: number;
  counting: boolean;
}

/** Counts while `page` is the one that is being read, is shown, and nothing is in the way. */
export function useReading(page: number, pages: Pages, learning: Learning, shown: boolean, onCheck: () => void): Reading {
  const { furthestMs, checkDue, watched, trouble, begin, beat } = learning;
  const visible = useVisible();
  const from = (page - 1) * pages.perPageMs;
  const wanted = shown && visible && !watched && !checkDue && !trouble && page === pageAt(furthestMs, pages);
  const [gone, setGone] = useState({ page, ms: 0 });
  const furthest = useRef(furthestMs);
  useEffect(() => {
    furthest.current = furthestMs;
  });
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    let stopped = false;
    let lastBeat = 0;
    let position = furthest.current;
    void begin().then((view) => {
      if (stopped || !view) return;
      if (view.check_due) {
        onCheck();
        return;
      }
      const startedAt = performance.now();
      const base = Math.max(0, Math.min(view.furthest_ms - from, pages.perPageMs));
      timer = setInterval(() => {
        const since = performance.now() - startedAt;
        const onPage = Math.min(base + since, pages.perPageMs);
        position = Math.ceil(from + onPage);
        setGone({ page, ms: onPage });
        // At the end of a page the server is asked every second until it has counted all of it.
        if (since - lastBeat < BEAT_MS && onPage < pages.perPageMs) return;
        lastBeat = since;
        void beat(position).then((answer) => {
          if (answer?.check_due) onCheck();
        });
      }, TICK_MS);
    });
    return () => {
      stopped = true;
      if (!timer) return;
      clearInterval(timer);
      if (furthest.current < position) void beat(position);
    };
  }, [wanted, page, from, pages.perPageMs, begin, beat, onCheck]);
  return { onPageMs: Math.max(gone.page === page ? gone.ms : 0, furthestMs - from), counting: wanted };
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState !== 'hidden');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState !== 'hidden');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}
