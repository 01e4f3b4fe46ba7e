// An enterprise applies to reopen: the form saves itself, files are looked at, the pledge is signed by hand.
import type { Locator, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { smallPhone } from '../browser';
import { form } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n';
const SITE = '江滨二期厂房';

/** A closed site of the enterprise whose account is signed in on `page`. */
async function closedSite(page: Page, admin: Page, name: string): Promise<void> {
  const sites = (await (await page.request.get('/api/v1/sites?limit=1')).json()) as { items: { enterprise_id: string; area_code: string; kind: string }[] };
  const { enterprise_id, area_code, kind } = sites.items[0]!;
  await write(admin, '/sites', { enterprise_id, area_code, kind, name });
}

/** As somebody who has signed in on this page. */
async function write(page: Page, path: string, data: unknown): Promise<void> {
  const { csrf_token } = (await (await page.request.get('/api/v1/session')).json()) as { csrf_token: string };
  const headers = { 'x-csrf-token': csrf_token, 'idempotency-key': randomUUID() };
  const answer = await page.request.post(`/api/v1${path}`, { headers, data });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
}

async function begin(page: Page, site: string): Promise<void> {
  await page.goto('/applications');
  await page.getByRole('button', { name: '申请复工' }).first().click();
  await form(page).getByRole('checkbox', { name: site }).check();
  await form(page).getByRole('button', { name: '开始填写' }).click();
  await page.waitForURL(/\/applications\/app_/);
}

const open = (page: Page, title: string) => page.getByRole('navigation', { name: '申请表的各部分' }).getByRole('link', { name: new RegExp(`^${title}`) }).click();

/** Answers whatever of a section is not answered, each kind in its way. */
async function fill(section: Locator): Promise<void> {
  for (const box of await section.locator('.ask').all()) {
    const radio = box.getByRole('radio').first();
    const check = box.getByRole('checkbox').first();
    const number = box.locator('.ask-number input');
    const text = box.locator('input:not([type=file]):not([type=radio]):not([type=checkbox]), textarea').first();
    if (await radio.count()) await radio.check();
    else if (await check.count()) await check.check();
    else if (await number.count()) await number.fill('1');
    else if ((await text.count()) && (await text.inputValue()) === '') {
      const kind = await text.getAttribute('type');
      await text.fill(kind === 'date' ? '2020-03-02' : kind === 'tel' ? '13800002046' : '按方案执行');
    }
  }
}

/** Fills all sections; what an answer makes appear comes in the second round. */
async function fillAll(page: Page): Promise<void> {
  const links = page.getByRole('navigation', { name: '申请表的各部分' }).locator('a');
  for (let round = 0; round < 2; round += 1) {
    for (let at = 0; at < (await links.count()) - 1; at += 1) {
      const title = await links.nth(at).locator('span').textContent();
      await links.nth(at).click();
      const section = page.getByRole('region', { name: title ?? '', exact: true });
      await expect(section).toBeVisible();
      await fill(section);
    }
  }
}

async function attach(box: Locator, name: string, content: string): Promise<void> {
  await box.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(content) });
}

async function draw(page: Page): Promise<void> {
  const pad = page.getByRole('application', { name: '手写签名' });
  await pad.scrollIntoViewIfNeeded();
  const frame = (await pad.boundingBox())!;
  const at = (n: number): [number, number] => [frame.x + frame.width * (0.1 + n * 0.03), frame.y + frame.height * (n % 2 === 0 ? 0.4 : 0.6)];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let n = 1; n <= 24; n += 1) await page.mouse.move(...at(n));
  await page.mouse.up();
}

