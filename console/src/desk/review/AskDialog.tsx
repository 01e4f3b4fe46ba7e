import { useState } from 'react';
import { ApiError, post, type ApplicationAct, type ApplicationFile, type ApplicationView } from '../../api';
import type { ReviewAsk } from '../../i18n/desk';
import { useLang } from '../../i18n/LangProvider';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { BatchChoice, batchOf } from './BatchChoice';
import { inOrder, labelOf } from './model';

/** Families that a move changes: the sites follow a decision, and their gates with them. */
export const CHANGED = ['applications', 'sites', 'gates', 'overview'];
const NOTE_MOST = 1000;
const OF_SITES: ReviewAsk[] = ['approve', 'suspend', 'reinstate', 'revoke'];
const WITHOUT_NOTE: ReviewAsk[] = ['approve', 'release', 'order_visit'];
const CALM: ReviewAsk[] = ['approve', 'order_visit', 'comment', 'release', 'send_back', 'reinstate'];

/** One move from the state that was shown; who was slower is told so. */
export async function move(it: ApplicationView, act: ApplicationAct, note: string | null, fields: string[], idempotencyKey: string, onSlower: (by: string) => void, batch = ''): Promise<ApplicationView> {
  try {
    return await post('/applications/{id}/moves', { path: { id: it.id }, body: { act, from_state: it.state, note, fields, ...batchOf(batch) }, idempotencyKey });
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 409 && thrown.code === 'state') onSlower(thrown.params.by ?? '');
    throw thrown;
  }
}

interface Props { act: ReviewAsk; file: ApplicationFile; marked: ReadonlySet<string>; onClose: () => void; onDone: (act: ReviewAsk) => void; onSlower: (by: string) => void }

export function AskDialog({ act, file, marked, onClose, onDone, onSlower }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.review;
  const it = file.application;
  const [batch, setBatch] = useState('');
  // Over a department, or before a visit: the command says why. A second visit is explained too.
  const explains = (act === 'approve' && Boolean(file.hindrance)) || (act === 'order_visit' && it.state === 'inspected');
  const fields = act === 'send_back' || act === 'comment' ? inOrder(file, marked) : [];
  return (
    <GraveDialog<ApplicationView>
      title={w.ask[act].title(it.number)} confirmText={w.ask[act].confirm} danger={!CALM.includes(act)} needsReason={explains || !WITHOUT_NOTE.includes(act)} maxReason={NOTE_MOST} reasonLabel={w.noteTo}
      consequence={
        <>
          <p>{w.ask[act].consequence}</p>
          {OF_SITES.includes(act) ? <ul className="review-list">{it.sites.map((site) => <li key={site.id}><b>{site.name}</b></li>)}</ul> : null}
          {fields.length > 0 ? <><p>{w.marked}</p><ul className="review-list">{fields.map((key) => <li key={key}><b>{labelOf(file, key, lang)}</b></li>)}</ul></> : null}
          {act === 'send_back' && fields.length === 0 ? <p>{w.allOpen}</p> : null}
        </>
      }
      invalidates={CHANGED} onClose={onClose} onDone={() => onDone(act)}
      send={(note, idempotencyKey) => move(it, act, note || null, fields, idempotencyKey, onSlower, batch)}
    >
      {act === 'approve' ? <BatchChoice value={batch} onChange={setBatch} /> : null}
    </GraveDialog>
  );
}
