// Training from end to end: made at the desk, learnt on the phone, shown to anybody, asked for at the gate.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { desktop } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { faceEvent } from '../hikvision';
import type { Instance } from '../instance';
import { expectNoSidewaysScroll, signInOnPhone } from '../phone';
import { enterPin, healthy, onDuty, terminal, verdict } from '../tablet';

const PART_BYTES = 1024 * 1024;
const QUESTIONS = [
  { text: '发热了怎么办？', options: ['不上班，报告，去发热门诊', '先去上班'], right: [0] },
  { text: '哪些要每天做？', options: ['量体温', '勤洗手', '聚餐'], right: [0, 1] },
  { text: '排队相距多少？', options: ['随便', '一米以上'], right: [1] },
];

const FROM_FILE = { text: '口罩怎么戴？', options: ['盖住口鼻', '挂在下巴上'], right: [0] };
const CUE = '每天量体温，戴好口罩';

/** The clip with a box of nothing at its end, as players skip it: more than one part. */
function film(): { name: string; mimeType: string; buffer: Buffer } {
  const clip = readFileSync(join(import.meta.dirname, '../fixtures/clip.mp4'));
  const nothing = Buffer.alloc(PART_BYTES + 300_000);
  nothing.writeUInt32BE(nothing.length, 0);
  nothing.write('free', 4, 'latin1');
  return { name: '返岗防疫须知.mp4', mimeType: 'video/mp4', buffer: Buffer.concat([clip, nothing]) };
}

/** The server is killed after the first part; the upload goes on from there after the page was opened again. A demo gives everybody new secrets at each start. */
async function uploadInTwo(page: Page, instance: Instance, signInAgain: () => Promise<void>): Promise<void> {
  await page.getByRole('tab', { name: '内容' }).click();
  let n = 0;
  await page.route('**/parts', (route) => {
    n += 1;
    return n === 1 ? route.continue() : route.abort();
  });
  await page.getByLabel(/选视频/).setInputFiles(film());
  await page.getByRole('button', { name: '上传', exact: true }).click();
  await expect(page.getByText('正在上传，75%')).toBeVisible();
  await instance.kill();
  await instance.startAgain();
  const course = page.url();
  await signInAgain();
  await page.goto(course);
  await page.unroute('**/parts');
  await expect(page.getByText('传到 75% 断了')).toBeVisible();
  await page.getByLabel(/选视频/).setInputFiles(film());
  const next = page.waitForRequest('**/parts');
  await page.getByRole('button', { name: '从断点接着传' }).click();
  expect((await next).headers()['upload-offset']).toBe(String(PART_BYTES));
  await expect(page.getByText(/^传好了/)).toBeVisible();
}

async function writeQuestions(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '题库' }).click();
  for (const [at, question] of QUESTIONS.entries()) {
    await page.getByRole('button', { name: '加一道题' }).click();
    const box = page.getByRole('group', { name: `第 ${at + 1} 题` });
    await expect(box.getByRole('textbox', { name: '题目' })).toBeFocused();
    await page.keyboard.type(question.text);
    for (let more = 2; more < question.options.length; more += 1) await box.getByRole('button', { name: '加选项' }).click();
    for (const [index, option] of question.options.entries()) await box.getByRole('textbox', { name: `选项 ${index + 1}`, exact: true }).fill(option);
    if (at === 1) await page.getByRole('button', { name: '保存题库' }).click();
    for (const index of question.right) await box.getByRole('checkbox', { name: `选项 ${index + 1} 正确` }).check();
  }
}

