// One upload of a course: begun or taken up again, sent, stopped.
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, get, isApiError, post, sendPart, type MediaNew, type MediaView } from '../../api';
import { useInvalidate } from '../data';
import { sendAll } from './upload';

export interface Upload {
  phase: 'idle' | 'sending' | 'broken' | 'done' | 'refused';
  /** What is being sent, or was. */
  media: MediaView | null;
  error: ApiError | null;
  start: (file: File, from: MediaNew | MediaView) => void;
  stop: () => void;
}

export function useUpload(course: string): Upload {
  const invalidate = useInvalidate();
  const [state, setState] = useState<Pick<Upload, 'phase' | 'media' | 'error'>>({ phase: 'idle', media: null, error: null });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(async (file: File, from: MediaNew | MediaView, signal: AbortSignal) => {
    const begun = 'id' in from ? from : await post('/courses/{id}/media', { path: { id: course }, body: from, signal });
    setState({ phase: 'sending', media: begun, error: null });
    const all = await sendAll(file, begun, {
      send: (offset, part) => sendPart('/courses/{id}/media/{media_id}/parts', { id: course, media_id: begun.id }, offset, part, signal),
      ask: async () => {
        const { items } = await get('/courses/{id}/media', { path: { id: course }, signal });
        const found = items.find((it) => it.id === begun.id);
        if (!found) throw new ApiError(404, { code: 'not_found' });
        return found;
      },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onProgress: (media) => { if (!signal.aborted) setState({ phase: 'sending', media, error: null }); },
    });
    if (!signal.aborted) setState({ phase: all.state === 'ready' ? 'done' : 'refused', media: all, error: null });
  }, [course]);

  const start = useCallback((file: File, from: MediaNew | MediaView) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState((it) => ({ phase: 'sending', media: 'id' in from ? from : it.media, error: null }));
    run(file, from, control.signal)
      .catch((error: unknown) => {
        if (!control.signal.aborted) setState((it) => ({ ...it, phase: 'broken', error: isApiError(error) ? error : new ApiError(0, { code: 'internal' }) }));
      })
      .finally(() => invalidate('courses'));
  }, [run, invalidate]);

  return {
    ...state, start,
    stop: useCallback(() => {
      running.current?.abort();
      setState({ phase: 'idle', media: null, error: null });
      invalidate('courses');
    }, [invalidate]),
  };
}
