import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ApiError, type ApplicationFile, type ApplicationView, type FormField } from '../../api';
import { zh } from '../../i18n/zh';
import { renderDesk, sessionFor } from '../../test/render';
import { FakeServer } from '../../test/server';
import { ClaimMany, ClaimOutcome } from './ClaimMany';
import { Component as FilePage } from './FilePage';
import { answerText, deadlineOf, heightOf, inOrder, lateWords, needsLook, nextOf, pathOf, queryOf, tabOf } from './model';
import { useState } from 'react';
import { Route, Routes } from 'react-router';

const NOW = Date.parse('2020-03-02T08:00:00Z');

function view(changes: Partial<ApplicationView> = {}): ApplicationView {
  return {
    id: 'app_1', number: '350100-20200302-0001', state: 'submitted', enterprise_id: 'ent_1', enterprise_name: '江滨电子有限公司', area_code: '350100001', area_name: '江口街道',
    sites: [{ id: 'site_1', name: '江滨电子一厂' }], industry: 'C39', size_class: 'above_scale', risk: 'low', planned: 120, regime: 'approval', department: null, visit_wanted: false, category: null, batch: null, claimed_name: null, claimed_by_me: false,
    created_at: '2020-03-01T01:00:00Z', saved_at: '2020-03-01T02:00:00Z', submitted_at: '2020-03-01T02:00:00Z', reply_due_at: '2020-03-02T02:00:00Z', decision_due_at: '2020-03-03T02:00:00Z', decided_at: null,
    ...changes,
  };
}

const field = (key: string, takes: FormField['takes']): FormField => ({ key, label: { zh: `${key}？`, en: key }, help: null, takes, required: { need: 'always' }, shown_when: null, prefill: null });
const NUMBER = { kind: 'number', least: 0, most: 99, unit: { zh: '人', en: 'people' } } as const;

function file(changes: Partial<ApplicationFile> = {}): ApplicationFile {
  const fields = [field('abnormal', NUMBER), field('masks_days', NUMBER), field('hidden', { kind: 'date' })];
  return {
    application: view(), form_version: 2, form: { sections: [{ key: 'people', title: { zh: '人员', en: 'People' }, lead: null, shown_when: null, fields }], pledge: { zh: '属实', en: 'True' } },
    revision: 1, answers: { abnormal: 2, masks_days: 5 }, asked: ['masks_days', 'abnormal'], faults: [], open_fields: [], attachments: [], pledge: null, steps: [], opinions: [], hindrance: null, speaks_for: [], acts: ['claim'], ...changes,
  };
}

describe('the queue', () => {
  it('asks for what the tab says, and for one’s own by the account', () => {
    expect([tabOf(undefined), tabOf('mine'), tabOf('nonsense')]).toEqual(['waiting', 'mine', 'waiting']);
    expect(queryOf('mine', 'acc_1')).toEqual({ state: 'waiting', claimed_by: 'acc_1' });
    expect(queryOf('all', 'acc_1')).toEqual({});
  });

  it('shows the deadline that runs, and how late it is in words', () => {
    expect(deadlineOf(view(), NOW)).toEqual({ kind: 'reply', at: '2020-03-02T02:00:00Z', lateMs: 6 * 3_600_000 });
    expect(deadlineOf(view({ state: 'in_review', reply_due_at: null }), NOW)).toMatchObject({ kind: 'decision', lateMs: 0 });
    expect(deadlineOf(view({ state: 'approved' }), NOW)).toBeNull();
    expect([60_000, 47 * 3_600_000, 72 * 3_600_000].map((ms) => lateWords(ms, zh.review))).toEqual(['1 小时', '47 小时', '3 天']);
  });

  it('goes on to the one that is due first', () => {
    const waiting = [view({ id: 'app_3', reply_due_at: '2020-03-02T09:00:00Z' }), view({ id: 'app_2', reply_due_at: '2020-03-02T08:30:00Z' }), view(), view({ id: 'app_4', state: 'in_review' })];
    expect(nextOf(waiting, 'app_1')?.id).toBe('app_2');
    expect(nextOf([view()], 'app_1')).toBeNull();
  });
});