/** A bad row comes back with its reason, the good one lands. */
async function importQuestions(page: Page, expectNoAxeViolations: (page: Page) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: '从表格导入' }).click();
  const box = page.getByRole('region', { name: '从表格导入题目' });
  const template = page.waitForEvent('download');
  await box.getByRole('link', { name: '下载模板' }).click();
  expect(readFileSync(await (await template).path()).subarray(0, 2).toString()).toBe('PK');
  const csv = `答案,题目,选项A,选项B\nA,${FROM_FILE.text},${FROM_FILE.options.join(',')}\nC,没有这个选项？,是,否\n`;
  await box.getByLabel('选题目表格').setInputFiles({ name: '题库.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await box.getByRole('button', { name: /试\s*算/ }).click();
  await expect(box.getByText('试算：能加入 1 题，还没有改动题库。')).toBeVisible();
  await expect(box.getByRole('row', { name: /没有这个选项？/ })).toContainText('答案不是已有选项的字母');
  await expectNoAxeViolations(page);
  await box.getByRole('button', { name: '导入 1 题' }).click();
  await expect(box.getByText('已加入 1 题')).toBeVisible();
  await expect(page.getByRole('group', { name: '第 4 题' }).getByRole('textbox', { name: '题目' })).toHaveValue(FROM_FILE.text);
  const refused = page.waitForEvent('download');
  await box.getByRole('button', { name: '下载出错的 1 行' }).click();
  expect(readFileSync(await (await refused).path(), 'utf8')).toBe('\ufeff答案,题目,选项A,选项B,出错的列,原因和处理办法\nC,没有这个选项？,是,否,正确答案,答案不是已有选项的字母，请填 A、B 这样的字母\n');
  await page.getByRole('button', { name: '从表格导入' }).click();
}

async function giveCaptions(page: Page): Promise<void> {
  const vtt = (text: string) => ({ name: '字幕.vtt', mimeType: 'text/vtt', buffer: Buffer.from(`WEBVTT\n\n00:00.000 --> 00:08.000\n${text}\n`) });
  await page.getByLabel('上传中文字幕').setInputFiles(vtt(`<b>${CUE}</b>`));
  await expect(page.getByRole('alert').filter({ hasText: '第 4 行有样式或标记' })).toBeVisible();
  await page.getByLabel('上传中文字幕').setInputFiles(vtt(CUE));
  await expect(page.getByRole('button', { name: '换中文字幕' })).toBeVisible();
  await expect(page.getByText('第 4 行有样式或标记')).toHaveCount(0);
}

/** The words that a film shows now. */
function captionOf(page: Page): Promise<string> {
  const shown = (it: HTMLVideoElement) => [...it.textTracks].filter((track) => track.mode === 'showing').flatMap((track) => [...(track.activeCues ?? [])]).map((cue) => (cue as VTTCue).text).join();
  return page.locator('video').evaluate(shown);
}

async function ask(page: Page, site: string, wanted: boolean): Promise<void> {
  await page.goto(`/gate-rules?site_id=${site}`);
  await page.getByRole('button', { name: '出新版本' }).click();
  const asks = form(page).getByRole('switch', { name: '必须完成必修培训' });
  if ((await asks.isChecked()) !== wanted) await asks.click();
  await form(page).getByRole('textbox', { name: '说明（改了什么、依据什么）' }).fill('返岗培训');
  await form(page).getByRole('button', { name: '启用新版本' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Shows who she is with the code that the demo shows in place of her phone. */
async function showWhoSheIs(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '发验证码' }).click();
  await expect(sheet.locator('.m-demo')).toContainText('培训验证码', { timeout: 15_000 });
  const code = /\d{6}/.exec((await sheet.locator('.m-demo').textContent()) ?? '')?.[0] ?? '';
  await sheet.getByLabel('六位验证码').fill(code === '000000' ? '111111' : '000000');
  await sheet.getByRole('button', { name: '验证', exact: true }).click();
  await expect(sheet.getByRole('alert')).toContainText('验证码不对');
  await sheet.getByLabel('六位验证码').fill(code);
  await sheet.getByRole('button', { name: '验证', exact: true }).click();
  await expect(sheet).toHaveCount(0);
}

test('a course is made, learnt on the phone and shown; the gate holds her until then', async ({ page, app, instance, push, signIn, expectNoAxeViolations, browser }) => {
  test.setTimeout(180_000);
  const { device, index } = terminal(app);
  const open = () => browser.newPage({ baseURL: app.base_url, viewport: desktop });
  const gate = await open();
  await onDuty(gate, app);
  const person = await healthy(gate, app);
  const worker = app.people.find((it) => it.site_id === device.site_id && it.employee_no === person.employee_no)!;

  await signIn(page, 'enterprise');
  const site = (await (await page.request.get(`/api/v1/sites/${device.site_id}`)).json()) as { enterprise_name: string };
  await page.getByRole('link', { name: /培训$/ }).click();
  await expect(page.getByRole('heading', { name: /^培训/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '新建课程' }).first().click();
  await form(page).getByRole('textbox', { name: '课程名称' }).fill('返岗防疫须知');
  await form(page).getByRole('textbox', { name: '说明' }).fill('量体温、戴口罩、发热怎么办。');
  await pick(form(page), '企业', site.enterprise_name);
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '建草稿' }).click();
  await page.waitForURL(/\/training\/crs_/, { timeout: 10_000 });
  await page.getByRole('spinbutton', { name: '宽限（天）' }).fill('0');
  await page.getByRole('spinbutton', { name: '每次出几道题' }).fill('4');
  await page.getByRole('button', { name: /保\s*存/ }).click();
  await expect(page.getByText('有没保存的修改')).toHaveCount(0);
  await expectNoAxeViolations(page);
  await uploadInTwo(page, instance, async () => {
    await signIn(page, 'enterprise', { fresh: true });
    await enterPin(gate, app);
  });
  await expect(page.getByLabel('预览')).toBeVisible();
  await giveCaptions(page);
  await expectNoAxeViolations(page);
  await writeQuestions(page);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '保存题库' }).click();
  await expect(page.getByText('有没保存的修改')).toHaveCount(0);
  await importQuestions(page, expectNoAxeViolations);
  await expect(page.getByText('可以发布了')).toBeVisible();
  await page.getByRole('button', { name: /发\s*布/ }).click();
  await form(page).getByRole('button', { name: /发\s*布/ }).click();
  await expect(page.locator('.device-head .state-tag')).toHaveText('已发布');
  await page.getByRole('tab', { name: '还没完成' }).click();
  await expect(page.getByText(/人还没完成/)).toBeVisible();
  await expectNoAxeViolations(page);

  const admin = await open();
  await signIn(admin, 'administrator');
  await ask(admin, device.site_id, true);
  await push(index, faceEvent(device, { employee_no: worker.employee_no }), 'application/json');
  await expect(verdict(gate)).toHaveAttribute('data-outcome', 'hold');
  await expect(verdict(gate)).toContainText('培训还没学完');

  const phone = await open();
  await signInOnPhone(phone, worker);
  await phone.getByRole('link', { name: /必修培训 1 门没完成/ }).click();
  await expectNoSidewaysScroll(phone);
  await expectNoAxeViolations(phone);
  await phone.getByRole('link', { name: /返岗防疫须知/ }).click();
  // All of this before it plays: she is asked who she is at a random moment, perhaps after a second.
  await expect.poll(() => captionOf(phone)).toBe(CUE);
  await phone.getByLabel('不显示').check();
  await expect.poll(() => captionOf(phone)).toBe('');
  await phone.getByLabel('中文', { exact: true }).check();
  await expect.poll(() => captionOf(phone)).toBe(CUE);
  await phone.getByRole('slider', { name: '进度' }).press('End');
  await expect(phone.getByText('还没看到那里，已回到看过的地方')).toBeVisible();
  expect(await phone.locator('video').evaluate((it: HTMLVideoElement) => it.currentTime)).toBeLessThan(6);
  await expectNoSidewaysScroll(phone);
  await expectNoAxeViolations(phone);
  await phone.getByRole('button', { name: '开始看' }).click();
  await showWhoSheIs(phone);
  await phone.getByRole('link', { name: '开始答题' }).click({ timeout: 30_000 });
  await expectNoAxeViolations(phone);
  for (const { options, right } of [...QUESTIONS, FROM_FILE]) for (const at of right) await phone.getByLabel(options[at]!, { exact: true }).check();
  await phone.getByRole('button', { name: '交卷' }).click();
  await expect(phone.getByRole('heading', { name: '合格了' })).toBeVisible();
  await phone.getByRole('link', { name: '看合格证' }).click();
  await expect(phone.getByRole('img', { name: '合格证的二维码' })).toBeVisible();
  await expectNoSidewaysScroll(phone);
  await expectNoAxeViolations(phone);

  // Anybody, without signing in.
  const shown = await open();
  await shown.goto(phone.url().replace('/certificates/', '/certificate/'));
  await expect(shown.getByRole('heading', { name: '有效' })).toBeVisible();
  await expect(shown.getByText(person.masked_name)).toBeVisible();
  await expectNoAxeViolations(shown);

  await push(index, faceEvent(device, { employee_no: worker.employee_no }), 'application/json');
  await expect(verdict(gate)).toHaveAttribute('data-outcome', 'admit');

  // Nobody else is held for it afterwards.
  await ask(admin, device.site_id, false);
  await page.getByRole('button', { name: /停\s*用/ }).click();
  await form(page).getByRole('button', { name: /停\s*用/ }).click();
  await expect(page.locator('.device-head .state-tag')).toHaveText('已停用');
  await Promise.all([gate, admin, phone, shown].map((it) => it.close()));
});

