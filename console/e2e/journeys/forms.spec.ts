// The command changes what enterprises are asked, tries it, publishes it, and sets the risk that the form asks by.
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { desktop, phone } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const SITE = '江滨四期厂房';
const QUESTION = '消毒记录由谁保管';
/** What stands half under the tabs at the bottom is scrolled to before it is touched. */
const HALF_HIDDEN = { without: ['target-size'] };
interface Site { enterprise_id: string; area_code: string; kind: string }

/** As somebody who has signed in on this page. */
async function write(page: Page, path: string, data: unknown): Promise<void> {
  const { csrf_token } = (await (await page.request.get('/api/v1/session')).json()) as { csrf_token: string };
  const answer = await page.request.post(`/api/v1${path}`, { headers: { 'x-csrf-token': csrf_token, 'idempotency-key': randomUUID() }, data });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
}

const editor = (page: Page) => page.getByRole('region', { name: '编辑' });
const preview = (page: Page) => page.getByRole('region', { name: '预览' });
const outline = (page: Page) => page.getByRole('navigation', { name: '申请表目录' });

test('a form gains a question with a condition, is tried and published, and whoever applies afterwards meets it', async ({ page, signIn, expectNoAxeViolations, browser, baseURL }) => {
  test.setTimeout(240_000);
  const enterprise = await browser.newPage({ baseURL, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(enterprise, 'enterprise');
  const { items } = (await (await enterprise.request.get('/api/v1/sites?limit=1')).json()) as { items: Site[] };
  const { enterprise_id, area_code, kind } = items[0]!;
  const admin = await browser.newPage({ baseURL });
  await signIn(admin, 'administrator');
  await write(admin, '/sites', { enterprise_id, area_code, kind, name: SITE });
  await admin.close();

  await signIn(page, 'command');
  await page.getByLabel('主菜单').getByRole('link', { name: '申请表' }).click();
  await expect(page.getByText('平台自带').first()).toBeVisible();
  await expect(page.getByText('现行').first()).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: '出新版本' }).click();
  await expect(outline(page).getByRole('button', { name: '承诺书' })).toBeVisible();
  await expect(preview(page).getByText(/^问 \d+ 题，共 \d+ 题$/)).toBeVisible();
  await expectNoAxeViolations(page);

  // A new question behind the others of its section, asked where it is grave and everybody is measured.
  await outline(page).getByRole('button', { name: /^\d+\. 场所防控/ }).click();
  await outline(page).getByRole('button', { name: '在“场所防控”新增题目' }).click();
  await editor(page).getByRole('textbox', { name: '题目（中文）' }).fill(QUESTION);
  await editor(page).getByRole('textbox', { name: '代码', exact: true }).fill('disinfection_keeper');
  await editor(page).getByRole('radiogroup', { name: '何时出现' }).getByRole('radio', { name: '满足条件才出现' }).check();
  const condition = editor(page).getByRole('group', { name: '满足条件才出现', exact: true });
  await pick(condition, '前面的题目', '入口逐人测温');
  await condition.getByRole('button', { name: '加一个条件' }).click();
  const second = editor(page).getByRole('group', { name: '满足条件才出现 2' });
  await pick(second, '条件', '区域风险属于');
  await pick(second, '风险等级', '高风险');
  await page.keyboard.press('Escape');
  await expect(editor(page).getByText('“入口逐人测温”答“是”，并且区域风险是高风险')).toBeVisible();
  await expectNoAxeViolations(page);

  // Tried before it is published: not asked of most, asked of one in a grave area who answers yes.
  await expect(preview(page).getByText(`“${QUESTION}”现在不问`)).toBeVisible();
  await pick(preview(page), '区域风险', '高风险');
  await preview(page).locator('#ask-temperature_gate-box').getByRole('radio', { name: '是' }).check();
  const tried = preview(page).locator('#ask-disinfection_keeper-box');
  await expect(tried).toContainText('必填');
  await preview(page).getByRole('switch', { name: '标出没填的' }).click();
  await expect(tried.getByRole('alert')).toHaveText('请填写这一项');
  await tried.getByRole('textbox').fill('王建国');
  await expect(tried.getByRole('alert')).toHaveCount(0);

  // The mistake: a text lacks its other language. It is said where it lacks.
  await outline(page).getByRole('button', { name: /^\d+\. 场所防控/ }).click();
  await page.getByRole('button', { name: '发布' }).click();
  const english = editor(page).getByRole('textbox', { name: '题目（英文）' });
  await expect(english).toHaveAttribute('aria-invalid', 'true');
  await expect(english).toHaveAccessibleDescription('请填写');
  await expect(page.getByRole('list', { name: '要改的地方' })).toContainText(QUESTION);
  await expectNoAxeViolations(page);
  await english.fill('Who keeps the record of disinfection');
  await expect(page.getByText('没有问题，可以发布')).toBeVisible();

  // From the keyboard: down into the next section and back again; a step back takes a change back.
  await outline(page).getByRole('button', { name: QUESTION }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(outline(page).getByRole('button', { name: QUESTION })).toBeVisible();
  // It leads others: what asks about it is named before it goes.
  await outline(page).getByRole('button', { name: '入口逐人测温' }).click();
  // Also for those who want nothing to move.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: '删除“入口逐人测温”' }).click();
  await expect(form(page)).toHaveCSS('opacity', '1');
  await expect(form(page).getByText(`“${QUESTION}”何时出现`)).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '取消' }).click();
  await page.emulateMedia({ reducedMotion: null });

  // Leaving asks, and the draft is there afterwards.
  await page.getByLabel('主菜单').getByRole('link', { name: '告警' }).click();
  await form(page).getByRole('button', { name: '离开' }).click();
  // Arrived before the next address is asked for: a page that is still on its way there would take this one back.
  await page.waitForURL(/\/alarms/);
  await page.goto('/application-forms');
  await page.getByRole('link', { name: '接着改草稿' }).click();
  await outline(page).getByRole('button', { name: /^\d+\. 场所防控/ }).click();
  await expect(outline(page).getByRole('button', { name: QUESTION })).toBeVisible();
  await page.getByRole('button', { name: '发布' }).click();
  await form(page).getByRole('button', { name: '发布' }).click();
  await expect(form(page).getByText('请写理由，会记入审计')).toBeVisible();
  await expect(form(page).getByText('新增 1 处，修改 0 处，删除 0 处')).toBeVisible();
  await form(page).getByRole('textbox', { name: '修改说明' }).fill('高风险区域要有人保管消毒记录');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '发布' }).click();
  await expect(page.getByText(`新增题目“${QUESTION}”，在“场所防控”`)).toBeVisible();
  await expect(page.getByText('新增 1 处，修改 0 处，删除 0 处')).toBeVisible();
  await expect(page.getByText('高风险区域要有人保管消毒记录').first()).toBeVisible();
  await expectNoAxeViolations(page);

  // The street becomes grave.
  const street = area_code.slice(0, 9);
  const { items: areas } = (await (await page.request.get(`/api/v1/areas?search=${street}`)).json()) as { items: { code: string; name: string }[] };
  const name = areas.find((it) => it.code === street)!.name;
  await page.getByLabel('主菜单').getByRole('link', { name: '风险等级' }).click();
  await expect(page.getByText('还没有设定风险等级')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('textbox', { name: '按名称或代码查找' }).fill(street);
  await page.getByRole('button', { name: `${name} ${street}` }).click();
  await page.getByRole('button', { name: '设定等级' }).click();
  await expect(form(page).getByText(`下面有 ${areas.length - 1} 个区域跟随，一起改变。`)).toBeVisible();
  await form(page).getByRole('button', { name: '设定', exact: true }).click();
  await expect(form(page).getByText('请选风险等级')).toBeVisible();
  await form(page).getByRole('radio', { name: '高风险' }).check();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '设定', exact: true }).click();
  const detail = page.getByRole('region', { name: '区域详情' });
  await expect(detail).toContainText('单独设定');
  await page.getByRole('textbox', { name: '按名称或代码查找' }).fill(area_code);
  await page.getByRole('button', { name: new RegExp(area_code) }).click();
  await expect(detail).toContainText(`跟随${name}`);
  await expectNoAxeViolations(page);

  // Whoever begins now meets the question, once she answers what leads to it.
  await enterprise.goto('/applications');
  await enterprise.getByRole('button', { name: '申请复工' }).first().click();
  await form(enterprise).getByRole('checkbox', { name: SITE }).check();
  await form(enterprise).getByRole('button', { name: '开始填写' }).click();
  await enterprise.waitForURL(/\/applications\/app_/);
  await enterprise.getByRole('navigation', { name: '申请表的各部分' }).getByRole('link', { name: /^场所防控/ }).click();
  const asked = enterprise.getByRole('region', { name: '场所防控', exact: true });
  await expect(asked.locator('#ask-temperature_gate-box')).toBeVisible();
  await expect(asked.getByRole('textbox', { name: QUESTION })).toHaveCount(0);
  await asked.locator('#ask-temperature_gate-box').getByRole('radio', { name: '是' }).check();
  await expect(asked.getByRole('textbox', { name: QUESTION })).toBeVisible();
  await expect(asked.locator('#ask-disinfection_keeper-box')).toContainText('必填');
  await expect(enterprise.getByText(/^已保存/)).toBeVisible();
  await enterprise.getByRole('button', { name: '放弃草稿' }).click();
  await form(enterprise).getByRole('button', { name: '放弃草稿' }).click();
  await enterprise.waitForURL(/\/applications$/);
  // She has no business with the form itself.
  await enterprise.goto('/application-forms/edit');
  await expect(enterprise.getByRole('heading', { name: '你看不到这些' })).toBeVisible();
  await enterprise.close();

  // Taken back, the street follows the district again.
  await page.getByRole('textbox', { name: '按名称或代码查找' }).fill('');
  await page.getByRole('button', { name: '单独设定的区域' }).click();
  await page.getByRole('button', { name: `看${name}` }).click();
  await page.getByRole('button', { name: '改为跟随上级' }).click();
  await form(page).getByRole('button', { name: '改为跟随上级' }).click();
  await expect(detail).toContainText('没有设定，默认低风险');

  // On the phone one pane at a time.
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await page.goto('/application-forms?tab=preview');
  await expect(page.getByText(/^问 \d+ 题，共 \d+ 题$/)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: '出新版本' }).click();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page, HALF_HIDDEN);
  await outline(page).getByRole('button', { name: /^\d+\. 场所防控/ }).click();
  await expect(editor(page)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.getByText('预览', { exact: true }).click();
  await expect(preview(page)).toBeVisible();
  await expect(editor(page)).toHaveCount(0);
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page, HALF_HIDDEN);
});
