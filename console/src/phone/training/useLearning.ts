// What the server says of her learning: begun, beat by beat, one after the other.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isApiError, post, type ApiError, type LearningView, type MyCourse } from '../../api';

export const BEAT_MS = 10_000;

export interface Learning {
  furthestMs: number;
  checkDue: boolean;
  watched: boolean;
  /** Why the last beat did not arrive or was refused. */
  trouble: ApiError | null;
  begin: () => Promise<LearningView | null>;
  beat: (positionMs: number) => Promise<LearningView | null>;
  /** What showing who she is came to. */
  take: (view: LearningView) => void;
}

export function useLearning(course: MyCourse): Learning {
  const client = useQueryClient();
  const { id } = course;
  const [view, setView] = useState({ furthestMs: course.furthest_ms, checkDue: course.check_due, watched: course.watched });
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const leaves = useRef(new AbortController());
  useEffect(() => {
    leaves.current = new AbortController();
    return () => leaves.current.abort();
  }, []);

  const take = useCallback((next: LearningView) => {
    setTrouble(null);
    setView({ furthestMs: next.furthest_ms, checkDue: next.check_due, watched: next.watched });
    if (!next.watched && !next.certificate_id) return;
    for (const path of ['/me/courses', '/me/courses/{id}', '/me/certificates']) void client.invalidateQueries({ queryKey: [path] });
  }, [client]);

  // In their order: a beat that overtook the beginning would count nothing.
  const say = useCallback((send: () => Promise<LearningView>): Promise<LearningView | null> => {
    const { signal } = leaves.current;
    const said = last.current.then(send).then((it) => {
      if (!signal.aborted) take(it);
      return it;
    }, (error: unknown) => {
      if (!isApiError(error)) throw error;
      if (!signal.aborted) setTrouble(error);
      return null;
    });
    last.current = said.catch(() => undefined);
    return said;
  }, [take]);

  return {
    ...view, trouble, take,
    begin: useCallback(() => say(() => post('/me/courses/{id}/begin', { path: { id } })), [id, say]),
    beat: useCallback((positionMs: number) => say(() => post('/me/courses/{id}/beats', { path: { id }, body: { position_ms: Math.max(0, Math.round(positionMs)) } })), [id, say]),
  };
}
