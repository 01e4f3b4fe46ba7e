// One file on its way to a question: begun or taken up again, sent in parts, refused or there.
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, get, isApiError, post, sendPart, type AttachmentView } from '../../api';
import { useInvalidate } from '../data';
import { sendAll } from '../training/upload';

export interface Sending {
  phase: 'idle' | 'sending' | 'broken' | 'refused';
  file: File | null;
  attachment: AttachmentView | null;
  /** Why a whole file was not taken. */
  refused: string | null;
  error: ApiError | null;
}

const IDLE: Sending = { phase: 'idle', file: null, attachment: null, refused: null, error: null };
const PARTS = '/applications/{id}/attachments/{attachment_id}/parts';

export function useAttachment(id: string, field: string) {
  const invalidate = useInvalidate();
  const [state, setState] = useState<Sending>(IDLE);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback(async (file: File, from: AttachmentView | null, signal: AbortSignal) => {
    const body = { field, file_name: file.name, byte_count: file.size };
    const begun = from ?? (await post('/applications/{id}/attachments', { path: { id }, body, signal }));
    setState({ ...IDLE, phase: 'sending', file, attachment: begun });
    let refused: string | null = null;
    await sendAll<AttachmentView>(file, begun, {
      send: async (offset, part) => {
        const received = await sendPart(PARTS, { id, attachment_id: begun.id }, offset, part, signal);
        refused = received.refused;
        return received.attachment;
      },
      ask: async () => {
        const { attachments } = await get('/applications/{id}', { path: { id }, signal });
        const found = attachments.find((it) => it.id === begun.id);
        if (!found) throw new ApiError(404, { code: 'not_found' });
        return found;
      },
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onProgress: (attachment) => {
        if (!signal.aborted) setState({ ...IDLE, phase: 'sending', file, attachment });
      },
    });
    if (!signal.aborted) setState(refused === null ? IDLE : { ...IDLE, phase: 'refused', file, refused });
  }, [id, field]);

  const start = useCallback((file: File, from: AttachmentView | null) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ ...IDLE, phase: 'sending', file, attachment: from });
    run(file, from, control.signal)
      .catch((thrown: unknown) => {
        const error = isApiError(thrown) ? thrown : new ApiError(0, { code: 'internal' });
        if (!control.signal.aborted) setState((it) => ({ ...it, phase: 'broken', error }));
      })
      .finally(() => invalidate('applications'));
  }, [run, invalidate]);

  const stop = useCallback(() => {
    running.current?.abort();
    setState(IDLE);
    invalidate('applications');
  }, [invalidate]);
  return { ...state, start, stop };
}