test('a document is read page by page; what is learnt in a room is written down, printed and taken back', async ({ page, app, signIn, expectNoAxeViolations, browser }) => {
  test.setTimeout(120_000);
  const worker = app.people[7]!;
  await page.setContent('<h1>进厂手册</h1><p>量体温</p><h1 style="break-before: page">第二页</h1>');
  const document = { name: '进厂手册.pdf', mimeType: 'application/pdf', buffer: await page.pdf({ format: 'A4' }) };
  await signIn(page, 'enterprise');
  const site = (await (await page.request.get(`/api/v1/sites/${worker.site_id}`)).json()) as { enterprise_name: string };
  await page.goto('/training');
  await page.getByRole('button', { name: '新建课程' }).first().click();
  await form(page).getByRole('textbox', { name: '课程名称' }).fill('进厂手册');
  await form(page).getByRole('textbox', { name: '说明' }).fill('逐页读完。');
  await pick(form(page), '企业', site.enterprise_name);
  await form(page).getByRole('button', { name: '建草稿' }).click();
  await page.waitForURL(/\/training\/crs_/, { timeout: 10_000 });
  await page.getByRole('spinbutton', { name: '每次出几道题' }).fill('0');
  await page.getByRole('button', { name: /保\s*存/ }).click();
  await page.getByRole('tab', { name: '内容' }).click();
  await page.getByLabel(/选视频/).setInputFiles(document);
  await expect(page.getByText('共 2 页')).toBeVisible();
  await page.getByRole('spinbutton', { name: '每页至少读几秒' }).fill('5');
  await page.getByRole('button', { name: '上传', exact: true }).click();
  await expect(page.getByText('第 1 页，共 2 页').first()).toBeVisible();
  await page.getByRole('button', { name: /发\s*布/ }).click();
  await form(page).getByRole('button', { name: /发\s*布/ }).click();
  await expect(page.locator('.device-head .state-tag')).toHaveText('已发布');

  const phone = await browser.newPage({ baseURL: app.base_url });
  await signInOnPhone(phone, worker);
  await phone.goto('/m/training');
  await phone.getByRole('link', { name: /进厂手册/ }).click();
  await expect(phone.getByRole('img', { name: '第 1 页，共 2 页' })).toBeVisible();
  await expect(phone.getByRole('button', { name: '下一页' })).toBeDisabled();
  await expectNoSidewaysScroll(phone);
  await expectNoAxeViolations(phone);
  // The check comes at a random moment, on either page.
  const asked = phone.getByRole('dialog');
  const next = phone.getByRole('button', { name: '下一页' });
  const done = phone.getByRole('link', { name: '看合格证' });
  await phone.addLocatorHandler(asked.getByRole('button', { name: '发验证码' }), () => showWhoSheIs(phone));
  await expect(next).toBeEnabled({ timeout: 20_000 });
  await next.click();
  await expect(done).toBeVisible({ timeout: 20_000 });
  await phone.close();

  await page.goto('/people');
  await page.getByRole('button', { name: '精确查找' }).click();
  await form(page).getByText('手机号', { exact: true }).click();
  await form(page).getByRole('textbox', { name: '手机号' }).fill(app.people[8]!.phone);
  await form(page).getByRole('button', { name: '查找' }).click();
  await form(page).getByRole('link').first().click();
  await page.getByRole('button', { name: /^培\s*训$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '登记现场培训' }).click();
  await pick(form(page), '课程', '进厂手册');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '登记现场培训' }).click();
  const row = page.getByRole('dialog').getByRole('listitem').filter({ hasText: '进厂手册' });
  await expect(row.locator('.state-tag')).toHaveText('有效');
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await row.getByRole('link', { name: '打印' }).click();
  expect(readFileSync(await (await download).path()).subarray(0, 5).toString()).toBe('%PDF-');
  await row.getByRole('button', { name: /收\s*回/ }).click();
  await page.locator('.ant-modal').getByRole('textbox').fill('没有参加');
  await page.locator('.ant-modal').getByRole('button', { name: /收\s*回/ }).click();
  await expect(row.locator('.state-tag')).toHaveText('已收回');
});
