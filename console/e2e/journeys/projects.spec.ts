// A building site: its real-name roster seen by companies and teams, who came, and the workbook for the national platform.
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { phone } from '../browser';
import { form } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

const SITE = '江口大桥工地';

async function made<T>(page: Page, path: string, data: unknown): Promise<T> {
  const { csrf_token } = (await (await page.request.get('/api/v1/session')).json()) as { csrf_token: string };
  const answer = await page.request.post(`/api/v1${path}`, { headers: { 'x-csrf-token': csrf_token, 'idempotency-key': randomUUID() }, data });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

test('a project shows its companies, teams and attendance, and is exported in the national terms with a reason', async ({ page, signIn, expectNoAxeViolations, browser, baseURL }) => {
  test.setTimeout(120_000);
  await signIn(page, 'enterprise');
  const { items } = (await (await page.request.get('/api/v1/sites?limit=1')).json()) as { items: { enterprise_id: string; area_code: string }[] };
  const admin = await browser.newPage({ baseURL });
  await signIn(admin, 'administrator');
  const site = await made<{ id: string }>(admin, '/sites', { ...items[0]!, enterprise_id: items[0]!.enterprise_id, area_code: items[0]!.area_code, kind: 'construction_project', name: SITE });
  await admin.close();

  await page.getByLabel('主菜单').getByRole('link', { name: '工地' }).click();
  await page.getByRole('link', { name: SITE }).click();
  await expect(page.getByText('名册里还没有人')).toBeVisible();
  await expectNoAxeViolations(page);
  const crew = { employer_name: '榕建劳务', employer_credit_code: '91350100M000100Y43', employer_kind: 'labour_subcontractor', trade: '钢筋工', crew_role: 'worker' };
  await made(page, '/people', {
    name: '许国庆', document_kind: 'passport', document_number: 'E41234567', phone: '13905910077', attested_at: null, left_affected_area_on: null,
    employment: { site_id: site.id, employee_no: '9001', card_no: null, team: '钢筋一班', post: null, shift_window_id: null, starts_on: '2020-03-01', ...crew },
  });
  await page.reload();
  await page.getByText('榕建劳务').first().click();
  await expect(page.getByRole('row', { name: /钢筋一班/ }).first()).toBeVisible();
  const attendance = page.getByRole('region', { name: '考勤' });
  await expect(attendance.getByText('许*庆')).toBeVisible();
  await expect(attendance.getByText('没见到')).toBeVisible();
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: '导出住建实名制' }).click();
  await form(page).getByRole('button', { name: '准备文件' }).click();
  await expect(form(page).getByText('请填写理由')).toBeVisible();
  await form(page).getByRole('textbox', { name: '理由' }).fill('报送区住建局');
  await form(page).getByRole('button', { name: '准备文件' }).click();
  await expectNoAxeViolations(page);
  const [file] = await Promise.all([page.waitForEvent('download'), form(page).getByRole('link', { name: '下载工作簿' }).click()]);
  expect(file.suggestedFilename()).toBe('real-name.xlsx');
  await form(page).getByRole('button', { name: '取消' }).click();

  await page.setViewportSize(phone);
  await expect(attendance.getByText('许*庆')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});
