// An enterprise says its day in a minute; the command sees who has not, reminds them, and brings the meters in.
import type { Page } from '@playwright/test';
import { phone } from '../browser';
import { form } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

/** The button for the export has its number, and the colour that goes with it. */
const counted = (page: Page) => expect(page.getByRole('button', { name: /导出 \d+ 项$/ })).toBeVisible();

test('a day is reported, corrected and looked at; who is missing is reminded; meters land and bad rows come back', async ({ page, signIn, expectNoAxeViolations, browser, baseURL }) => {
  test.setTimeout(180_000);
  const command = await browser.newPage({ baseURL, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(command, 'command');
  await command.goto('/daily-reports?tab=missing');
  await counted(command);
  await command.getByRole('button', { name: '提醒全部' }).click();
  await expectNoAxeViolations(command);
  await form(command).getByRole('button', { name: '提醒全部' }).click();
  await expect(command.getByText(/^已提醒 \d+ 家/)).toBeVisible();

  // The enterprise's own page says what is to be done, and that somebody asked.
  await page.setViewportSize(phone);
  await signIn(page, 'enterprise');
  const due = page.getByRole('region', { name: '今天的日报还没报' });
  await expect(due.getByText(/提醒过你填报/)).toBeVisible();
  await expectNoSidewaysScroll(page);
  // Yesterday first: it is still taken, and said to be late.
  await page.getByRole('region', { name: '昨天的日报没有报' }).getByRole('link').first().click();
  for (const [label, value] of [['计划人数', '90'], ['在岗人数', '60'], ['在岗人员中 14 天内', '0'], ['发热', '0'], ['隔离人数', '0']] as const) await page.getByLabel(new RegExp(`^${label}`)).fill(value);
  await page.getByRole('group', { name: '口罩（只）' }).getByLabel('库存').fill('1000');
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.getByText('迟报')).toBeVisible();
  await page.goto('/');
  await due.getByRole('link').first().click();
  const unit = await page.getByRole('heading', { level: 1 }).textContent();
  await expectNoAxeViolations(page);
  // The mistake: sent with nothing said.
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.getByText('还有 5 处没填好，已标出来')).toBeVisible();
  await page.getByRole('button', { name: /^人数和 .* 一样$/ }).click();
  const onDuty = page.getByLabel(/^在岗人数/);
  await onDuty.fill('66');
  await page.getByLabel(/^在岗人员中 14 天内/).fill('67');
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.getByText('不能多于在岗人数')).toBeVisible();
  await page.getByLabel(/^在岗人员中 14 天内/).fill('1');
  await page.getByRole('group', { name: '口罩（只）' }).getByLabel('库存').fill('900');
  // A call in between: what was typed is still there.
  await page.reload();
  await expect(onDuty).toHaveValue('66');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: '填报', exact: true }).click();
  await expect(page.getByText(/填报，/).first()).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '更正' }).click();
  await onDuty.fill('68');
  await page.getByRole('button', { name: '提交更正' }).click();
  await expect(page.locator('.report-sums')).toContainText('68');

  // The command finds it, with what it doubts.
  await command.getByRole('tab', { name: /^已报/ }).click();
  await command.getByRole('textbox', { name: '企业名称' }).fill(unit ?? '');
  const row = command.getByRole('row', { name: new RegExp(unit ?? '') });
  await expect(row.getByText('68')).toBeVisible();
  await counted(command);
  await expectNoAxeViolations(command);
  await command.getByRole('tab', { name: /^物资/ }).click();
  await expect(command.getByRole('table', { name: '各类物资合计' })).toContainText('口罩（只）');
  await counted(command);
  await expectNoAxeViolations(command);

  // Meters: tried, then landed; what nobody can read comes back as the same file with the reason.
  const { items } = (await (await command.request.get('/api/v1/enterprises?limit=1')).json()) as { items: { credit_code: string }[] };
  await command.goto('/daily-reports/electricity');
  const csv = `信用代码,日期,用电量\n${items[0]!.credit_code},2020-03-05,1200\n${items[0]!.credit_code},昨天,9\n`;
  await command.locator('input[type=file]').setInputFiles({ name: '用电.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await command.getByRole('button', { name: '试一试' }).click();
  await expect(command.getByText('日期看不懂')).toBeVisible();
  await expectNoAxeViolations(command);
  const [back] = await Promise.all([command.waitForEvent('download'), command.getByRole('button', { name: '下载退回的行' }).click()]);
  expect(back.suggestedFilename()).toBe('electricity-refused.csv');
  await command.getByRole('button', { name: '导入 1 行' }).click();
  await expect(command.getByText('已导入')).toBeVisible();
  await command.close();
});