describe('an answer', () => {
  it('is read with its unit and the words of its options', () => {
    const choices = field('transport', { kind: 'choices', options: [{ code: 'own', label: { zh: '自驾', en: 'Own car' } }, { code: 'train', label: { zh: '火车', en: 'Train' } }] });
    expect(answerText(field('n', NUMBER), 0, 'zh', zh.review)).toBe('0 人');
    expect(answerText(choices, ['own', 'train'], 'zh', zh.review)).toBe('自驾、火车');
    expect(answerText(choices, ['own', 'gone'], 'en', zh.review)).toBe('Own car, gone');
    expect(answerText(field('y', { kind: 'yes_no' }), false, 'zh', zh.review)).toBe('否');
    expect(answerText(field('t', { kind: 'text', most: 9 }), '', 'zh', zh.review)).toBeNull();
  });

  it('is worth a look when somebody is ill, little is in store, or something is not done', () => {
    const looks = (answers: ApplicationFile['answers']) => Object.keys(answers).filter((key) => needsLook(key, answers));
    expect(looks({ abnormal: 1, contacts: 0, masks_days: 2, isolation_rooms: 0, temperature_gate: false, staggered_shifts: true, hazardous: true, address: 'x' })).toEqual(['abnormal', 'masks_days', 'isolation_rooms', 'temperature_gate', 'hazardous']);
    expect(looks({ planned: 30, employees: 20 })).toEqual(['planned']);
  });

  it('is marked in the order of the form, and only where it is asked', () => {
    expect(inOrder(file(), new Set(['hidden', 'masks_days', 'abnormal']))).toEqual(['abnormal', 'masks_days']);
  });
});

it('draws a signature as it was drawn', () => {
  expect([pathOf([[1, 2, 0], [3, 4, 9]]), pathOf([[5, 6, 0]]), pathOf([])]).toEqual(['M1 2L3 4', 'M5 6h1', '']);
  expect([heightOf([[[0, 100, 0]]]), heightOf([[[0, 500, 0]]])]).toEqual([300, 520]);
});

function Many() {
  const [result, setResult] = useState<Parameters<typeof ClaimOutcome>[0]['result'] | null>(null);
  const chosen = [view(), view({ id: 'app_2', number: '350100-20200302-0002' }), view({ id: 'app_3', state: 'approved' })];
  return <><ClaimMany applications={chosen} clear={() => undefined} onResult={setResult} />{result ? <ClaimOutcome result={result} onClose={() => setResult(null)} /> : null}</>;
}

it('takes each that waits, and names the one that somebody else has taken', async () => {
  const server = new FakeServer().post('/applications/{id}/moves', ({ path }) => (path.includes('app_2') ? new ApiError(409, { code: 'state', params: { by: '陈科长' } }) : view({ state: 'in_review' })));
  renderDesk(<Many />, { session: sessionFor('reviewer', ['review_applications']) });
  await userEvent.click(screen.getByRole('button', { name: '领取 2 份' }));
  expect(await screen.findByText('陈科长已领取')).toBeTruthy();
  expect(screen.getByText('领取了 1 份，共 2 份')).toBeTruthy();
  expect(server.sent.filter((it) => it.method === 'POST').length).toBe(2);
});

it('says who was faster and reads the application anew', async () => {
  let reads = 0;
  new FakeServer()
    .get('/applications/{id}', () => { reads += 1; return reads === 1 ? file() : file({ acts: [], application: view({ state: 'in_review', claimed_name: '陈科长' }) }); })
    .get('/applications', { items: [], next: null })
    .post('/applications/{id}/moves', new ApiError(409, { code: 'state', params: { by: '陈科长' } }));
  renderDesk(<Routes><Route path="/review/:id" element={<FilePage />} /></Routes>, { session: sessionFor('reviewer', ['review_applications']), path: '/review/app_1' });
  await screen.findByText('1 项请留意', { exact: false });
  await userEvent.keyboard('c');
  expect(await screen.findByText(/陈科长已先办了这份申请/)).toBeTruthy();
  await waitFor(() => expect(screen.getByText(/陈科长在审/)).toBeTruthy());
  expect(screen.queryByRole('button', { name: '领取' })).toBeNull();
});

it('sends back with the marked questions and only with a word', async () => {
  const mine = file({ acts: ['release', 'comment', 'send_back', 'approve', 'reject'], application: view({ state: 'in_review', claimed_by_me: true, claimed_name: '审' }) });
  const server = new FakeServer().get('/applications/{id}', mine).get('/applications', { items: [], next: null }).post('/applications/{id}/moves', view({ state: 'returned' }));
  renderDesk(<Routes><Route path="/review/:id" element={<FilePage />} /></Routes>, { session: sessionFor('reviewer', ['review_applications']), path: '/review/app_1' });
  await userEvent.click(await screen.findByRole('checkbox', { name: '标记“abnormal？”' }));
  await userEvent.keyboard('b');
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('abnormal？');
  await userEvent.type(screen.getByRole('textbox'), '请核对');
  await userEvent.click(within(dialog).getByRole('button', { name: '退回补正' }));
  await waitFor(() => expect(server.sentTo('POST', '/applications/app_1/moves').map((it) => it.body)).toEqual([{ act: 'send_back', from_state: 'in_review', note: '请核对', fields: ['abnormal'], category: null, batch: null }]));
});
