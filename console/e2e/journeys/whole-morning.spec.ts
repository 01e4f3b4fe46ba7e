// A reviewer's morning: two hundred applications, worked through without touching the mouse.
import type { Locator, Page } from '@playwright/test';
import { apply, call, FORM, type Made } from '../application';
import { desktop } from '../browser';
import { form } from '../desk';
import { expect, test } from '../fixtures';

const APPLICATIONS = 200;
const APPROVED_ONE_BY_ONE = 6;
const SENT_BACK = 4;
/** Sites and applications made side by side; the server is a debug build. */
const AT_ONCE = 3;

/** As a person does it: from wherever she is, one stop after the other. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let stops = 0; stops < most; stops += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached within ${most} stops: ${target}`);
}

async function inTurns<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(work));
}

/** What the dialog asks is answered with its own button. */
async function confirm(page: Page, name: RegExp): Promise<void> {
  const button = form(page).getByRole('button', { name });
  await expect(button).toBeVisible();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect(form(page)).toHaveCount(0);
}

test('two hundred applications are approved, one by one and together, and some sent back, by keyboard only', async ({ page, browser, signIn, baseURL }) => {
  test.setTimeout(300_000);
  const as = async (role: string) => {
    const other = await browser.newPage({ baseURL, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    await signIn(other, role);
    return other;
  };
  const [admin, command, enterprise] = [await as('administrator'), await as('command'), await as('enterprise')];
  const built = await call<{ version: number; definition: unknown }>(command, 'GET', '/application-forms');
  const short = await call<{ version: number }>(command, 'POST', '/application-forms', { definition: FORM, note: '短表', from_version: built.version });
  const { items } = await call<{ items: { enterprise_id: string; area_code: string }[] }>(enterprise, 'GET', '/sites?limit=1');
  const { enterprise_id, area_code } = items[0]!;
  await inTurns(Array.from({ length: APPLICATIONS }, (_, it) => `早班${it + 1}号厂房`), async (name) => {
    const site = await call<Made>(admin, 'POST', '/sites', { name, kind: 'factory', enterprise_id, area_code });
    await apply(enterprise, site.id, 0);
  });
  const waiting = await call<{ count: number }>(command, 'GET', '/applications/count?state=submitted');
  expect(waiting.count).toBeGreaterThanOrEqual(APPLICATIONS);

  const began = Date.now();
  await signIn(page, 'reviewer');
  await page.goto('/review');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('.row-open')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/review\/app_/);
  for (let n = 0; n < APPROVED_ONE_BY_ONE + SENT_BACK; n += 1) {
    const here = page.url();
    await expect(page.getByRole('button', { name: /^领\s*取$/ })).toBeVisible();
    await page.keyboard.press('c');
    await expect(page.getByRole('button', { name: '批准复工' })).toBeVisible();
    if (n < APPROVED_ONE_BY_ONE) {
      await page.keyboard.press('a');
      await confirm(page, /^批准复工/);
    } else {
      const mark = page.getByRole('checkbox', { name: /口罩够用天数/ });
      await tabTo(page, mark, 80);
      await page.keyboard.press('Space');
      await page.keyboard.press('b');
      await tabTo(page, form(page).getByRole('textbox'));
      await page.keyboard.type('口罩只够两天，请补充采购凭证');
      await confirm(page, /^退回补正/);
    }
    await expect(page.getByRole('button', { name: '下一份待领取' })).toBeVisible();
    await page.keyboard.press('n');
    await expect(page).not.toHaveURL(here);
  }

  // Nothing is wrong with the rest: all that wait, in one go.
  await page.goto('/review');
  const more = page.getByRole('button', { name: /^再加载/ });
  const whole = page.getByText(/已全部显示/);
  await expect(more.or(whole)).toBeVisible();
  while (!(await whole.isVisible())) {
    const rows = await page.getByRole('row').count();
    await expect(more).toBeEnabled();
    await tabTo(page, more, 400);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(rows);
    await expect(more.or(whole)).toBeVisible();
  }
  const all = page.getByRole('columnheader').getByRole('checkbox');
  for (let stops = 0; stops < 500 && !(await all.evaluate((it) => it === document.activeElement)); stops += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  const many = page.getByRole('button', { name: /^批准 \d+ 份$/ });
  await expect(many).toBeVisible();
  for (let stops = 0; stops < 60 && !(await many.evaluate((it) => it === document.activeElement)); stops += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await confirm(page, /^批准 \d+ 份$/);
  await expect(page.getByText(/^批准了 \d+ 份/)).toBeVisible({ timeout: 60_000 });
  test.info().annotations.push({ type: 'minutes at the keyboard', description: ((Date.now() - began) / 60_000).toFixed(1) });

  const approved = await call<{ count: number }>(command, 'GET', '/applications/count?state=approved');
  expect(approved.count).toBeGreaterThanOrEqual(APPLICATIONS - SENT_BACK);
  const returned = await call<{ count: number }>(command, 'GET', '/applications/count?state=returned');
  expect(returned.count).toBeGreaterThanOrEqual(SENT_BACK);
  await call(command, 'POST', '/application-forms', { definition: built.definition, note: '恢复', from_version: short.version });
});
