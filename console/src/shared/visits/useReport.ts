// A report while it is written: every word is kept in the browser as it is typed, photographs beside it, and both are sent when
// there is a network.
import { useCallback, useEffect, useRef, useState, type SetStateAction } from 'react';
import type { InspectionReport } from '../../api';
import type { Strokes } from '../forms/signature';
import { EMPTY_ITEM, slim, type ItemDraft, type ReportDraft, type VisitFile } from './model';
import { shrunk, whereabouts } from './picture';
import { sendVisit } from './sending';
import { changed, dropPhoto, forgetVisit, keepPhoto, newReport, onVisits, photosOf, reportOf, typeReport, type KeptReport, type StoredPhoto } from './store';

export type Reporting = ReturnType<typeof useReport>;

/** `report` is null until it was read; `broken` when this browser keeps nothing. */
export function useReport(account: string, file: VisitFile) {
  const id = file.inspection.id;
  const [report, setReport] = useState<KeptReport | null>(null);
  const [photos, setPhotos] = useState<StoredPhoto[]>([]);
  const [sending, setSending] = useState(false);
  const [broken, setBroken] = useState(false);
  const latest = useRef<KeptReport | null>(null);
  const writing = useRef<Promise<void> | null>(null);
  const begun = useRef(false);
  const asked = useRef(file);
  useEffect(() => {
    asked.current = file;
  }, [file]);

  const show = useCallback((it: KeptReport) => {
    latest.current = it;
    setReport(it);
  }, []);
  const reload = useCallback(async () => {
    try {
      const [kept, taken] = [await reportOf(account, id), await photosOf(account, id)];
      setPhotos(taken);
      // What is being typed is newer than what is kept.
      begun.current = kept !== undefined;
      if (!writing.current) show(kept ? renewed(kept, asked.current) : newReport(account, asked.current));
    } catch {
      setBroken(true);
    }
  }, [account, id, show]);
  useEffect(() => {
    void reload();
    return onVisits(() => void reload());
  }, [reload]);

  /** The newest is kept; while one is on its way the next waits, and only the last of those that wait is written. */
  const settle = useCallback(async (): Promise<void> => {
    writing.current ??= (async () => {
      try {
        for (let written: KeptReport | null = null; written !== latest.current && latest.current; ) {
          written = latest.current;
          await typeReport(written);
        }
      } catch {
        setBroken(true);
      } finally {
        writing.current = null;
      }
    })();
    return writing.current;
  }, []);
  const change = useCallback((next: (it: KeptReport) => KeptReport): Promise<void> => {
    if (!latest.current) return Promise.resolve();
    show({ ...next(latest.current), touched_at: new Date().toISOString() });
    const written = settle();
    if (begun.current) return written;
    begun.current = true;
    return written.then(changed);
  }, [settle, show]);
  const draft = (next: (it: ReportDraft) => ReportDraft) => void change((it) => ({ ...it, draft: next(it.draft) }));

  const send = useCallback(async () => {
    setSending(true);
    try {
      await sendVisit(account, id);
    } finally {
      setSending(false);
    }
  }, [account, id]);
  useEffect(() => {
    const online = () => void send();
    window.addEventListener('online', online);
    if (navigator.onLine) void send();
    return () => window.removeEventListener('online', online);
  }, [send]);

  return {
    report, photos, sending, broken,
    set: (next: Partial<ReportDraft>) => draft((it) => ({ ...it, ...next })),
    setItem: (item: string, next: Partial<ItemDraft>) => draft((it) => ({ ...it, items: { ...it.items, [item]: { ...EMPTY_ITEM, ...it.items[item], ...next } } })),
    sign: (who: 'officer_strokes' | 'witness_strokes', next: SetStateAction<Strokes>) => draft((it) => ({ ...it, [who]: typeof next === 'function' ? next(it[who]) : next })),
    add: async (item: string, picture: Blob) => {
      // Time and place are those of the moment in which it was taken.
      const taken_at = new Date().toISOString();
      const [bytes, position] = await Promise.all([shrunk(picture), whereabouts()]);
      await change((it) => it);
      await keepPhoto({ account, inspection: id, item, checklist_version: latest.current?.file.checklist_version ?? file.checklist_version, taken_at, position, bytes });
      void send();
    },
    drop: (photo: StoredPhoto) => void dropPhoto(photo.id),
    resend: () => void send(),
    submit: async () => {
      if (!latest.current) return;
      const waiting = await bodyOf(latest.current);
      await change((it) => ({ ...it, waiting, refused: null }));
      changed();
      void send();
    },
    discard: () => forgetVisit(account, id),
  };
}

/** What is asked may have changed at the server since; a checklist that was begun stays. */
function renewed(kept: KeptReport, file: VisitFile): KeptReport {
  const stays = kept.waiting !== null || kept.done !== null || kept.file.checklist_version !== file.checklist_version;
  return stays ? kept : { ...kept, file: slim(file) };
}

async function bodyOf({ file, draft }: KeptReport): Promise<InspectionReport> {
  const asked = new Set(file.items);
  const findings = Object.entries(draft.items).filter(([item, it]) => asked.has(item) && it.finding !== null).map(([item, it]) => ({
    item, finding: it.finding ?? 'good', note: it.finding === 'defect' ? it.note.trim() : null, due_on: it.finding === 'defect' ? it.due_on : null,
  }));
  return {
    checklist_version: file.checklist_version, findings, summary: draft.summary.trim() || null, begun_at: draft.begun_at, ended_at: new Date().toISOString(), position: await whereabouts(),
    officer: { name: draft.officer.trim(), strokes: draft.officer_strokes }, witness: { name: draft.witness.trim(), strokes: draft.witness_strokes },
  };
}
