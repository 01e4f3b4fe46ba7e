import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newDraft, type VisitFile } from './model';
import { sendVisit, sendVisits } from './sending';
import { closeVisits, forgetAccount, keepPhoto, newReport, photosOf, photosWaiting, putReport, putRound, readRound, reportOf, reportsOf, tidyVisits, unsentOnPhone, type KeptReport } from './store';

const file = (id = 'insp_1') => ({ inspection: { id, enterprise_name: '甲厂' }, checklist: { sections: [] }, checklist_version: 1, items: ['gate'] }) as unknown as VisitFile;
const body = { checklist_version: 1, findings: [], summary: null, begun_at: '2026-03-02T01:00:00Z', ended_at: '2026-03-02T02:00:00Z', position: null, officer: { name: '林', strokes: [] }, witness: { name: '王', strokes: [] } };

async function written(account: string, inspection = 'insp_1', change: Partial<KeptReport> = {}): Promise<KeptReport> {
  const report = { ...newReport(account, file(inspection)), waiting: body, ...change };
  await putReport(report);
  return report;
}
const taken = (account: string) => keepPhoto({ account, inspection: 'insp_1', item: 'gate', checklist_version: 1, taken_at: '2026-03-02T01:10:00Z', position: { lon_deg: 119.3, lat_deg: 26.1, accuracy_m: 8 }, bytes: new Uint8Array([0xff, 0xd8]).buffer });

interface Sent { method: string; path: string; key: string | null; csrf: string | null }
type Plan = Partial<Record<'photo' | 'report' | 'inspection', () => Response>>;
const answer = (status: number, it: unknown = {}) => new Response(JSON.stringify(it), { status, headers: { 'content-type': 'application/json' } });
const gone = () => { throw new TypeError('network'); };

/** A server at which an account is signed in; what it was sent. */
function serve(account: string | null, plan: Plan = {}): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', vi.fn(async (url: string, init: RequestInit) => {
    const path = url.replace('/api/v1', '');
    if (path === '/session') return account ? answer(200, { account: { id: account }, csrf_token: 'of-the-account' }) : answer(401, { code: 'not_signed_in' });
    const headers = new Headers(init.headers);
    sent.push({ method: init.method ?? 'GET', path, key: headers.get('Idempotency-Key'), csrf: headers.get('X-CSRF-Token') });
    if (path.includes('/photos/')) return (plan.photo ?? (() => answer(200)))();
    if (path.endsWith('/report')) return (plan.report ?? (() => answer(200, { state: 'passed', moved_to: null, already: false, inspection: { report: { digest: 'd1' } } })))();
    return (plan.inspection ?? (() => answer(404, { code: 'not_found' })))();
  }));
  return sent;
}

beforeEach(() => {
  closeVisits();
  globalThis.indexedDB = new IDBFactory();
});

