// Lists from door to door come in; what they found, shops and buildings, is compared with the register and decided, alone and together.
import type { Page } from '@playwright/test';
import { phone } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

interface Known { id: string; name: string; credit_code: string; area_code: string }

/** The button for the export has its number, and the colour that goes with it. */
const counted = (page: Page) => expect(page.getByRole('button', { name: /导出 \d+ 项$/ })).toBeVisible();

/** Opens a finding of this list by its name. */
async function open(page: Page, list: string, name: string): Promise<void> {
  await page.goto(list);
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('a list is tried and landed; sure matches are accepted together, the rest is decided one by one and taken back', async ({ page, signIn, expectNoAxeViolations, browser, baseURL }) => {
  test.setTimeout(180_000);
  await signIn(page, 'command');
  const { items } = (await (await page.request.get('/api/v1/enterprises?limit=4&sort=name')).json()) as { items: Known[] };
  const [sure, alike, other] = items as [Known, Known, Known];
  const rows = [
    `${sure.area_code},${sure.name},${sure.credit_code},青石巷1号,,,,,`,
    `${alike.area_code},${alike.name},,青石巷2号,,小微,8,林大同,13800002046`,
    `${other.area_code},青石巷面馆,${other.credit_code},青石巷3号,,,,,`,
    `${sure.area_code},青石巷修车铺,,青石巷4号,修车,个体,2,,`,
    `${sure.area_code},青石巷药店,91999999MA00050011,青石巷5号,,,,,`,
    '月亮社区,青石巷布店,,,,,,,',
    `${sure.area_code},,,,,,,,`,
  ];
  const file = { name: '青石巷.csv', mimeType: 'text/csv', buffer: Buffer.from(`社区/网格,商户名称,信用代码,地址,行业,规模,人数,联系人,电话\n${rows.join('\n')}\n`) };
  await page.goto('/census');
  await counted(page);
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: '导入摸排表' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText('没有这个社区或网格')).toBeVisible();
  await expect(page.getByRole('button', { name: '下载退回的行' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '导入 5 行' }).click();
  await page.getByRole('link', { name: '去认定' }).click();
  await expect(page.getByText('共 5 条')).toBeVisible();
  await counted(page);
  const list = page.url();

  // The same file again makes nothing twice.
  await page.goto('/census/import');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.locator('.report-sums > div', { hasText: '以前导入过' })).toContainText('5');

  await page.goto(list);
  await counted(page);
  await page.getByRole('button', { name: '认定全部对上的' }).click();
  await expect(page.getByRole('dialog').getByText(/这 1 条的信用代码/)).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '认定 1 条' }).click();
  await expect(page.getByText('已认定 1 条')).toBeVisible();
  await expect(page.getByText('共 4 条')).toBeVisible();

  // Without its code: looked at, and the address taken over; taken back, and again by keyboard.
  await open(page, list, alike.name);
  await expect(page.getByText('名称相同')).toBeVisible();
  await expect(page.getByText('林大同')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('checkbox', { name: '登记采用摸排的地址' }).check();
  await page.getByRole('button', { name: '就是它，登记采用 1 项' }).click();
  await expect(page.getByText('登记采用了：地址')).toBeVisible();
  const registered = async () => ((await (await page.request.get(`/api/v1/enterprises/${alike.id}`)).json()) as { address: string }).address;
  expect(await registered()).toBe('青石巷2号');
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: '就是它' })).toBeVisible();
  expect(await registered()).toBe('');
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: '撤销认定' })).toBeVisible();

  // Two at once: the second is told.
  await open(page, list, '青石巷面馆');
  await expect(page.getByText('代码是一家，名称是另一家')).toBeVisible();
  const second = await browser.newPage({ baseURL, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(second, 'command');
  await second.goto(page.url());
  await expect(second.getByRole('button', { name: '就是它' })).toBeVisible();
  await page.keyboard.press('a');
  await pick(form(page), '原因', '已停业或搬离');
  await form(page).getByRole('button', { name: '不登记' }).click();
  await expect(page.getByRole('button', { name: '撤销认定' })).toBeVisible();
  await second.getByRole('button', { name: '就是它' }).click();
  await expect(second.getByText('别人刚刚认定或改过这一条')).toBeVisible();
  await expectNoAxeViolations(second);
  await second.getByRole('button', { name: '看现在的' }).click();
  await expect(second.getByText('已停业或搬离')).toBeVisible();
  await second.close();

  // New: registered as any enterprise is, with a right code only.
  await open(page, list, '青石巷修车铺');
  await page.keyboard.press('n');
  await form(page).getByLabel('统一社会信用代码').fill('91999999MA00050011');
  await form(page).getByLabel('行业').fill('O81');
  await form(page).getByRole('button', { name: /登\s*记$/ }).click();
  await expect(form(page).getByText('信用代码最后一位不对', { exact: false })).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByLabel('统一社会信用代码').fill('91350100M000100Y43');
  await form(page).getByRole('button', { name: /登\s*记$/ }).click();
  await expect(page.getByText('已登记“青石巷修车铺”')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1, name: '青石巷药店' })).toBeVisible();
  await expect(page.getByText('信用代码校验位不对')).toBeVisible();

  // A building that the register lacks is registered as premises, and taken out again.
  const building = { name: '青石巷楼宇.csv', mimeType: 'text/csv', buffer: Buffer.from(`社区/网格,名称,对象类型,地址\n${sure.area_code},青石巷大厦,楼宇,青石巷6号\n`) };
  await page.goto('/census/import');
  await page.locator('input[type=file]').setInputFiles(building);
  await page.getByRole('button', { name: '试算' }).click();
  await page.getByRole('button', { name: '导入 1 行' }).click();
  await expect(page.getByRole('link', { name: '去认定' })).toBeVisible();
  await page.goto('/census?kind=premises');
  await expect(page.getByRole('link', { name: '青石巷大厦', exact: true })).toBeVisible();
  await counted(page);
  await page.getByRole('link', { name: '青石巷大厦', exact: true }).click();
  await expect(page.getByRole('heading', { name: '可能是这些楼宇小区' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(form(page).getByText('登记为新的楼宇小区')).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: /登\s*记$/ }).click();
  await expect(page.getByRole('link', { name: '看楼宇小区' })).toBeVisible();
  const premises = async () => ((await (await page.request.get('/api/v1/premises/count?search=青石巷大厦')).json()) as { count: number }).count;
  expect(await premises()).toBe(1);
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: '新登记' })).toBeVisible();
  expect(await premises()).toBe(0);

  await page.goto('/census/areas');
  await expect(page.getByRole('row', { name: /合计/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.goto('/census/missed');
  await expect(page.getByRole('heading', { name: '上门没找到的企业' })).toBeVisible();
  await page.getByText('楼宇商场小区', { exact: true }).click();
  await expect(page.getByRole('heading', { name: '上门没找到的楼宇、商场、小区' })).toBeVisible();
  await expect(page).toHaveURL(/missed-premises/);
  await expectNoAxeViolations(page);
  await page.setViewportSize(phone);
  for (const path of ['/census/missed', '/census/missed-premises', '/census', '/census/areas', '/census/import', list, `${list}&state=any`]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  await open(page, list, '青石巷药店');
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});
