// How a worker gets in on her phone: the code she types is the one that the demo shows.
import { expect, type Page } from '@playwright/test';
import { smallPhone } from './browser';

export interface Worker { phone: string; document_tail: string }

export async function openPhone(page: Page): Promise<void> {
  await page.setViewportSize(smallPhone);
  await page.goto('/m');
}

/** Nothing sticks out on the smallest phone. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
}

export async function signInOnPhone(page: Page, worker: Worker): Promise<void> {
  await openPhone(page);
  await page.getByLabel('手机号').fill(worker.phone);
  await page.getByRole('button', { name: '发验证码' }).click();
  const shown = page.locator('.m-demo');
  await expect(shown).toContainText('验证码', { timeout: 15_000 });
  const code = /\d{6}/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
  await page.getByLabel('六位验证码').fill(code);
  await page.getByLabel('证件号最后四位').fill(worker.document_tail);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('navigation', { name: '主要页面' })).toBeVisible();
}
