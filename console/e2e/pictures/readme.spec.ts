// Takes docs/pictures/{desk,gate,file,phone}.png from a small demo with a morning being played.
import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { desktop, phone } from '../browser';
import { test as base } from '../fixtures';
import { startInstance } from '../instance';

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
  await signIn(page, 'administrator');
  await page.getByRole('main').waitFor();
  // Let the morning bring some people and alarms.
  await page.waitForTimeout(20_000);
  await take(page, 'desk');
  await page.goto('/people');
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByRole('main').waitFor();
  await page.waitForTimeout(2_000);
  await take(page, 'file');
  await page.setViewportSize(phone);
  await page.goto('/');
  await page.getByRole('main').waitFor();
  await page.waitForTimeout(2_000);
  await take(page, 'phone');
});

test('gate', async ({ page, app }) => {
  await page.setViewportSize(desktop);
  await page.goto('/gate');
  await page.getByRole('textbox').first().fill(app.gate_enrolment.code);
  await page.keyboard.press('Enter');
  const guard = app.sign_ins.find((it) => it.role === 'guard');
  if (guard?.pin) {
    await page.getByRole('textbox').first().waitFor();
    const boxes = page.getByRole('textbox');
    if ((await boxes.count()) > 1) await boxes.first().fill(guard.login);
    await boxes.last().fill(guard.pin);
    await page.keyboard.press('Enter');
  }
  await page.waitForTimeout(30_000);
  await take(page, 'gate');
});
