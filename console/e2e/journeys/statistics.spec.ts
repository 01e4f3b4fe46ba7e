// The command reads how far the district is, asks what a figure counts, goes down to a street and on to the list, and exports.
import { phone } from '../browser';
import { expect, test } from '../fixtures';
import { form } from '../desk';
import { expectNoSidewaysScroll } from '../phone';

test('figures are explained, broken down, followed to their list and exported', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(300_000);
  await signIn(page, 'command');
  await page.goto('/');
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '统计' }).click();
  await expect(page).toHaveURL(/\/statistics$/);
  // The platform adds up every minute; what the demo has loaded since the last time is there then.
  const rate = page.getByRole('region', { name: '企业复工率', exact: true });
  await expect(async () => {
    await page.reload();
    await expect(rate.getByText(/^[1-9]\d*(\.\d)?%$/)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 120_000 });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('截至');

  // What it counts, by keyboard alone.
  const why = page.getByRole('button', { name: '企业复工率：怎么算的' });
  await why.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('至少有一个场所已开放的企业，除以登记的全部企业。')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('至少有一个场所已开放的企业，除以登记的全部企业。')).toBeHidden();
  await expectNoAxeViolations(page);

  // Down into an area, by industry too; the address can be sent to somebody.
  const table = page.getByRole('table', { name: '明细' });
  const street = table.getByRole('row').nth(1).getByRole('button').first();
  const name = (await street.textContent()) ?? '';
  await street.click();
  await expect(page).toHaveURL(/area=\d{9,12}(&|$)/);
  await page.getByRole('checkbox', { name: '行业' }).click();
  await expect(page.getByRole('checkbox', { name: '行业' })).toBeChecked();
  await expect(page).toHaveURL(/by=area%2Cindustry/);
  const row = table.getByRole('row').nth(1);
  await expect(row.getByRole('cell').nth(1)).toHaveText(/^[A-T] \S+/);
  const section = ((await row.getByRole('cell').nth(1).textContent()) ?? '').slice(0, 1);
  await page.reload();
  await expect(row.getByRole('cell').nth(1)).toHaveText(new RegExp(`^${section} `));
  await expectNoAxeViolations(page);

  // A number leads to the list behind it.
  const link = row.getByRole('link').first();
  const count = (await link.textContent()) ?? '';
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/enterprises\\?.*industry=${section}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(count);
  await page.goBack();
  await page.getByRole('button', { name: '回上一级' }).click();
  await expect(table.getByRole('button', { name })).toBeVisible();

  // Applications: the drawing has a name, and the same numbers stand beside it.
  const stages = page.getByRole('table', { name: '复工申请' });
  await expect(stages.getByRole('row', { name: /^已提交/ })).toBeVisible();
  const sent = await stages.getByRole('row', { name: /^已提交/ }).getByRole('cell').first().textContent();
  // A demo of this size begins without applications; journeys before this one may have brought some.
  await expect(page.getByRole('img', { name: /^从 \d+ 件申请到 \d+ 件批准或备案$/ })).toHaveCount(sent === '0' ? 0 : 1);
  await expect(page.getByRole('img', { name: /^每日走势/ }).locator('svg')).toBeVisible();
  await stages.getByRole('row', { name: /^已批准/ }).getByRole('link').click();
  await expect(page).toHaveURL(/\/review\?.*through=approved/);
  await page.goBack();

  // Three kinds of file; the page says how far it is, and what the file must be.
  for (const [label, ending] of [['CSV', 'csv'], ['Parquet', 'parquet'], [/^XLSX/, 'xlsx']] as const) {
    await page.getByRole('button', { name: '导出' }).click();
    await form(page).getByRole('radio', { name: label }).check();
    if (ending === 'csv') await expectNoAxeViolations(page, { within: '.ant-modal' });
    const [file] = await Promise.all([page.waitForEvent('download'), form(page).getByRole('button', { name: '开始导出' }).click()]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^statistics-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
    await expect(form(page).getByText(/^已完成/)).toBeVisible();
    await expect(form(page).locator('code')).toHaveText(/^[0-9a-f]{64}$/);
    if (ending === 'csv') await expectNoAxeViolations(page, { within: '.ant-modal' });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }

  // On a phone nothing sticks out.
  for (const size of [phone, { width: 360, height: 740 }]) {
    await page.setViewportSize(size);
    await page.goto('/statistics?by=area,industry,size,day');
    await expect(table).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  await expectNoAxeViolations(page);
});