describe('what was written of a visit', () => {
  it('goes photographs first, once, and leaves what became of it', async () => {
    const sent = serve('acc_1');
    const report = await written('acc_1');
    const photo = await taken('acc_1');
    expect(await Promise.all([sendVisit('acc_1', 'insp_1'), sendVisit('acc_1', 'insp_1')])).toEqual(['sent', 'sent']);
    expect(sent.map((it) => it.method)).toEqual(['POST', 'POST']);
    expect(sent[0]?.path).toBe(`/inspections/insp_1/photos/${photo.id}/content?item=gate&taken_at=2026-03-02T01%3A10%3A00Z&checklist_version=1&lon_deg=119.3&lat_deg=26.1&accuracy_m=8`);
    expect(sent[1]).toEqual({ method: 'POST', path: '/inspections/insp_1/report', key: report.key, csrf: 'of-the-account' });
    const left = await reportOf('acc_1', 'insp_1');
    expect(left?.done).toMatchObject({ state: 'passed', moved_to: null, digest: 'd1' });
    expect(left?.draft).toEqual({ ...newDraft(report.draft.begun_at) });
    expect(await photosOf('acc_1', 'insp_1')).toEqual([]);
    expect(await sendVisits('acc_1')).toBe(false);
    expect(sent).toHaveLength(2);
  });

  it('waits with the same key while nobody knows whether it arrived', async () => {
    const report = await written('acc_1');
    const first = serve('acc_1', { report: gone });
    expect(await sendVisit('acc_1', 'insp_1')).toBe('waits');
    const second = serve('acc_1');
    expect(await sendVisit('acc_1', 'insp_1')).toBe('sent');
    expect(new Set([...first, ...second].map((it) => it.key))).toEqual(new Set([report.key]));
  });

  it('is sent in the session of whoever wrote it only', async () => {
    await written('acc_1');
    for (const other of ['acc_2', null]) {
      expect(serve(other)).toEqual([]);
      expect(await sendVisit('acc_1', 'insp_1')).toBe('waits');
    }
    expect((await reportOf('acc_1', 'insp_1'))?.waiting).toEqual(body);
  });

  it('says why it was refused, keeps every word, and is another report afterwards', async () => {
    const report = await written('acc_1');
    serve('acc_1', { report: () => answer(422, { code: 'report_faults', field: 'findings', params: { count: '1', items: 'gate:photo' } }) });
    expect(await sendVisit('acc_1', 'insp_1')).toBe('refused');
    const left = await reportOf('acc_1', 'insp_1');
    expect([left?.waiting, left?.refused?.code, left?.refused?.params.items, left?.draft]).toEqual([null, 'report_faults', 'gate:photo', report.draft]);
    expect(left?.key).not.toBe(report.key);
  });

  it('names who reported instead, as far as that is to be seen', async () => {
    await written('acc_1');
    serve('acc_1', { report: () => answer(409, { code: 'state' }), inspection: () => answer(200, { inspection: { state: 'failed', officer_name: '陈', reported_at: '2026-03-02T03:00:00Z' } }) });
    await sendVisit('acc_1', 'insp_1');
    expect((await reportOf('acc_1', 'insp_1'))?.refused?.params).toEqual({ state: 'failed', officer: '陈', at: '2026-03-02T03:00:00Z' });
    await written('acc_1', 'insp_2');
    serve('acc_1', { report: () => answer(409, { code: 'state' }) });
    await sendVisit('acc_1', 'insp_2');
    expect((await reportOf('acc_1', 'insp_2'))?.refused).toEqual({ code: 'state', status: 409, params: {} });
  });

  it('goes to whoever took over, without the photographs that came too late, which stay', async () => {
    await written('acc_1');
    await taken('acc_1');
    serve('acc_1', { photo: () => answer(409, { code: 'state' }), report: () => answer(200, { state: null, moved_to: '陈', already: true, inspection: null }) });
    expect(await sendVisit('acc_1', 'insp_1')).toBe('sent');
    expect((await reportOf('acc_1', 'insp_1'))?.done).toMatchObject({ state: null, moved_to: '陈', already: true });
    expect((await photosOf('acc_1', 'insp_1')).map((it) => it.refused)).toEqual(['state']);
    await tidyVisits(Date.now() + 5 * 86_400_000);
    expect(await photosOf('acc_1', 'insp_1')).toHaveLength(1);
  });
});

describe('a phone that several use', () => {
  it('shows each account its own, and keeps what is unsent of whoever signs out', async () => {
    await written('acc_1');
    await taken('acc_1');
    await written('acc_1', 'insp_2', { waiting: null, done: { state: 'passed', moved_to: null, already: false, digest: null, at: '2026-03-02T03:00:00Z' } });
    await written('acc_2');
    await putRound({ account: 'acc_1', at: '2026-03-02T00:00:00Z' });
    await forgetAccount('acc_1', false);
    expect([await readRound('acc_1'), (await reportsOf('acc_1')).map((it) => it.inspection), await photosWaiting('acc_1')]).toEqual([undefined, ['insp_1'], 1]);
    expect([(await reportsOf('acc_2')).length, await photosWaiting('acc_2'), await unsentOnPhone()]).toEqual([1, 0, 2]);
    await forgetAccount('acc_1', true);
    expect([await reportsOf('acc_1'), await photosWaiting('acc_1'), await unsentOnPhone()]).toEqual([[], 0, 1]);
  });

  it('forgets what nobody comes back for', async () => {
    const days = (n: number) => Date.now() + n * 86_400_000;
    await written('acc_1');
    await putRound({ account: 'acc_1', at: new Date().toISOString() });
    await tidyVisits(days(6));
    expect(await readRound('acc_1')).toBeDefined();
    await tidyVisits(days(8));
    expect([await readRound('acc_1'), (await reportsOf('acc_1')).length]).toEqual([undefined, 1]);
    await tidyVisits(days(31));
    expect(await reportsOf('acc_1')).toEqual([]);
  });
});
