// The gate page as a guard has it: a tablet enrolled once per server, and a PIN.
import type { Cookie, Page } from '@playwright/test';
import { credentials, expect } from './fixtures';
import type { Ready } from './instance';

export interface Spoken { lang: string; text: string }
export interface OnRoster { employee_no: string; card_no: string | null; masked_name: string; reasons: string[]; shift: unknown }

/** The code works once, so that the cookie it gives is kept for the tests that follow. */
const tablets = new Map<string, Cookie[]>();

export async function openGate(page: Page, app: Ready): Promise<void> {
  const kept = tablets.get(app.base_url);
  if (kept) await page.context().addCookies(kept);
  await page.goto('/gate');
  if (kept) {
    await page.getByRole('button', { name: '登记过了，去登录' }).click();
    return;
  }
  await page.getByLabel('登记码').fill(app.gate_enrolment.code);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByLabel('PIN 码')).toBeVisible();
  tablets.set(app.base_url, await page.context().cookies());
}

export async function enterPin(page: Page, app: Ready): Promise<void> {
  const { login, pin } = credentials(app, 'guard');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('PIN 码').fill(pin ?? '');
  await page.getByRole('button', { name: /^登录/ }).click();
  // The board is there, and so is the feed.
  await expect(page.getByRole('button', { name: /^在线 名单 / })).toBeVisible();
}

export async function onDuty(page: Page, app: Ready): Promise<void> {
  await openGate(page, app);
  await enterPin(page, app);
}

/** The terminal of the tablet's gate. */
export function terminal(app: Ready) {
  const device = app.devices.find((it) => it.gate_id === app.gate_enrolment.gate_id);
  if (device === undefined) throw new Error('the demo has no terminal at the gate of the tablet');
  return { device, index: app.devices.indexOf(device) };
}

/** People who may enter at any hour: nothing against them, no shift. Each is given out once. */
export async function healthy(page: Page, app: Ready): Promise<OnRoster> {
  const answer = await page.request.get(`/api/v1/gates/${app.gate_enrolment.gate_id}/roster`);
  expect(answer.status()).toBe(200);
  const { entries } = (await answer.json()) as { entries: OnRoster[] };
  const found = entries.find((it) => it.reasons.length === 0 && it.shift === null && !given.has(app.base_url + it.employee_no));
  if (found === undefined) throw new Error('nobody left on the roster');
  given.add(app.base_url + found.employee_no);
  return found;
}
const given = new Set<string>();

/** Not the notice beside it that terminals have gone silent, as they do where a machine is slow. */
export const verdict = (page: Page) => page.getByRole('main').getByRole('status').and(page.locator('.g-verdict'));

export async function spoken(page: Page): Promise<Spoken[]> {
  return page.evaluate(() => (window as unknown as { __fugongSpoken?: Spoken[] }).__fugongSpoken ?? []);
}
