// The command changes how applications run: tries it, publishes it for tomorrow and takes it back; says who reviews for whom,
// has one thing more looked at on visits, and has a site that is open visited.
import type { Page } from '@playwright/test';
import { apply, call, FORM, type Made } from '../application';
import { desktop } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const DEPARTMENT = '市场监管部门';
const ITEM = '外来车辆登记并消毒';
const PHONE = { width: 390, height: 844 };
/** What stands half under the tabs at the bottom is scrolled to before it is touched. */
const HALF_HIDDEN = { without: ['target-size'] };

interface Versioned { version: number; definition: unknown }

const editor = (page: Page) => page.getByRole('region', { name: '编辑' });
const menu = (page: Page, name: string) => page.getByLabel('主菜单').getByRole('link', { name });

/** The page as it is, on a phone and back. */
async function onPhone(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  await page.setViewportSize(PHONE);
  await look(page);
  await page.setViewportSize(desktop);
}

/** Tomorrow at noon here, as it is typed. */
function tomorrow(): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + 86_400_000);
  return `${day}T12:00`;
}

test('a rulebook gains a department, is tried, waits for its moment and is taken back', async ({ page, signIn, expectNoAxeViolations }) => {
  test.setTimeout(180_000);
  const look = async (it: Page) => { await expectNoSidewaysScroll(it); await expectNoAxeViolations(it, HALF_HIDDEN); };
  await signIn(page, 'command');
  const before = await call<Versioned>(page, 'GET', '/rulebooks');
  await menu(page, '复工办法').click();
  const shown = page.getByRole('region', { name: `第 ${before.version} 版`, exact: true });
  await expect(shown.getByRole('heading', { name: '审核路线' })).toBeVisible();
  await expect(shown).toContainText('批准前要现场验收');
  await expectNoAxeViolations(page);
  await onPhone(page, look);

  // A department, and a route that hears it. The mistake: its English name lacks.
  await page.getByRole('link', { name: '出新版本' }).click();
  await page.getByRole('button', { name: '新增部门' }).click();
  await editor(page).getByRole('textbox', { name: '名称（中文）' }).fill(DEPARTMENT);
  await page.getByRole('button', { name: '发布' }).click();
  const english = editor(page).getByRole('textbox', { name: '名称（英文）' });
  await expect(english).toHaveAccessibleDescription('请填写');
  await expect(page.getByRole('list', { name: '要改的地方' })).toContainText(DEPARTMENT);
  await expectNoAxeViolations(page);
  await english.fill('Market regulation');
  await page.getByRole('button', { name: '3. 一般企业' }).click();
  await editor(page).getByRole('combobox', { name: '批准前征求哪些部门的意见' }).click();
  await page.getByTitle(DEPARTMENT).click();
  await page.keyboard.press('Escape');

  // Tried on a usual enterprise before it is published.
  const tried = page.getByRole('region', { name: '试算' });
  await expect(tried.getByText('这样的企业，办法变了：')).toBeVisible();
  await expect(tried.locator('.compare-pair').first()).toContainText(`不征求`);
  await expect(tried.locator('.compare-pair').first()).toContainText(DEPARTMENT);
  await expect(tried.getByText(`新增部门“${DEPARTMENT}”`)).toBeVisible();
  await expect(page.getByText('没有问题，可以发布')).toBeVisible();
  await expectNoAxeViolations(page);
  await onPhone(page, async (it) => {
    for (const pane of ['目录', '编辑', '试算']) {
      await it.locator('.edit-panes').getByText(pane, { exact: true }).click();
      await look(it);
    }
  });

  // What uses it is named before it goes; a step back takes it back.
  await page.getByRole('button', { name: DEPARTMENT, exact: true }).click();
  await page.getByRole('button', { name: `删除“${DEPARTMENT}”` }).click();
  await expect(form(page).getByText('“一般企业”不再征求它的意见')).toBeVisible();
  await form(page).getByRole('button', { name: '删除' }).click();
  await expect(page.getByRole('button', { name: DEPARTMENT, exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await expect(page.getByRole('button', { name: DEPARTMENT, exact: true })).toBeVisible();

  // Leaving asks, and the draft is there afterwards.
  await menu(page, '告警').click();
  await form(page).getByRole('button', { name: '离开' }).click();
  await page.goto('/rulebooks');
  await page.getByRole('link', { name: '接着改草稿' }).click();
  await page.getByRole('button', { name: '发布' }).click();
  await form(page).getByRole('radio', { name: '以后' }).check();
  await form(page).getByRole('button', { name: '发布' }).click();
  await expect(form(page).getByText('请选生效时间')).toBeVisible();
  await form(page).getByLabel('生效时间').fill('2020-02-10T09:00');
  await form(page).getByRole('textbox', { name: '修改说明' }).fill('食品企业由市场监管部门一起看');
  await expect(form(page).getByText('这个时间已经过了，请选以后的')).toBeVisible();
  await form(page).getByLabel('生效时间').fill(tomorrow());
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '发布' }).click();

  const waiting = page.getByRole('region', { name: /^第 \d+ 版待生效$/ });
  await expect(waiting.getByRole('timer')).toContainText(/\d\d:\d\d:\d\d/);
  await expect(page.getByText(`新增部门“${DEPARTMENT}”`)).toBeVisible();
  await expect(page.getByText('修改审核路线“一般企业”')).toBeVisible();
  await expectNoAxeViolations(page);
  await onPhone(page, look);
  // Another version does not go in before it: the editor says so.
  await page.getByRole('link', { name: '出新版本' }).click();
  await expect(page.getByText('一次只能有一版待生效')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: '去看待生效的版本' }).click();
  await waiting.getByRole('button', { name: '撤回' }).click();
  await expect(form(page).getByText('现行版本继续有效')).toBeVisible();
  await form(page).getByRole('button', { name: '撤回' }).click();
  await expect(waiting).toHaveCount(0);
  await expect(page.getByText('已撤回').first()).toBeVisible();
  await expectNoAxeViolations(page);
  expect((await call<Versioned>(page, 'GET', '/rulebooks')).version).toBe(before.version);
});

