// Sends what was written of a visit: photographs first, then the report that signs for them. What the network swallows goes
// again with the same key; what the server refuses says why and waits for whoever wrote it.
import { ApiError, get, isApiError, post, sendPhoto } from '../../api';
import { uuid } from '../uuid';
import { photosOf, putPhoto, putReport, reportOf, reportsOf, dropPhoto, type KeptReport, type Refusal } from './store';

export type SendResult = 'sent' | 'waits' | 'refused' | 'nothing';

const running = new Map<string, Promise<SendResult>>();

/** One visit; asked for twice at once it is sent once. */
export function sendVisit(account: string, inspection: string): Promise<SendResult> {
  const key = `${account} ${inspection}`;
  const before = running.get(key);
  if (before) return before;
  const now = sendOne(account, inspection).finally(() => running.delete(key));
  running.set(key, now);
  return now;
}

/** Everything of an account that waits, oldest first; whether something arrived. */
export async function sendVisits(account: string): Promise<boolean> {
  let arrived = false;
  for (const it of await reportsOf(account)) {
    if (it.done) continue;
    const result = await sendVisit(account, it.inspection);
    if (result === 'sent') arrived = true;
    if (result === 'waits') return arrived;
  }
  return arrived;
}

async function sendOne(account: string, inspection: string): Promise<SendResult> {
  const [report, photos] = [await reportOf(account, inspection), await photosOf(account, inspection)];
  const unsent = photos.filter((it) => !it.sent && it.refused === null);
  if (!report || report.done || (unsent.length === 0 && !report.waiting)) return 'nothing';
  // Another may have signed in, or nobody be: what waits leaves in the session of whoever wrote it only.
  if (!(await isSignedIn(account))) return 'waits';
  for (const photo of unsent) {
    try {
      await sendPhoto(inspection, photo);
      await putPhoto({ ...photo, sent: true });
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (isAway(error)) return 'waits';
      await putPhoto({ ...photo, refused: error.code });
    }
  }
  // Photographs may have taken a while: what was typed meanwhile counts.
  const signed = await reportOf(account, inspection);
  return signed?.waiting ? sendReport(signed) : 'sent';
}

async function sendReport(report: KeptReport): Promise<SendResult> {
  const { account, inspection, key, waiting } = report;
  if (!waiting) return 'nothing';
  try {
    const answer = await post('/inspections/{id}/report', { path: { id: inspection }, body: waiting, idempotencyKey: key });
    const done = { state: answer.state === 'passed' || answer.state === 'failed' ? answer.state : null, moved_to: answer.moved_to ?? null, already: answer.already, digest: answer.inspection?.report?.digest ?? null, at: new Date().toISOString() };
    // The server has every word and both signatures: only what became of it stays.
    await putReport({ ...report, draft: { ...report.draft, items: {}, summary: '', officer: '', witness: '', officer_strokes: [], witness_strokes: [] }, waiting: null, refused: null, done });
    for (const it of await photosOf(account, inspection)) if (it.sent) await dropPhoto(it.id);
    return 'sent';
  } catch (error) {
    const failed = isApiError(error) ? error : new ApiError(0, { code: 'internal' });
    if (isAway(failed)) return 'waits';
    await putReport({ ...report, waiting: null, key: uuid(), refused: await refusalOf(failed, inspection) });
    return 'refused';
  }
}

/** Why, and where the visit stands instead, as far as it is still in reach. */
async function refusalOf(error: ApiError, inspection: string): Promise<Refusal> {
  const refusal = { code: error.code, status: error.status, params: error.params };
  if (error.code !== 'state') return refusal;
  try {
    const { inspection: it } = await get('/inspections/{id}', { path: { id: inspection } });
    return { ...refusal, params: { ...refusal.params, state: it.state, officer: it.officer_name ?? '', at: it.reported_at ?? '' } };
  } catch {
    return refusal;
  }
}

/** Whether a failure goes away by itself: the network's, the server's, or a session that has to be opened again. */
function isAway(error: ApiError): boolean {
  return error.status === 0 || error.status >= 500 || error.status === 401 || error.status === 429 || error.code === 'csrf';
}

async function isSignedIn(account: string): Promise<boolean> {
  try {
    return (await get('/session')).account.id === account;
  } catch {
    return false;
  }
}

