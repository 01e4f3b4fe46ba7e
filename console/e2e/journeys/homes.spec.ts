import type { Page } from '@playwright/test';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll, signInOnPhone } from '../phone';

/** The first choice of each level. */
async function chooseArea(sheet: ReturnType<Page['getByRole']>): Promise<void> {
  for (const label of ['街道', '社区', '网格']) {
    const box = sheet.getByLabel(label, { exact: true });
    await expect(box).toBeEnabled();
    await box.selectOption({ index: 1 });
  }
}

test('two workers of one flat are one household at the desk', async ({ page, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signInOnPhone(page, app.people[4]!);
  await page.getByRole('link', { name: '我的', exact: true }).click();
  await page.getByRole('link', { name: '我的档案', exact: true }).click();
  await expect(page.getByRole('heading', { name: '住处' })).toBeVisible();
  await page.getByRole('link', { name: '登记住处' }).click();
  await expect(page.getByText('还没有登记住处')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '登记住处' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('button', { name: '保存' })).toBeDisabled();
  await chooseArea(sheet);
  await sheet.getByLabel('小区').fill('青屿新村');
  await sheet.getByLabel('楼栋').fill('三号楼');
  await sheet.getByLabel('单元').fill('2');
  await sheet.getByLabel('房号').fill('--');
  await sheet.getByText('租住').click();
  await expectNoAxeViolations(page);
  await sheet.getByRole('button', { name: '保存' }).click();
  await expect(sheet.getByRole('alert')).toBeVisible();
  await sheet.getByLabel('房号').fill('0501');
  await sheet.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('listitem')).toContainText('青屿新村 三号楼 2单元 0501室');
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  // Without a network what is here stays, and the page says why nothing more comes.
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '已搬走' }).click();
  await sheet.getByRole('button', { name: '已搬走' }).click();
  await expect(sheet.getByRole('alert')).toBeVisible();
  await page.context().setOffline(false);
  await sheet.getByRole('button', { name: '取消' }).click();

  // The second writes the same flat in another way.
  const other = await page.context().browser()!.newPage({ baseURL: app.base_url });
  await signInOnPhone(other, app.people[5]!);
  await other.goto('/m/homes');
  await other.getByRole('button', { name: '登记住处' }).click();
  await chooseArea(other.getByRole('dialog'));
  await other.getByLabel('小区').fill('青屿 新村');
  await other.getByLabel('房号').fill('3-2-501');
  await other.getByText('自有或家人的住房').click();
  await other.getByRole('button', { name: '保存' }).click();
  await expect(other.getByRole('listitem')).toContainText('青屿 新村 3-2-501');
  await other.close();

  const desk = await page.context().browser()!.newPage({ baseURL: app.base_url, viewport: { width: 1440, height: 900 } });
  await signIn(desk, 'health_authority');
  await desk.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '住处' }).click();
  await expect(desk.getByRole('heading', { name: '住处' })).toBeVisible();
  const rows = desk.getByRole('row').filter({ hasText: '新村' });
  await expect(rows).toHaveCount(2);
  await expectNoAxeViolations(desk);
  await pick(desk, '怎么住', '租住');
  await expect(rows).toHaveCount(1);
  await rows.locator('a[href^="/people/"]').first().click();
  await desk.waitForURL(/\/people\/per_/);
  const homes = desk.getByRole('heading', { name: '住处与同住人' }).locator('..');
  await expect(homes).toContainText('青屿新村 三号楼 2单元 0501室');
  await expectNoAxeViolations(desk);
  await homes.getByRole('button', { name: '同住 2 人' }).click();
  await expect(form(desk).getByRole('listitem')).toHaveCount(2);
  await expect(form(desk)).toContainText('本人');
  await expectNoAxeViolations(desk);
  await form(desk).getByRole('button', { name: '关闭' }).first().click();

  // The desk writes a second one down, and takes it back.
  await homes.getByRole('button', { name: '登记住处' }).click();
  await form(desk).getByRole('button', { name: '登记住处' }).click();
  await expect(form(desk).getByText('请选择社区或网格')).toBeVisible();
  await expectNoAxeViolations(desk);
  await pick(form(desk), '社区或网格', '第1网格');
  await form(desk).getByLabel('小区').fill('望海家园');
  await form(desk).getByLabel('房号').fill('101');
  await form(desk).getByRole('combobox', { name: '怎么住' }).click();
  await desk.getByTitle('宿舍', { exact: true }).click();
  await form(desk).getByRole('button', { name: '登记住处' }).click();
  await expect(homes).toContainText('望海家园 101室');
  await homes.locator('.file-job').filter({ hasText: '望海家园' }).getByRole('button', { name: '已搬走' }).click();
  await form(desk).getByRole('button', { name: '已搬走' }).click();
  // Taken back within a day: as if it had never been written down.
  await expect(homes).not.toContainText('望海家园');
  await desk.close();
});
