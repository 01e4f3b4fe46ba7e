// A district's own lists come in as files, are tried, land, and go back where they are wrong.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { phone } from '../browser';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const sum = (page: Page, label: string) => page.locator('.report-sums > div', { hasText: label });

test('enterprises from a file are tried, landed and found again; an exported workbook comes back unchanged', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(120_000);
  await signIn(page, 'command');
  const { items } = (await (await page.request.get('/api/v1/enterprises?limit=1&sort=name')).json()) as { items: { name: string; credit_code: string; area_code: string }[] };
  const known = items[0]!;
  const rows = [`${known.name},${known.credit_code},${known.area_code},青石巷88号`, '青石巷豆腐坊,91999999MA0000000X,月亮社区,'];
  const file = { name: '企业.csv', mimeType: 'text/csv', buffer: Buffer.from(`企业名称,统一社会信用代码,区域代码,地址\n${rows.join('\n')}\n`) };

  await page.goto('/enterprises');
  await page.getByRole('link', { name: '导入' }).click();
  await expect(page.getByRole('heading', { name: '导入企业' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText('试算结果，还没有导入')).toBeVisible();
  await expect(sum(page, '修改')).toContainText('1');
  await expect(sum(page, '退回')).toContainText('1');
  await expect(page.getByText(/地址：.* → 青石巷88号/)).toBeVisible();
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载退回的行' }).click();
  expect((await download).suggestedFilename()).toBe('enterprises-refused.csv');
  await page.getByRole('button', { name: '导入 1 行' }).click();
  await expect(page.getByRole('dialog').getByText(/修改 1 行，退回 1 行/)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByRole('status').getByText('已导入')).toBeVisible();
  await expectNoAxeViolations(page);

  // What leaves as a workbook comes back as what it was.
  const workbook = await (await page.request.get('/api/v1/enterprises/export?format=xlsx&lang=zh')).body();
  await page.getByRole('button', { name: '换一个文件' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: '企业.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: workbook });
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText('试算结果，还没有导入')).toBeVisible();
  for (const label of ['新增', '修改', '退回']) await expect(sum(page, label).locator('dd')).toHaveText('0');

  await page.setViewportSize(phone);
  for (const path of ['/sites/import', '/premises/import', '/gates/import', '/grid/import', '/area-risks/import']) {
    await page.goto(path);
    await expect(page.getByText('下载模板')).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});

test('officers from a file are invited, and their links are given once', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(120_000);
  await signIn(page, 'administrator');
  const { items } = (await (await page.request.get('/api/v1/areas?limit=1')).json()) as { items: { code: string }[] };
  const login = `zhu.que-${Date.now()}`;
  const file = { name: '专员.csv', mimeType: 'text/csv', buffer: Buffer.from(`登录名,姓名,区域代码\n${login},朱雀,${items[0]!.code}\n朱雀,朱雀,${items[0]!.code}\n`) };

  await page.goto('/accounts');
  await page.getByRole('link', { name: '导入专员' }).click();
  await expect(page.getByRole('heading', { name: '导入专员' })).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(sum(page, '新增')).toContainText('1');
  await expect(sum(page, '退回')).toContainText('1');
  await page.getByRole('button', { name: '导入 1 行' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('链接只给这一次')).toBeVisible();
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载邀请链接' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('officers-links.csv');
  const link = /https?:[^,]*\/invite\/[^,]+/.exec(await readFile(await saved.path(), 'utf8'))?.[0];
  await page.goto(link!);
  await expect(page.getByText(login)).toBeVisible();

  await page.setViewportSize(phone);
  await page.goto('/accounts/officers/import');
  await expect(page.getByText('下载模板')).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('levels of risk from a file show who follows, and land', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(120_000);
  await signIn(page, 'command');
  const { items } = (await (await page.request.get('/api/v1/areas?limit=100')).json()) as { items: { code: string }[] };
  const grid = items.map((it) => it.code).sort((one, other) => other.length - one.length)[0]!;
  await page.goto('/area-risks');
  await page.getByRole('link', { name: '导入' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: '风险.csv', mimeType: 'text/csv', buffer: Buffer.from(`区域代码,风险等级\n${grid},中风险\n${grid},严重\n`) });
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText(/风险等级：.* → 中/)).toBeVisible();
  await expect(page.getByText(/跟着变的下级区域：\d+/)).toBeVisible();
  await expect(sum(page, '退回')).toContainText('1');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '导入 1 行' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByRole('status').getByText('已导入')).toBeVisible();
});

test('visitors from a file are announced, and their links are given', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(120_000);
  await signIn(page, 'enterprise');
  const { items } = (await (await page.request.get('/api/v1/sites?limit=1')).json()) as { items: { name: string }[] };
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const rows = `场所,姓名,手机号,首日,每天从,到\n${items[0]!.name},赵访客,13800002239,${day},0:00,23:55\n${items[0]!.name},钱访客,1380000,${day},0:00,23:55\n`;
  await page.goto('/visitors');
  await page.getByRole('link', { name: '导入' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: '访客.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await page.getByRole('button', { name: '试算' }).click();
  await expect(sum(page, '退回')).toContainText('1');
  await page.getByRole('button', { name: '导入 1 行' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByText('凭访客码进门')).toBeVisible();
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载访客链接' }).click();
  const link = /https?:[^,]*\/m\/visit#V[0-9A-Z]{11}/.exec(await readFile(await (await download).path(), 'utf8'))?.[0];
  await page.setViewportSize(phone);
  await page.goto(link!);
  await expect(page.getByText(items[0]!.name).first()).toBeVisible();
  await expectNoSidewaysScroll(page);
});