test('an enterprise applies to reopen: fills in, attaches, signs, submits and sees what was submitted', async ({ page, signIn, expectNoAxeViolations, browser, baseURL }) => {
  test.setTimeout(180_000);
  const admin = await browser.newPage({ baseURL });
  await signIn(admin, 'administrator');
  await signIn(page, 'enterprise');
  await closedSite(page, admin, SITE);
  await admin.close();

  await page.goto('/');
  await page.getByRole('link', { name: /复工申请$/ }).click();
  await expect(page.getByRole('heading', { name: /^复工申请/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '申请复工' }).first().click();
  await form(page).getByRole('button', { name: '开始填写' }).click();
  await expect(form(page).getByText('请选至少一处场所')).toBeVisible();
  await form(page).getByRole('checkbox', { name: SITE }).check();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '开始填写' }).click();
  await page.waitForURL(/\/applications\/app_/);
  await expect(page.getByRole('textbox', { name: '企业名称' })).not.toHaveValue('');
  await expectNoAxeViolations(page);

  // What is asked follows at once; what is wrong is said at the field.
  await page.getByRole('radio', { name: '其他' }).check();
  await expect(page.getByRole('textbox', { name: '请说明' })).toBeVisible();
  await page.getByRole('radio', { name: '重点产业链配套' }).check();
  await expect(page.getByRole('textbox', { name: '请说明' })).toHaveCount(0);
  await open(page, '责任人');
  await page.getByRole('textbox', { name: '手机', exact: true }).fill('12345');
  await expect(page.getByText('填写的格式不对，请检查')).toBeVisible();
  await page.getByRole('textbox', { name: '手机', exact: true }).fill('13800002046');
  await expect(page.getByText('填写的格式不对，请检查')).toHaveCount(0);
  await expect(page.getByText(/^已保存/)).toBeVisible();

  // Off line nothing is lost.
  await page.context().setOffline(true);
  await page.getByRole('textbox', { name: '防疫负责人', exact: true }).fill('王建国');
  await expect(page.getByText(/^没有保存/)).toBeVisible({ timeout: 15_000 });
  await page.context().setOffline(false);
  await expect(page.getByText(/^已保存/)).toBeVisible({ timeout: 15_000 });
  await fillAll(page);
  await expect(page.getByText(/^已保存/)).toBeVisible({ timeout: 15_000 });

  // Files: one that only pretends is refused, in words.
  for (const it of await page.locator('.ask-files').all()) {
    const section = await it.locator('xpath=ancestor::section').getAttribute('aria-label');
    const files = await it.locator('xpath=ancestor::div[contains(@class,"ask ")or @class="ask"]').locator('.ask-mark').count();
    if (files === 0) continue;
    await open(page, section ?? '');
    await attach(it, '页面.pdf', '<html><script>alert(1)</script></html>');
    await expect(it.getByText('“页面.pdf”没有收下')).toBeVisible();
    await expect(it.getByText(/内容不是 PDF/)).toBeVisible();
    await attach(it, '方案.pdf', PDF);
    await expect(it.getByRole('link', { name: '下载 方案.pdf' })).toBeVisible();
  }
  await expectNoAxeViolations(page);

  // What was answered is there after the page was opened again.
  await page.reload();
  await open(page, '责任人');
  await expect(page.getByRole('textbox', { name: '防疫负责人', exact: true })).toHaveValue('王建国');
  await page.getByRole('textbox', { name: '职务' }).fill('');
  await open(page, '检查并签字');
  await expect(page.getByText('还有 1 项没填好')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: '职务' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '请填写这一项' })).toBeVisible();
  await page.getByRole('textbox', { name: '职务' }).fill('安全总监');
  await open(page, '检查并签字');
  await page.getByRole('button', { name: '去签字' }).click({ timeout: 15_000 });

  await page.getByRole('button', { name: '签字并提交' }).click();
  await expect(page.getByText('请写签字人的姓名')).toBeVisible();
  await page.getByRole('textbox', { name: '签字人姓名' }).fill('王建国');
  await draw(page);
  await page.getByRole('button', { name: '重签' }).click();
  await page.getByRole('application', { name: '手写签名' }).focus();
  for (let n = 0; n < 10; n += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.sign-ink')).toHaveAttribute('d', /^M250 250(L\d+ 250){10}$/);
  await page.getByRole('button', { name: '重签' }).click();
  await page.getByRole('button', { name: '签字并提交' }).click();
  await expect(page.getByText('请在框里手写签名')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.setViewportSize(smallPhone);
  await expectNoSidewaysScroll(page);
  await draw(page);
  await page.getByRole('button', { name: '签字并提交' }).click();
  await form(page).getByRole('button', { name: '提交', exact: true }).click();

  await expect(page.locator('.device-head .state-tag')).toHaveText('已提交');
  await expect(page.getByRole('img', { name: '王建国的签名' })).toBeVisible();
  await expect(page.getByText('安全总监')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 PDF' }).click();
  expect(readFileSync(await (await download).path()).subarray(0, 5).toString()).toBe('%PDF-');
  await page.getByRole('link', { name: '复工申请' }).first().click();
  await expect(page.getByText(/前受理$/)).toBeVisible();
  await expectNoSidewaysScroll(page);

  // Sent back: only what was marked can be changed.
  const command = await browser.newPage({ baseURL });
  await signIn(command, 'command');
  const { items } = (await (await page.request.get('/api/v1/applications?state=submitted')).json()) as { items: { id: string; sites: { name: string }[] }[] };
  const { id } = items.find((it) => it.sites[0]?.name === SITE)!;
  await write(command, `/applications/${id}/moves`, { act: 'claim', from_state: 'submitted', note: null, fields: [] });
  await write(command, `/applications/${id}/moves`, { act: 'send_back', from_state: 'in_review', note: '请核对到岗人数', fields: ['planned'] });
  await command.close();
  await page.goto(`/applications/${id}`);
  await expect(page.getByRole('note').filter({ hasText: '请核对到岗人数' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.getByRole('note').getByRole('link', { name: '计划到岗人数' }).click();
  await page.getByLabel('计划到岗人数').fill('2');
  await expect(page.getByLabel('在册人数')).toHaveCount(0);
  await expect(page.getByText(/^已保存/)).toBeVisible();
});

test('two who fill in the same draft overwrite nothing of each other; a draft can be discarded', async ({ page, signIn, expectNoAxeViolations, browser, baseURL }) => {
  test.setTimeout(180_000);
  const admin = await browser.newPage({ baseURL });
  await signIn(admin, 'administrator');
  await signIn(page, 'enterprise');
  await closedSite(page, admin, '江滨三期厂房');
  await admin.close();
  await begin(page, '江滨三期厂房');
  const other = await browser.newPage({ baseURL });
  await signIn(other, 'enterprise');
  await other.goto(page.url());
  const address = (it: Page) => it.getByRole('textbox', { name: '经营地址' });
  await expect(address(other)).toBeVisible();
  await other.context().setOffline(true);
  await address(other).fill('乙路 2 号');
  await address(page).fill('甲路 1 号');
  await expect(page.getByText(/^已保存/)).toBeVisible();
  await other.context().setOffline(false);
  const asked = other.getByRole('alert').filter({ hasText: '这一项刚在别处改过' });
  await expect(asked).toContainText('甲路 1 号', { timeout: 20_000 });
  await expect(asked).toContainText('乙路 2 号');
  await expectNoAxeViolations(other);
  await asked.getByRole('button', { name: '用这里填的' }).click();
  await expect(asked).toHaveCount(0);
  await expect(other.getByText(/^已保存/)).toBeVisible();
  await page.reload();
  await expect(address(page)).toHaveValue('乙路 2 号');
  await other.close();

  await page.getByRole('button', { name: '放弃草稿' }).click();
  await form(page).getByRole('button', { name: '放弃草稿' }).click();
  await page.waitForURL(/\/applications$/);
  await expect(page.getByRole('link', { name: /江滨三期厂房/ })).toHaveCount(0);
});
