// A site is visited: a correction, a visit that fails, the network gone in the middle, a re-check, and then it is open.
import type { Locator, Page } from '@playwright/test';
import { apply, call, FORM, submit, type Made } from '../application';
import { desktop } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const PHONE = { width: 390, height: 844 };
const CONTEXT = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };

/** Draws in a frame to sign in. */
async function sign(page: Page, frame: Locator): Promise<void> {
  await frame.scrollIntoViewIfNeeded();
  const box = (await frame.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.5);
  await page.mouse.down();
  for (let n = 1; n <= 24; n += 1) await page.mouse.move(box.x + box.width * (0.2 + n * 0.02), box.y + box.height * (0.5 + (n % 4) * 0.06));
  await page.mouse.up();
}

async function signBoth(page: Page): Promise<void> {
  await page.getByLabel('专员', { exact: true }).fill('林专员');
  await page.getByLabel('企业在场人').fill('王建国');
  for (const frame of await page.locator('.sign-pad').all()) await sign(page, frame);
}

/** The visit of an application that is to be made. */
async function plannedOf(page: Page, application: Made): Promise<Made> {
  const { items } = await call<{ items: Made[] }>(page, 'GET', `/inspections?state=planned&application_id=${application.id}`);
  expect(items).toHaveLength(1);
  return items[0]!;
}

const item = (page: Page, words: RegExp) => page.getByRole('group', { name: words });

async function photograph(page: Page, words: RegExp, picture: Buffer): Promise<void> {
  await item(page, words).locator('input[type=file]').setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: picture });
  await expect(item(page, words).getByRole('img')).toBeVisible();
}

