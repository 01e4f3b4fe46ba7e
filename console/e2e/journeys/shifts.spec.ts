// A site's shifts are planned: pasted, computed, moved by hand, put in force and taken back.
import type { Page } from '@playwright/test';
import { call } from '../application';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const TEAMS = ['班组\t岗位\t人数\t最早\t最晚', '甲班\t装配\t40\t7:00\t9:00', '乙班\t包装\t50\t7:00\t9:00', '丙班\t仓库\t30\t7:00\t9:00'].join('\n');

interface Window { id: string; name: string; teams: string[] }

test('a site is planned, and gates go by the plan until it is taken back', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(180_000);
  await signIn(page, 'enterprise');
  const { items } = await call<{ items: { id: string; gates: number }[] }>(page, 'GET', '/sites');
  const site = items.find((it) => it.gates > 0)!;
  const windows = () => call<Window[]>(page, 'GET', `/sites/${site.id}/shift-windows`);
  const before = await windows();
  await page.goto(`/sites?open=${site.id}`);
  await page.getByRole('link', { name: '错峰方案' }).click();
  await expect(page.getByRole('heading', { name: '错峰方案', level: 1 })).toBeVisible();

  await page.getByText('从表格粘贴', { exact: true }).click();
  await page.getByRole('textbox', { name: '从表格粘贴' }).fill(TEAMS);
  await page.getByRole('button', { name: '采用 (3)' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('button', { name: '计算', exact: true }).click();
  await expect(page.locator('.shift-state')).toHaveText('已算好', { timeout: 90_000 });
  await expect(page.locator('.shift-bar')).toHaveCount(3);
  await expect(page.getByRole('table', { name: '与全员八点比较' })).toBeVisible();
  await expectNoAxeViolations(page);

  // Somebody moves a start: what it comes to is shown, and stays.
  const hours = page.locator('.shift-bar', { hasText: '甲班' }).locator('.shift-hours');
  const first = await hours.innerText();
  await page.getByRole('button', { name: '甲班 推后一格' }).click();
  await expect(hours).not.toHaveText(first);
  await page.getByRole('button', { name: '放弃调整' }).click();
  await expect(hours).toHaveText(first);
  await dragsBars(page);
  await page.getByRole('button', { name: '保存调整' }).click();
  await expect(page.getByText('手工调整过')).toBeVisible();

  await page.getByRole('button', { name: '执行', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('不在这个班次');
  await page.getByRole('dialog').getByRole('button', { name: '执行' }).click();
  await expect(page.getByRole('button', { name: '停止执行' })).toBeVisible();
  const inForce = (await windows()).filter((it) => it.teams.length > 0);
  expect(inForce.flatMap((it) => it.teams).sort()).toEqual(['丙班', '乙班', '甲班'].sort());

  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 });
    await expectNoSidewaysScroll(page);
  }
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: '停止执行' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停止执行' }).click();
  await expect(page.getByText('没有执行中的方案')).toBeVisible();
  expect(await windows()).toEqual(before);
});

/** Bars are dragged by mouse: slot by slot, with what it comes to; Escape puts one back, and so does dropping the changes. */
async function dragsBars(page: Page): Promise<void> {
  const bar = page.locator('.shift-bar', { hasText: '甲班' });
  const hours = bar.locator('.shift-hours');
  const work = bar.locator('.is-work');
  const label = bar.locator('.shift-held');
  const before = await hours.innerText();
  const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const tried = () => page.waitForResponse((it) => it.url().includes('/shift-plan/tries') && it.ok());
  await bar.scrollIntoViewIfNeeded();
  const take = async () => {
    const box = (await work.boundingBox())!;
    const [x, y] = [box.x + box.width / 4, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    // The hours that are drawn: from the length of the bar, which lasts nine hours.
    const perHour = box.width / 9;
    return (hoursLater: number) => page.mouse.move(x + hoursLater * perHour, y, { steps: 8 });
  };

  let to = await take();
  await to(0.95);
  await expect(label).toBeVisible();
  expect(minute(await label.innerText()) - minute(before)).toBe(55);
  await expect(hours).toContainText((await label.innerText()).slice(0, 5));
  await page.keyboard.press('Escape');
  await expect(label).toHaveCount(0);
  await expect(hours).toHaveText(before);
  await to(1.5);
  await page.mouse.up();
  await expect(hours).toHaveText(before);
  await expect(page.getByRole('button', { name: '保存调整' })).toHaveCount(0);

  to = await take();
  await Promise.all([tried(), to(0.5)]);
  await page.mouse.up();
  expect(minute(await hours.innerText()) - minute(before)).toBe(30);
  await page.getByRole('button', { name: '放弃调整' }).click();
  await expect(hours).toHaveText(before);

  to = await take();
  await to(0.25);
  await page.mouse.up();
  expect(minute(await hours.innerText()) - minute(before)).toBe(15);
}
