// Takes docs/pictures/{desk,gate,file,phone}.png from a small demo with a morning being played.
import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { desktop, phone } from '../browser';
import { expect, test as base } from '../fixtures';
import { startInstance } from '../instance';
import { onDuty, verdict } from '../tablet';

const folder = join(import.meta.dirname, '../../../docs/pictures');

const test = base.extend({}).extend<object, { instance: Awaited<ReturnType<typeof startInstance>> }>({
  instance: [
    async ({}, use) => {
      const instance = await startInstance({ player: 'morning' });
      await use(instance);
      await instance.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

/** Still, loaded, without a blinking caret. */
async function take(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

test.beforeAll(() => mkdir(folder, { recursive: true }));

test('desk, one file, and the phone', async ({ page, signIn }) => {
  await page.setViewportSize(desktop);
  await signIn(page, 'command');
  // Let the morning bring some people and alarms.
  await expect.poll(async () => (await (await page.request.get('/api/v1/screenings/count')).json() as { count: number }).count, { timeout: 120_000 }).toBeGreaterThan(150);
  await page.reload();
  await page.getByText('今天的结论').waitFor();
  await take(page, 'desk');
  await page.setViewportSize(phone);
  await page.goto('/alarms');
  await page.getByRole('heading', { name: '告警' }).waitFor();
  await page.getByText('待确认').first().waitFor();
  await take(page, 'phone');
  await page.setViewportSize(desktop);
  await page.context().clearCookies();
  await signIn(page, 'health_authority');
  await page.goto('/people');
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('region', { name: '全部事实' }).waitFor();
  await take(page, 'file');
});

test('gate', async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await onDuty(page, app);
  // A verdict that stands: somebody is held, not the idle page.
  await verdict(page).and(page.locator('[data-outcome]')).waitFor({ timeout: 60_000 });
  await take(page, 'gate');
});
