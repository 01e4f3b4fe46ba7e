// A reviewer takes applications to reopen, sends one back and approves it: the site opens, and its gate with it.
import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { apply, call, FORM, PDF, submit, type Draft, type Made } from '../application';
import { desktop, smallPhone } from '../browser';
import { form } from '../desk';
import { expect, test, type SignInOptions } from '../fixtures';
import { faceEvent } from '../hikvision';
import type { Ready } from '../instance';
import { expectNoSidewaysScroll } from '../phone';
import { healthy, onDuty, terminal, verdict } from '../tablet';

type SignInAs = (page: Page, role: string, options?: SignInOptions) => Promise<void>;

async function as(browser: Browser, app: Ready, signIn: SignInAs, role: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: app.base_url, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(page, role);
  return page;
}

test('applications are taken, one is sent back and approved, and its gate lets people in', async ({ page, app, browser, signIn, push, expectNoAxeViolations }) => {
  test.setTimeout(180_000);
  const { device, index } = terminal(app);
  const admin = await as(browser, app, signIn, 'administrator');
  const command = await as(browser, app, signIn, 'command');
  const enterprise = await as(browser, app, signIn, 'enterprise');
  const built = await call<{ version: number; definition: unknown }>(command, 'GET', '/application-forms');
  const short = await call<{ version: number }>(command, 'POST', '/application-forms', { definition: FORM, note: '短表', from_version: built.version });
  const site = await call<{ name: string; enterprise_id: string; area_code: string }>(admin, 'GET', `/sites/${device.site_id}`);
  const others = [];
  for (const name of ['二号厂房', '三号厂房']) others.push(await call<Made>(admin, 'POST', '/sites', { name, kind: 'factory', enterprise_id: site.enterprise_id, area_code: site.area_code }));
  const gate = await browser.newPage({ baseURL: app.base_url, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await onDuty(gate, app);
  const { employee_no } = await healthy(gate, app);
  await call(admin, 'POST', `/sites/${device.site_id}/open-state`, { open_state: 'not_open', reason: '还没复工' });
  await push(index, faceEvent(device, { employee_no }), 'application/json');
  await expect(verdict(gate)).toContainText('本场所还没批准复工');

  const first = await apply(enterprise, device.site_id, 1);
  const second = await apply(enterprise, others[0]!.id, 0);
  const third = await apply(enterprise, others[1]!.id, 0);

  // She begins with what waits.
  await signIn(page, 'reviewer');
  await expect(page.getByRole('heading', { name: /^复工审核/, level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: first.number })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByLabel('主菜单').getByRole('link', { name: '复工审核' }).click();
  await expect(page.getByRole('link', { name: first.number })).toBeVisible();
  await expectNoAxeViolations(page);

  // Two at once; somebody else was faster with one of them.
  await page.getByRole('row', { name: second.number }).getByRole('checkbox').check();
  await page.getByRole('row', { name: third.number }).getByRole('checkbox').check();
  await call(command, 'POST', `/applications/${third.id}/moves`, { act: 'claim', from_state: 'submitted', note: null, fields: [] });
  await page.getByRole('button', { name: '领取 2 份' }).click();
  await expect(form(page).getByText(third.number)).toBeVisible();
  await expect(form(page).getByText(/方主任已领取/)).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: /关\s*闭/ }).last().click();
  await page.getByRole('tab', { name: /我在审/ }).click();
  await expect(page).toHaveURL(/state=mine/);
  await expect(page.getByRole('link', { name: second.number })).toBeVisible();
  await expect(page.getByRole('link', { name: third.number })).toHaveCount(0);

  // From the keyboard: down, open, take.
  await page.getByRole('tab', { name: /待领取/ }).click();
  await expect(page.getByRole('link', { name: first.number })).toBeVisible();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await expect(page.locator('.row-open')).toContainText(first.number);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/review/${first.id}`));
  await expect(page.getByText('请留意').first()).toBeVisible();
  await expect(page.getByRole('img', { name: '王建国的签名' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: '批准复工' })).toBeVisible();

  await page.getByRole('checkbox', { name: '标记“有症状人数”' }).check();
  await page.getByRole('checkbox', { name: '标记“口罩够用天数”' }).check();
  await page.keyboard.press('b');
  await expect(form(page).getByText('有症状人数')).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '退回补正' }).click();
  await expect(form(page).getByText(/请/).first()).toBeVisible();
  await form(page).getByRole('textbox').fill('请核对人数，口罩至少备三天。');
  await form(page).getByRole('button', { name: '退回补正' }).click();
  await expect(page.getByText('等企业补正后再提交。')).toBeVisible();
  await expect(page.getByText('涉及：有症状人数、口罩够用天数')).toBeVisible();

  // The enterprise puts it right: only what was marked is open, with what follows from it.
  const returned = await call<Draft>(enterprise, 'GET', `/applications/${first.id}`);
  expect(returned.open_fields.sort()).toEqual(['abnormal', 'abnormal_note', 'masks_days']);
  await call(enterprise, 'PATCH', `/applications/${first.id}/answers`, { changes: { abnormal: 0, masks_days: 6 }, from_revision: returned.revision });
  await submit(enterprise, first.id);

  // From one she has to the next that waits.
  await page.goto(`/review/${second.id}`);
  await page.locator('h1').click();
  await expect(page.getByRole('button', { name: '下一份待领取' })).toBeVisible();
  await page.keyboard.press('n');
  await page.waitForURL(new RegExp(`/review/${first.id}`));

  // Meanwhile somebody else has taken it and put it back: she is told, then takes it.
  await expect(page.getByRole('button', { name: '领取', exact: true })).toBeVisible();
  await call(command, 'POST', `/applications/${first.id}/moves`, { act: 'claim', from_state: 'submitted', note: null, fields: [] });
  await page.keyboard.press('c');
  await expect(page.getByText('方主任已先办了这份申请')).toBeVisible();
  await expect(page.getByText(/方主任在审/)).toBeVisible();
  await expectNoAxeViolations(page);
  await call(command, 'POST', `/applications/${first.id}/moves`, { act: 'release', from_state: 'in_review', note: null, fields: [] });
  await page.reload();
  await page.getByRole('button', { name: '领取', exact: true }).click();
  await expect(page.getByRole('button', { name: '批准复工' })).toBeVisible();
  await page.locator('h1').click();
  await page.keyboard.press('a');
  await expect(form(page).getByText(site.name)).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '批准复工' }).click();
  await expect(page.locator('.review-head .state-tag')).toHaveText('已批准');

  const paper = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 PDF' }).click();
  expect(readFileSync(await (await paper).path()).subarray(0, 5).toString()).toBe('%PDF-');
  const plan = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 方案.pdf' }).click();
  expect(readFileSync(await (await plan).path())).toEqual(PDF);

  await page.locator('.review-side').getByRole('link', { name: site.name }).click();
  await expect(page.getByLabel('场所详情').getByText('已复工').first()).toBeVisible();
  await push(index, faceEvent(device, { employee_no }), 'application/json');
  await expect(verdict(gate)).toHaveAttribute('data-outcome', 'admit');

  // On the smallest phone.
  const small = await browser.newPage({ baseURL: app.base_url, viewport: smallPhone, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await small.context().addCookies(await page.context().cookies());
  await small.goto('/review?state=all');
  await expect(small.getByText(first.number)).toBeVisible();
  await expectNoSidewaysScroll(small);
  await expectNoAxeViolations(small, { without: ['target-size'] });
  await small.goto(`/review/${second.id}`);
  await expect(small.getByRole('button', { name: '批准复工' })).toBeVisible();
  await expectNoSidewaysScroll(small);
  await expectNoAxeViolations(small, { without: ['target-size'] });
  // Whoever applies afterwards finds the form that was there.
  await call(command, 'POST', '/application-forms', { definition: built.definition, note: '原来的表', from_version: short.version });
  await Promise.all([admin, command, enterprise, gate, small].map((it) => it.close()));
});
