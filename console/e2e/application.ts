// An application as its enterprise makes it, through the same doors as the pages.
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { expect } from './fixtures';

export interface Made { id: string; number: string; state: string }
export interface Draft { form_version: number; revision: number; open_fields: string[] }

const words = (zh: string, en: string) => ({ zh, en });
const number = (key: string, zh: string) => ({ key, label: words(zh, key), takes: { kind: 'number', least: 0, most: 9999 }, required: { need: 'always' } });
/** A short form: numbers, a file, yes or no, and a question that follows from another. */
export const FORM = {
  sections: [
    { key: 'people', title: words('人员', 'People'), fields: [number('planned', '计划到岗人数'), number('abnormal', '有症状人数'), { key: 'abnormal_note', label: words('异常情况', 'About them'), takes: { kind: 'prose', most: 200 }, required: { need: 'always' }, shown_when: { is: 'at_least', field: 'abnormal', value: 1 } }] },
    { key: 'supplies', title: words('物资', 'Supplies'), fields: [number('masks_days', '口罩够用天数'), { key: 'temperature_gate', label: words('入口逐人测温', 'Everybody is measured'), takes: { kind: 'yes_no' }, required: { need: 'always' } }, { key: 'plan_file', label: words('防控方案', 'Plan'), takes: { kind: 'files', most: 1 }, required: { need: 'always' } }] },
  ],
  pledge: words('本单位承诺所填内容真实。', 'We pledge that this is true.'),
};
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n');
const STROKES = [Array.from({ length: 20 }, (_, it) => [100 + it * 30, 150 + (it % 5) * 20, it * 16])];

/** As somebody who has signed in on this page. */
export async function call<Answer>(page: Page, method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer> {
  const { csrf_token } = (await (await page.request.get('/api/v1/session')).json()) as { csrf_token: string };
  const bytes = Buffer.isBuffer(body);
  const headers = { 'X-CSRF-Token': csrf_token, 'Idempotency-Key': randomUUID(), ...(bytes ? { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0' } : {}) };
  // A busy server says so, and is asked again under the same key, as the console does.
  let answer = await page.request.fetch(`/api/v1${path}`, { method, headers, data: body });
  for (let again = 0; again < 3 && answer.status() === 503; again += 1) answer = await page.request.fetch(`/api/v1${path}`, { method, headers, data: body });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (answer.status() === 204 ? undefined : await answer.json()) as Answer;
}

export async function submit(page: Page, id: string): Promise<void> {
  const { form_version, revision } = await call<Draft>(page, 'GET', `/applications/${id}`);
  await call(page, 'POST', `/applications/${id}/submit`, { form_version, revision, signer: '王建国', strokes: STROKES });
}

/** Answers all of the short form and submits it. */
export async function apply(page: Page, site: string, abnormal: number, more: Record<string, string> = {}): Promise<Made> {
  const made = await call<Made>(page, 'POST', '/applications', { site_ids: [site] });
  const changes = { ...more, planned: 120, abnormal, masks_days: 2, temperature_gate: true, ...(abnormal > 0 ? { abnormal_note: '低热一人，已送发热门诊' } : {}) };
  await call(page, 'PATCH', `/applications/${made.id}/answers`, { changes, from_revision: 0 });
  const file = await call<Made>(page, 'POST', `/applications/${made.id}/attachments`, { field: 'plan_file', file_name: '方案.pdf', byte_count: PDF.length });
  await call(page, 'PATCH', `/applications/${made.id}/attachments/${file.id}/parts`, PDF);
  await submit(page, made.id);
  return made;
}