test('a reviewer is given a department, and reads where she belongs', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'command');
  await page.goto('/rulebooks');
  await page.getByRole('link', { name: '部门和审核人' }).click();
  const set = page.getByRole('button', { name: /^设定部门：/ }).first();
  await expect(set).toBeVisible();
  await expectNoAxeViolations(page);
  await onPhone(page, async (it) => { await expectNoSidewaysScroll(it); await expectNoAxeViolations(it, HALF_HIDDEN); });
  const choose = async (on: boolean) => {
    await set.click();
    await form(page).getByRole('checkbox', { name: '卫健部门' }).setChecked(on);
    await expectNoAxeViolations(page);
    await form(page).getByRole('button', { name: '保存' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await choose(true);
  await expect(page.locator('.reviewer-list > li').first()).toContainText('卫健部门');
  const reviewer = await browser.newPage({ baseURL: app.base_url, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await signIn(reviewer, 'reviewer');
  await menu(reviewer, '复工办法').click();
  await expect(reviewer.locator('section').filter({ hasText: '我所在的部门' }).last()).toContainText('卫健部门');
  await expect(reviewer.getByRole('link', { name: '出新版本' })).toHaveCount(0);
  await reviewer.goto('/rulebooks/edit');
  await expect(reviewer.getByText('你看不到这些').first()).toBeVisible();
  await choose(false);
  await expect(page.locator('.reviewer-list > li').first()).toContainText('不在任何部门');
  await reviewer.close();
});

test('visits look at one thing more, and what is open is visited again', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  test.setTimeout(180_000);
  const look = async (it: Page) => { await expectNoSidewaysScroll(it); await expectNoAxeViolations(it, HALF_HIDDEN); };
  await signIn(page, 'command');
  const before = await call<Versioned>(page, 'GET', '/checklists');
  await menu(page, '验收检查表').click();
  await expect(page.getByRole('heading', { name: '1. 防控机制' })).toBeVisible();
  await expectNoAxeViolations(page);
  await onPhone(page, look);
  await page.getByRole('link', { name: '出新版本' }).click();
  await page.getByRole('navigation', { name: '检查表目录' }).getByRole('button', { name: /^3\. / }).click();
  await page.getByRole('button', { name: /^在“.*”新增检查项$/ }).click();
  await editor(page).getByRole('textbox', { name: '应当怎样（中文）' }).fill(ITEM);
  await page.getByRole('button', { name: '发布' }).click();
  const english = editor(page).getByRole('textbox', { name: '应当怎样（英文）' });
  await expect(english).toHaveAccessibleDescription('请填写');
  await english.fill('Vehicles from outside are written down and disinfected');
  await editor(page).getByRole('switch', { name: '关键项' }).click();
  await expect(page.getByText('没有问题，可以发布')).toBeVisible();
  await expectNoAxeViolations(page);
  await onPhone(page, async (it) => {
    for (const pane of ['目录', '编辑', '预览']) {
      await it.locator('.edit-panes').getByText(pane, { exact: true }).click();
      await look(it);
    }
  });
  await page.getByRole('button', { name: '发布' }).click();
  await form(page).getByRole('textbox', { name: '修改说明' }).fill('外来车辆多');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '发布' }).click();
  await expect(page.getByText(`新增检查项“${ITEM}”`)).toBeVisible();
  await expect(page.getByText('新增 1 处，修改 0 处，删除 0 处')).toBeVisible();
  await expectNoAxeViolations(page);

  // A site that is open, and somebody goes to see.
  const as = async (role: string) => {
    const own = await browser.newPage({ baseURL: app.base_url, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    await signIn(own, role);
    return own;
  };
  const [admin, enterprise] = [await as('administrator'), await as('enterprise')];
  const asked = await call<Versioned>(page, 'GET', '/application-forms');
  await call(page, 'POST', '/application-forms', { definition: FORM, note: '短表', from_version: asked.version });
  const known = await call<{ items: { enterprise_id: string; area_code: string }[] }>(enterprise, 'GET', '/sites');
  const { enterprise_id, area_code } = known.items.find((it) => it.enterprise_id)!;
  const site = await call<Made>(admin, 'POST', '/sites', { name: '五号厂房', kind: 'factory', enterprise_id, area_code });
  const made = await apply(enterprise, site.id, 0);
  const moved = (act: string, from_state: string, note: string | null) => call(page, 'POST', `/applications/${made.id}/moves`, { act, from_state, note, fields: [] });
  await moved('claim', 'submitted', null);
  await moved('approve', 'in_review', '情况清楚');
  await page.goto(`/review/${made.id}`);
  await page.getByRole('button', { name: '安排抽查' }).click();
  await pick(form(page), '专员', '');
  await form(page).getByLabel('日期').fill(tomorrow().slice(0, 10));
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '安排抽查' }).click();
  await page.waitForURL(/\/inspections\/insp_/);
  await expect(page.getByText('抽查').first()).toBeVisible();

  // As it was before, for whoever comes after: the site closed, the form and the checklist as they were.
  await moved('suspend', 'approved', '演示结束');
  await moved('revoke', 'suspended', '演示结束');
  const list = await call<Versioned>(page, 'GET', '/checklists');
  await call(page, 'POST', '/checklists', { definition: before.definition, note: '恢复', from_version: list.version });
  const now = await call<Versioned>(page, 'GET', '/application-forms');
  await call(page, 'POST', '/application-forms', { definition: asked.definition, note: '恢复', from_version: now.version });
  await admin.close();
  await enterprise.close();
});
