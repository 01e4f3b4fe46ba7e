import 'fake-indexeddb/auto';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { IDBFactory } from 'fake-indexeddb';
import { MemoryRouter, Route, Routes } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import { LangProvider } from '../../i18n/LangProvider';
import { closeVisits, newReport, putReport, putRound, readRound } from '../../shared/visits/store';
import { isLeaving, lastAccount, rememberAccount, setLeaving } from './account';
import DutyApp from './DutyApp';
import type { KeptRound, KeptVisit } from './round';

const me = { id: 'acc_1', name: '林专员', login: 'lin' };
const session = (id: string, permissions: string[]) => ({ account: { id, display_name: '林专员', login: 'lin', role: 'officer' }, csrf_token: 'x', permissions });
const visit = {
  inspection: { id: 'insp_1', number: '350100-20260302-0001', enterprise_id: 'ent_1', enterprise_name: '江滨电子', area_name: '甲街', kind: 'acceptance', mode: 'on_site', state: 'planned', planned_on: '2020-03-02', stop: 1, starts_at: null, due_at: '2020-03-03T00:00:00Z' },
  checklist: { sections: [{ title: { zh: '入口', en: 'Gate' }, items: [{ key: 'gate', label: { zh: '逐人测温', en: 'All are measured' }, critical: true, photo: 'never' }] }] },
  checklist_version: 1, items: ['gate'], photographed: [], defects: [], sites: ['一厂'], contact: { address: '滨河路 8 号', name: '王建国', phone: '138 0000' },
} as unknown as KeptVisit;
const round: KeptRound = { account: me.id, at: '2020-03-02T01:12:00Z', visits: [visit], left: 0, firms: [], firmsLeft: false, unreported: null };

const answer = (status: number, it: unknown) => new Response(JSON.stringify(it), { status, headers: { 'content-type': 'application/json' } });
/** A server that answers some paths; everything else is out of reach. Returns what was written. */
function serve(answers: Record<string, () => Response>): string[] {
  const written: string[] = [];
  vi.stubGlobal('fetch', vi.fn(async (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET';
    const path = (url.split('?')[0] ?? '').replace('/api/v1', '');
    if (method !== 'GET') written.push(`${method} ${path}`);
    const found = answers[`${method} ${path}`];
    if (!found) throw new TypeError('network');
    return found();
  }));
  return written;
}

function show(path = '/duty') {
  return render(<LangProvider><MemoryRouter initialEntries={[path]}><Routes><Route path="duty/*" element={<DutyApp />} /></Routes></MemoryRouter></LangProvider>);
}

beforeEach(() => {
  localStorage.clear();
  closeVisits();
  globalThis.indexedDB = new IDBFactory();
});

test('without a server, whoever was signed in finds what he took along, and of when it is', async () => {
  rememberAccount(me);
  await putRound({ ...round, at: new Date().toISOString() });
  serve({});
  const { container } = show();
  expect(await screen.findByText('江滨电子', {}, { timeout: 8000 })).toBeTruthy();
  expect(screen.getByText(/手机上已有的都能用/)).toBeTruthy();
  expect(screen.getAllByText(/\d\d:\d\d 的内容/).length).toBeGreaterThan(0);
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map((it) => it.id)).toEqual([]);
});

test('nobody is let in without a server, and what lies here of others is a number only', async () => {
  await putReport(newReport('acc_2', visit));
  serve({});
  show();
  expect(await screen.findByText(/这部手机上有 1 次验收还没送出/, {}, { timeout: 8000 })).toBeTruthy();
  expect(screen.queryByText('江滨电子')).toBeNull();
});

test('a name and a password are followed by a code where one is wanted', async () => {
  let asked = 0;
  serve({ 'GET /session': () => answer(401, { code: 'not_signed_in' }), 'POST /session': () => ((asked += 1) === 1 ? answer(401, { code: 'totp_required' }) : answer(200, session(me.id, ['visit']))), 'GET /inspections/round': () => answer(200, { as_of: round.at, visits: [], checklists: [], left: 0 }), 'GET /enterprises': () => answer(200, { items: [], next: null }) });
  show();
  await userEvent.type(await screen.findByLabelText('账号'), 'lin');
  await userEvent.type(screen.getByLabelText('密码'), 'secret');
  await userEvent.click(screen.getByRole('button', { name: '下一步' }));
  await userEvent.type(await screen.findByLabelText('六位动态码'), '123456');
  await userEvent.click(screen.getByRole('button', { name: '登录' }));
  expect(await screen.findByText('没有人在等你')).toBeTruthy();
  expect(lastAccount()).toEqual(me);
});

test('another account that signs in finds nothing of the one before', async () => {
  rememberAccount({ ...me, id: 'acc_9', name: '旧人' });
  await putRound({ ...round, account: 'acc_9', at: new Date().toISOString() });
  serve({ 'GET /session': () => answer(200, session(me.id, ['visit'])), 'GET /inspections/round': () => answer(200, { as_of: round.at, visits: [], checklists: [], left: 0 }), 'GET /enterprises': () => answer(200, { items: [], next: null }) });
  show();
  expect(await screen.findByText('没有人在等你')).toBeTruthy();
  await waitFor(async () => expect(await readRound('acc_9')).toBeUndefined());
});

test('who signed out without a server is signed out there with the next contact', async () => {
  setLeaving(true);
  const written = serve({ 'GET /session': () => answer(200, session(me.id, ['visit'])), 'DELETE /session': () => new Response(null, { status: 204 }) });
  show();
  expect(await screen.findByText('专员登录')).toBeTruthy();
  expect([written, isLeaving()]).toEqual([['DELETE /session'], false]);
});

test('an account that visits nobody is told where its work is', async () => {
  serve({ 'GET /session': () => answer(200, session('acc_3', ['read_audit'])) });
  show();
  expect(await screen.findByText('林专员 没有验收工作')).toBeTruthy();
  expect(lastAccount()).toBeNull();
});

test('a visit that is no longer his can be finished, and says so', async () => {
  rememberAccount(me);
  await putRound({ ...round, at: new Date().toISOString(), visits: [] });
  const report = newReport(me.id, visit);
  await putReport({ ...report, draft: { ...report.draft, items: { gate: { finding: 'good', note: '', due_on: '' } } } });
  serve({});
  show('/duty/visits/insp_1');
  expect(await screen.findByText(/这次验收已不归你/, {}, { timeout: 8000 })).toBeTruthy();
  expect(screen.getByRole('link', { name: '去签字' })).toBeTruthy();
});

test('what the server refused is said in words beside what was written', async () => {
  rememberAccount(me);
  await putRound({ ...round, at: new Date().toISOString() });
  await putReport({ ...newReport(me.id, visit), refused: { code: 'state', status: 409, params: { state: 'passed', officer: '陈替班', at: '2020-03-02T03:00:00Z' } } });
  serve({});
  show('/duty/visits/insp_1');
  expect((await screen.findByRole('alert', {}, { timeout: 8000 })).textContent).toContain('陈替班 已在 2020-03-02 11:00:00 报告过这次验收');
});
