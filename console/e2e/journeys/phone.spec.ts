import { readFile } from 'node:fs/promises';
import { form } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll, openPhone, signInOnPhone } from '../phone';

test('a worker opens her own file, sees who looked, and asks for a correction that the desk answers', async ({ page, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  const worker = app.people[0]!;
  await openPhone(page);
  await page.getByLabel('手机号').fill('12345');
  await page.getByRole('button', { name: '发验证码' }).click();
  await expect(page.getByText(/手机号应/)).toBeVisible();
  await expectNoAxeViolations(page);

  await signInOnPhone(page, worker);
  await expect(page.getByRole('region', { name: '我的状态' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);

  await page.getByRole('link', { name: /\d+ 次/ }).click();
  await expect(page.getByText('你自己').first()).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto('/m/file');
  await expect(page.getByText(worker.phone)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.goto('/m/timeline');
  await expect(page.getByText('入职').first()).toBeVisible();
  await expectNoSidewaysScroll(page);

  await page.goto('/m/mine');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 JSON 文件' }).click();
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { file: { phone: string }; accesses: { act: string }[] };
  expect(file.file.phone).toBe(worker.phone);
  expect(file.accesses.map((it) => it.act)).toContain('worker.signed_in');

  const paper = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 PDF 文件' }).click();
  const pdf = await readFile(await (await paper).path(), 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf).toContain('NotoSansSC');

  await page.goto('/m/corrections');
  await page.getByRole('button', { name: '要求更正' }).click();
  await page.getByLabel('哪一项不对').selectOption('phone');
  await page.getByLabel('应该是什么').fill('123');
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByRole('alert')).toContainText('手机号应');
  await page.getByLabel('哪一项不对').selectOption('other');
  await page.getByLabel('应该是什么').fill('我在二班组');
  await page.getByRole('button', { name: '提交' }).click();
  await expect(page.getByText('待答复')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);

  const desk = await page.context().browser()!.newPage({ baseURL: app.base_url, viewport: { width: 1440, height: 900 } });
  await signIn(desk, 'enterprise');
  await desk.goto('/people');
  await desk.getByRole('link', { name: /项更正要求/ }).click();
  // The list of people has a table, too, and stays for a moment.
  await expect(desk).toHaveURL(/\/corrections/);
  await desk.locator('a[href^="/people/corrections/"]').first().click();
  await expect(desk.getByText('我在二班组')).toBeVisible();
  await expectNoAxeViolations(desk);
  await desk.getByRole('button', { name: '同意更正' }).click();
  await form(desk).getByLabel(/答复/).fill('已改到二班组');
  await form(desk).getByRole('button', { name: '同意更正' }).click();
  await expect(desk.getByText('已更正').first()).toBeVisible();
  await desk.close();

  await page.reload();
  await expect(page.getByText('答复：已改到二班组')).toBeVisible();
});

test('a slip opens the file without health, and signing out everywhere ends it', async ({ page, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  const worker = app.people[1]!;
  const desk = await page.context().browser()!.newPage({ baseURL: app.base_url, viewport: { width: 1440, height: 900 } });
  await signIn(desk, 'enterprise');
  await desk.goto('/people');
  await desk.getByRole('button', { name: '精确查找' }).click();
  await form(desk).getByText('手机号', { exact: true }).click();
  await form(desk).getByRole('textbox', { name: '手机号' }).fill(worker.phone);
  await form(desk).getByRole('button', { name: '查找' }).click();
  await form(desk).getByRole('link').first().click();
  await desk.getByRole('button', { name: '发激活码' }).click();
  await form(desk).getByRole('button', { name: '发激活码' }).click();
  const code = (await form(desk).locator('code').textContent()) ?? '';
  expect(code).toMatch(/^\w{5}-\w{5}$/);
  await expectNoAxeViolations(desk);
  await desk.close();

  await openPhone(page);
  await page.getByRole('button', { name: '我有激活码' }).click();
  await page.getByLabel('激活码', { exact: true }).fill(code.toLowerCase());
  await page.getByLabel('证件号最后四位').fill(worker.document_tail);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByText('健康部分没有打开')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.goto('/m/phones');
  await expect(page.getByText(/用激活码登录/)).toBeVisible();
  await page.getByRole('button', { name: '退出所有手机' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '退出所有手机' }).click();
  await expect(page.getByRole('heading', { name: '打开我的档案' })).toBeVisible();
  await page.goto('/m/file');
  await expect(page.getByRole('heading', { name: '打开我的档案' })).toBeVisible();
});

test('without a network the phone says so and offers to try again', async ({ page, app, context }) => {
  await signInOnPhone(page, app.people[2]!);
  await context.setOffline(true);
  await page.getByRole('link', { name: '我的' }).click();
  await page.getByRole('link', { name: '更正' }).click();
  await expect(page.getByText('连不上服务器').first()).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: '再试一次' }).first().click();
  await expect(page.getByText('没有要求过更正')).toBeVisible();
});

test('a first day on the phone: a whole declaration, filled in without a network, arrives once and decides the status', async ({ page, app, context, expectNoAxeViolations }) => {
  test.slow();
  await signInOnPhone(page, app.people[4]!);
  await page.getByRole('link', { name: '填写申报' }).click();
  await expect(page.getByRole('heading', { name: '健康申报' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '加一程' }).click();
  await page.getByRole('button', { name: '提交申报' }).click();
  await expect(page.getByText('请填写').first()).toBeVisible();
  await context.setOffline(true);
  await page.getByLabel('车次').fill('G101');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await page.getByLabel('出发日期').fill(today);
  await page.getByLabel('从哪里').fill('甲市');
  await page.getByLabel('到哪里').fill('乙市');
  await page.getByLabel('座位').fill('12A');
  await page.getByLabel('咳嗽').check({ force: true });
  await page.getByLabel(/今天自己量的体温/).fill('36，6');
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '提交申报' }).click();
  await expect(page.getByText(/的申报等着送出/)).toBeVisible();
  await expectNoAxeViolations(page);
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByText(/今天 .* 已申报/)).toBeVisible();
  await expect(page.getByRole('region', { name: '我的状态' })).toContainText('不可进入');
  await expect(page.getByRole('region', { name: '今天的健康申报' })).toContainText('咳嗽');
  await page.goto('/m/declarations');
  await expect(page.getByText(/火车 G101/)).toHaveCount(1);
  await expectNoAxeViolations(page);
});

test('HR sees who has not declared, writes it down for somebody without a phone, and reminds the others', async ({ page, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/people');
  await page.getByRole('link', { name: '今日申报' }).click();
  await expect(page.getByText(/还缺 \d+ 人/)).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('button', { name: '代录申报' }).click();
  await form(page).getByRole('button', { name: '加一处' }).click();
  await form(page).getByRole('button', { name: '录入' }).click();
  await expect(form(page).getByText('请填写').first()).toBeVisible();
  await form(page).getByRole('button', { name: '删掉' }).click();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '录入' }).click();
  await expect(page.getByText('已录入申报')).toBeVisible();
  await page.goto('/people/duties?duty=temperature');
  await expectNoAxeViolations(page);
  await page.goto('/people/duties');
  await page.getByRole('button', { name: '发短信提醒' }).click();
  await form(page).getByRole('button', { name: '发短信提醒' }).click();
  await expect(page.getByText(/已提醒 \d+ 人/)).toBeVisible();
});
