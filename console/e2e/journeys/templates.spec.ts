// The command uploads the district's own workbook, mends what is wrong, sees what goes in, downloads it filled, schedules it, and finds the report.
import { readFile } from 'node:fs/promises';
import { phone } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';
import { workbook } from '../workbook';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ROWS = [['复工情况日报'], ['已复工企业数', 0], ['日期', ''], ['区域', '企业数', '复工率', '备注']];
const NAMES = { 已复工企业数: '日报!$B$2', report_day: '日报!$B$3', by_area: '日报!$A$4:$D$4', enterprise_open: '日报!$F$9' };

test('a district’s own report is uploaded, mended, filled and scheduled', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(300_000);
  await signIn(page, 'command');
  await page.goto('/');
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '上报模板' }).click();
  await expect(page.getByText('还没有上报模板')).toBeVisible();
  await expectNoAxeViolations(page);

  // What is wrong is said at its name; nothing is kept.
  await page.getByRole('button', { name: '上传模板' }).click();
  const file = page.getByLabel('选择报表文件');
  await file.setInputFiles({ name: '坏.xlsx', mimeType: XLSX, buffer: Buffer.from('no workbook') });
  await form(page).getByRole('button', { name: '检查名称' }).click();
  await expect(form(page).getByRole('alert')).toContainText('文件');
  await file.setInputFiles({ name: '有错.xlsx', mimeType: XLSX, buffer: workbook('日报', ROWS, { ...NAMES, headcount: '日报!#REF!' }) });
  await form(page).getByRole('button', { name: '检查名称' }).click();
  await expect(form(page).getByText('还不能用')).toBeVisible();
  await expect(form(page).getByText('指向的单元格或工作表已经删了')).toBeVisible();
  await expect(form(page).getByRole('button', { name: '保存模板' })).toBeDisabled();
  await form(page).getByRole('button', { name: '换一个文件' }).click();

  await file.setInputFiles({ name: '复工日报.xlsx', mimeType: XLSX, buffer: workbook('日报', ROWS, NAMES) });
  await form(page).getByRole('button', { name: '检查名称' }).click();
  await expect(form(page).getByText('可以用：')).toBeVisible();
  await expect(form(page).getByText('不认识。是不是 enterprises_open？')).toBeVisible();
  await expectNoAxeViolations(page, { within: '.ant-modal' });
  await form(page).getByLabel('模板名称').fill('复工情况日报');
  await pick(form(page), '区域', '区');
  await form(page).getByRole('button', { name: '保存模板' }).click();
  await expect(page).toHaveURL(/\/report-templates\/rtpl_/);
  await expect(page.getByRole('heading', { level: 1, name: '复工情况日报' })).toBeVisible();

  // What goes in, when it has been added up; then the file itself.
  const preview = page.getByRole('region', { name: '填出来的数' });
  await expect(async () => {
    await page.reload();
    await expect(preview.getByRole('link', { name: '填好下载' })).toBeVisible({ timeout: 3_000 });
    await expect(preview.getByRole('link', { name: '填好下载' })).toHaveAttribute('href', /filled/);
    await expect(preview.getByRole('cell', { name: '日报!B2' })).toBeVisible();
    await expect(preview.getByRole('row', { name: /已复工企业数/ }).getByRole('cell').last()).toHaveText(/^\d+$/);
  }).toPass({ timeout: 120_000 });
  const [filled] = await Promise.all([page.waitForEvent('download'), preview.getByRole('link', { name: '填好下载' }).click()]);
  expect(filled.suggestedFilename()).toMatch(/^复工情况日报-\d{4}-\d\d-\d\d\.xlsx$/);
  expect((await readFile(await filled.path())).subarray(0, 2).toString()).toBe('PK');

  // Every working day at half past eight; and one now.
  const plan = page.getByRole('region', { name: '每天定时' });
  await plan.getByLabel('时间').fill('08:30');
  await plan.getByRole('checkbox', { name: '日', exact: true }).uncheck();
  await plan.getByRole('button', { name: /^保\s?存$/ }).click();
  await expect(plan.getByText(/^下一次/)).toBeVisible();
  await preview.getByRole('button', { name: '生成并保存' }).click();
  const reports = page.getByRole('region', { name: '生成的报表' });
  const kept = reports.getByRole('link', { name: /^下载 \d{4}-\d\d-\d\d 的报表$/ });
  await expect(kept).toBeVisible({ timeout: 60_000 });
  const [report] = await Promise.all([page.waitForEvent('download'), kept.click()]);
  expect(report.suggestedFilename()).toMatch(/^复工情况日报-/);
  await expect(page.locator('.ant-message-notice')).toHaveCount(0, { timeout: 15_000 });
  await expectNoAxeViolations(page);

  // The same on a phone, and in the list.
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await page.getByRole('navigation', { name: '上报模板' }).getByRole('link').click();
  await expect(page.getByRole('link', { name: /复工情况日报.*第 1 版.*周一、二、三、四、五、六 08:30/ })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});
