// How a worker gets in on her phone: the code she types is the one that the demo shows.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { smallPhone } from './browser';

export interface Worker { phone: string; document_tail: string }

export async function openPhone(page: Page): Promise<void> {
  await page.setViewportSize(smallPhone);
  await page.goto('/m');
}

/** Nothing sticks out on the smallest phone. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // What slides in or out is on its way for a moment.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}

/** A phone is sent one code a minute: where the journey before asked for hers, this one waits as a person would. */
async function askForCode(page: Page, shown: Locator): Promise<void> {
  const button = page.getByRole('button', { name: '发验证码' });
  await button.click();
  const wait = page.getByText(/请等 \d+ 秒再试/);
  await expect(shown.or(wait)).toBeVisible({ timeout: 15_000 });
  if (await shown.isVisible()) return;
  const seconds = Number(/\d+/.exec((await wait.textContent()) ?? '')?.[0] ?? 60) + 1;
  test.info().setTimeout(test.info().timeout + seconds * 1000);
  await page.waitForTimeout(seconds * 1000);
  await button.click();
}

export async function signInOnPhone(page: Page, worker: Worker): Promise<void> {
  await openPhone(page);
  await page.getByLabel('手机号').fill(worker.phone);
  const shown = page.locator('.m-demo');
  // Another journey may have signed in with this phone: its code is still the newest until this one has been sent.
  const before = (await page.request.get(`/api/v1/demo/messages?phone=${worker.phone}`).then((it) => it.json())) as { items: { text: string }[] };
  await askForCode(page, shown);
  await expect(shown).toContainText('验证码', { timeout: 15_000 });
  const last = before.items[0]?.text;
  if (last) await expect(shown).not.toContainText(last, { timeout: 15_000 });
  const code = /\d{6}/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
  await page.getByLabel('六位验证码').fill(code);
  await page.getByLabel('证件号最后四位').fill(worker.document_tail);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('navigation', { name: '主要页面' })).toBeVisible();
}