test('a site is corrected, visited twice, and opens', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  test.setTimeout(240_000);
  const picture = await page.screenshot({ type: 'jpeg' });
  const as = async (role: string) => {
    const own = await browser.newPage({ baseURL: app.base_url, viewport: desktop, ...CONTEXT });
    await signIn(own, role);
    return own;
  };
  const [admin, command, enterprise] = [await as('administrator'), await as('command'), await as('enterprise')];
  const built = await call<{ version: number }>(command, 'GET', '/application-forms');
  await call(command, 'POST', '/application-forms', { definition: FORM, note: '短表', from_version: built.version });
  const known = await call<{ items: { id: string; enterprise_id: string; area_code: string }[] }>(enterprise, 'GET', '/sites');
  const { enterprise_id, area_code } = known.items.find((it) => it.enterprise_id)!;
  const site = await call<Made>(admin, 'POST', '/sites', { name: '四号厂房', kind: 'factory', enterprise_id, area_code });
  const made = await apply(enterprise, site.id, 0);

  // A correction first.
  await signIn(page, 'reviewer');
  await page.goto(`/review/${made.id}`);
  await page.getByRole('button', { name: '领取' }).click();
  await page.getByRole('button', { name: '退回补正' }).click();
  await form(page).getByRole('textbox').fill('请核对人数');
  await form(page).getByRole('button', { name: '退回补正' }).click();
  await expect(page.locator('.review-head .state-tag')).toHaveText('已退回');
  await submit(enterprise, made.id);
  await page.reload();
  await page.getByRole('button', { name: '领取' }).click();
  await page.getByRole('button', { name: '安排验收' }).click();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '安排验收' }).click();
  await expect(page.locator('.review-head .state-tag')).toHaveText('待验收');

  // He answers for the enterprise, and it is his to visit.
  const officer = await browser.newPage({ baseURL: app.base_url, viewport: PHONE, ...CONTEXT });
  await signIn(officer, 'officer');
  const { account } = await call<{ account: { id: string; display_name: string } }>(officer, 'GET', '/session');
  const { items: duties } = await call<{ items: { enterprise_id: string | null }[] }>(officer, 'GET', '/assignments');
  if (!duties.some((it) => it.enterprise_id === enterprise_id)) await call(command, 'POST', '/assignments', { officer_id: account.id, kind: 'enterprise_officer', enterprise_id });
  const visit = await plannedOf(page, made);
  await page.goto(`/inspections/${visit.id}`);
  await page.getByRole('button', { name: '派人和时间' }).click();
  await pick(form(page), '专员', account.display_name);
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '派人和时间' }).click();
  await expect(page.getByText(`等 ${account.display_name} 去验收。`)).toBeVisible();

  // On the phone, walking through the site.
  await officer.goto('/inspections?tab=mine');
  await expect(officer.locator(`a[href="/inspections/${visit.id}"]`)).toBeVisible();
  await officer.goto(`/inspections/${visit.id}`);
  await expect(officer.getByRole('heading', { name: /^验收报告/ })).toBeVisible();
  await expectNoSidewaysScroll(officer);
  await expectNoAxeViolations(officer);
  await officer.getByRole('button', { name: '签字提交' }).click();
  await expect(officer.getByText('这一项还没看').first()).toBeVisible();
  await expectNoAxeViolations(officer);
  for (const group of await officer.locator('.inspection-item').all()) await group.getByText('合格', { exact: true }).click();
  await item(officer, /口罩够用三天以上/).getByText('不合格', { exact: true }).click();
  await item(officer, /口罩够用三天以上/).getByLabel('哪里不合格').fill('只够一天');
  const due = new Date(Date.now() + 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  await item(officer, /口罩够用三天以上/).getByLabel('整改期限').fill(due);
  await photograph(officer, /每个入口能测温/, picture);
  await photograph(officer, /临时隔离室/, picture);
  await signBoth(officer);
  // What was written is there after the page was closed.
  await officer.reload();
  await expect(item(officer, /口罩够用三天以上/).getByLabel('哪里不合格')).toHaveValue('只够一天');
  await expect(item(officer, /临时隔离室/).getByText('已送到')).toBeVisible();

  // The network is gone: the photograph and the report wait, and go by themselves.
  await officer.context().setOffline(true);
  await photograph(officer, /口罩够用三天以上/, picture);
  await officer.getByRole('button', { name: '签字提交' }).click();
  await expect(form(officer)).toContainText('会安排复查');
  await form(officer).getByRole('button', { name: '签字提交' }).click();
  await expect(officer.getByText('报告已存好，有网后自动送出。请不要关闭本页。')).toBeVisible();
  await expectNoAxeViolations(officer);
  await officer.context().setOffline(false);
  await expect(officer.locator('.review-head .state-tag')).toHaveText('不通过', { timeout: 20_000 });
  await expect(officer.getByRole('heading', { name: '要整改的' })).toBeVisible();
  await expectNoSidewaysScroll(officer);
  await expectNoAxeViolations(officer);

  // The re-check asks for that only.
  const again = await plannedOf(page, made);
  await call(page, 'POST', `/inspections/${again.id}/plan`, { mode: 'on_site', officer_id: account.id, planned_on: null, starts_at: null });
  await officer.goto(`/inspections/${again.id}`);
  await expect(officer.locator('.inspection-item')).toHaveCount(1);
  await item(officer, /口罩够用三天以上/).getByText('合格', { exact: true }).click();
  await signBoth(officer);
  await officer.getByRole('button', { name: '签字提交' }).click();
  await form(officer).getByRole('button', { name: '签字提交' }).click();
  await expect(officer.locator('.review-head .state-tag')).toHaveText('通过', { timeout: 20_000 });

  // At the desk: it is decided, and listed under a batch.
  await page.goto(`/review/${made.id}`);
  await page.getByRole('button', { name: '批准复工' }).click();
  await form(page).getByRole('button', { name: '新建批次' }).click();
  await form(page).getByLabel('类别').click();
  await page.locator('.ant-select-item-option').filter({ hasText: '民生保障' }).click();
  await form(page).getByLabel('依据（文件或会议）').fill('第三号通告');
  await form(page).getByRole('group', { name: '新建白名单批次' }).getByRole('button', { name: '新建批次' }).click();
  await expect(form(page).getByText('民生保障第 1 批')).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '批准复工' }).click();
  await expect(page.locator('.review-head .state-tag')).toHaveText('已批准');
  const opened = await call<{ open_state: string }>(admin, 'GET', `/sites/${site.id}`);
  expect(opened.open_state).toBe('open');
  const shown = await page.request.get('/api/v1/reopenings?category=livelihood');
  expect(await shown.text()).toContain(made.number);
  await Promise.all([admin, command, enterprise, officer].map((it) => it.close()));
});
