// A district's own lists come in as files, are tried, land, and go back where they are wrong.
import type { Page } from '@playwright/test';
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
  for (const path of ['/sites/import', '/premises/import', '/gates/import', '/grid/import']) {
    await page.goto(path);
    await expect(page.getByText('下载模板')).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
});
