// A file of decisions is tried, looked at and decided; what may not be decided comes back; sites follow.
import { apply, call, FORM, type Made } from '../application';
import { desktop, phone } from '../browser';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

interface Site { id: string; enterprise_id: string; area_code: string; open_state: string }

test('decisions come from a file: tried first, then decided, and the refused rows go back', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  test.setTimeout(120_000);
  const as = async (role: string) => {
    const other = await browser.newPage({ baseURL: app.base_url, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    await signIn(other, role);
    return other;
  };
  const [admin, enterprise, command] = [await as('administrator'), await as('enterprise'), await as('command')];
  const built = await call<{ version: number }>(command, 'GET', '/application-forms');
  await call(command, 'POST', '/application-forms', { definition: FORM, note: '短表', from_version: built.version });
  const { items } = await call<{ items: Site[] }>(enterprise, 'GET', '/sites?limit=1');
  const made: (Made & { site: string })[] = [];
  for (const name of ['四号厂房', '五号厂房']) {
    const site = await call<Site>(admin, 'POST', '/sites', { name, kind: 'factory', enterprise_id: items[0]!.enterprise_id, area_code: items[0]!.area_code });
    made.push({ ...(await apply(enterprise, site.id, 0)), site: site.id });
  }
  const [first, second] = [made[0]!, made[1]!];
  const state = async (site: string) => (await call<Site>(admin, 'GET', `/sites/${site}`)).open_state;
  const file = { name: '决定.csv', mimeType: 'text/csv', buffer: Buffer.from(`申请编号,决定,理由\n${first.number},批准,材料齐全\n${second.number},不予批准,\n没有这份,批准,\n${first.number},批准,\n`) };

  await signIn(page, 'reviewer');
  await page.goto('/review');
  await page.getByRole('link', { name: '从文件决定' }).click();
  await expect(page.getByRole('heading', { name: '从文件决定' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText('试算结果，还没有决定')).toBeVisible();
  for (const [label, figure] of [['文件行数', '4'], ['退回', '3']]) await expect(page.locator('.report-sums > div', { hasText: label }).locator('dd')).toHaveText(figure!);
  await expect(page.getByRole('cell', { name: '必须填写' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '你的范围内没有这个申请' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '前面已有同一个申请的一行' })).toBeVisible();
  await expectNoAxeViolations(page);
  expect(await state(first.site)).toBe('not_open');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载退回的行' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole('button', { name: '决定 1 份' }).click();
  await expect(page.getByText('已决定').first()).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`${first.number}.*已批准`) })).toBeVisible();
  await expectNoAxeViolations(page);
  expect([await state(first.site), await state(second.site)]).toEqual(['open', 'not_open']);

  // Nothing is left waiting for the journeys after this one.
  await call(command, 'POST', `/applications/${second.id}/moves`, { act: 'claim', from_state: 'submitted', note: null, fields: [] });
  await call(command, 'POST', `/applications/${second.id}/moves`, { act: 'reject', from_state: 'in_review', note: '条件不具备', fields: [] });

  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: '换一个文件' }).click();
  await expect(page.getByText('下载模板')).toBeVisible();
  await expectNoSidewaysScroll(page);
});
