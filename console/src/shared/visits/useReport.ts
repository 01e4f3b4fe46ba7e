// A report while it is written: every word is kept in the browser as it is typed, photographs beside it, and both are sent when
// there is a network. The report keeps its key until the server has it.
import { useCallback, useEffect, useRef, useState, type SetStateAction } from 'react';
import { ApiError, isApiError, post, sendPhoto, type InspectionFile, type InspectionReport, type InspectionReported } from '../../api';
import type { Strokes } from '../../shared/forms/signature';
import { uuid } from '../../shared/uuid';
import { useInvalidate } from '../data';
import { EMPTY_ITEM, newDraft, type ItemDraft, type ReportDraft } from './model';
import { dropPhoto, forgetPhotos, keepPhoto, markSent, photosOf, type StoredPhoto } from './photoStore';
import { shrunk, whereabouts } from './picture';

/** `waiting` is what was signed, exactly as it will be sent, however often. */
interface Kept { draft: ReportDraft; key: string; waiting: InspectionReport | null }

const keyOf = (id: string) => `fugong.inspection.${id}`;

function read(id: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null') as Kept | null;
    if (kept?.draft && kept.key) return kept;
  } catch {
    // What cannot be read is begun anew.
  }
  return { draft: newDraft(new Date().toISOString()), key: uuid(), waiting: null };
}

/** Whether a failure is the network's: it goes away by itself. */
function isAway(error: ApiError): boolean {
  return error.status === 0 || error.status >= 500;
}

export type Reporting = ReturnType<typeof useReport>;

export function useReport(file: InspectionFile, onDone: (answer: InspectionReported) => void) {
  const id = file.inspection.id;
  const invalidate = useInvalidate();
  const [kept, setKept] = useState<Kept>(() => read(id));
  const [photos, setPhotos] = useState<StoredPhoto[]>([]);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const busy = useRef(false);
  const store = useCallback((change: (it: Kept) => Kept) => setKept((before) => {
    const after = change(before);
    localStorage.setItem(keyOf(id), JSON.stringify(after));
    return after;
  }), [id]);
  const reload = useCallback(async () => setPhotos(await photosOf(id)), [id]);
  useEffect(() => void reload(), [reload]);

  const sendPhotos = useCallback(async () => {
    for (const photo of await photosOf(id)) {
      if (photo.sent) continue;
      await sendPhoto(id, photo);
      await markSent(photo);
      await reload();
    }
  }, [id, reload]);

  const send = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    setError(null);
    try {
      await sendPhotos();
      const { key, waiting } = read(id);
      if (!waiting) return;
      const answer = await post('/inspections/{id}/report', { path: { id }, body: waiting, idempotencyKey: key });
      localStorage.removeItem(keyOf(id));
      await forgetPhotos(id);
      invalidate('inspections', 'applications');
      onDone(answer);
    } catch (thrown) {
      const failed = isApiError(thrown) ? thrown : new ApiError(0, { code: 'internal' });
      setError(failed);
      // What the server refuses waits for her; what the network swallowed goes by itself.
      if (!isAway(failed)) store((it) => ({ ...it, waiting: null, key: uuid() }));
    } finally {
      busy.current = false;
      setSending(false);
    }
  }, [id, invalidate, onDone, sendPhotos, store]);

  useEffect(() => {
    const online = () => void send();
    window.addEventListener('online', online);
    if (navigator.onLine) void send();
    return () => window.removeEventListener('online', online);
    // Once when the page opens, and whenever the network comes back.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `send` changes with every word
  }, [id]);

  return {
    draft: kept.draft, photos, sending, error, waiting: kept.waiting !== null,
    set: (change: Partial<ReportDraft>) => store((it) => ({ ...it, draft: { ...it.draft, ...change } })),
    setItem: (item: string, change: Partial<ItemDraft>) => store((it) => ({ ...it, draft: { ...it.draft, items: { ...it.draft.items, [item]: { ...EMPTY_ITEM, ...it.draft.items[item], ...change } } } })),
    sign: (who: 'officer_strokes' | 'witness_strokes', next: SetStateAction<Strokes>) => store((it) => ({ ...it, draft: { ...it.draft, [who]: typeof next === 'function' ? next(it.draft[who]) : next } })),
    add: async (item: string, picture: Blob) => {
      const [bytes, position] = await Promise.all([shrunk(picture), whereabouts()]);
      await keepPhoto({ inspection: id, item, taken_at: new Date().toISOString(), position, bytes });
      await reload();
      void send();
    },
    drop: async (photo: StoredPhoto) => {
      await dropPhoto(photo.id);
      await reload();
    },
    resend: () => void send(),
    submit: async () => {
      const body = await bodyOf(file, kept.draft);
      store((it) => ({ ...it, waiting: body }));
      void send();
    },
  };
}

async function bodyOf(file: InspectionFile, draft: ReportDraft): Promise<InspectionReport> {
  const asked = new Set(file.items);
  const findings = Object.entries(draft.items).filter(([item, it]) => asked.has(item) && it.finding !== null).map(([item, it]) => ({
    item, finding: it.finding ?? 'good', note: it.finding === 'defect' ? it.note.trim() : null, due_on: it.finding === 'defect' ? it.due_on : null,
  }));
  return {
    checklist_version: file.checklist_version, findings, summary: draft.summary.trim() || null, begun_at: draft.begun_at, ended_at: new Date().toISOString(), position: await whereabouts(),
    officer: { name: draft.officer, strokes: draft.officer_strokes }, witness: { name: draft.witness.trim(), strokes: draft.witness_strokes },
  };
}
