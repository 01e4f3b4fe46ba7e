import { expect, test } from '../fixtures';
import { faceEvent } from '../hikvision';
import { form } from '../desk';

test('command sees the district, and takes an alarm from raised to closed @phone', async ({ page, app, signIn, push, expectNoAxeViolations, isMobile }) => {
  const device = app.devices[0];
  if (!device) throw new Error('no device');
  await push(0, faceEvent(device, { employee_no: app.people.find((it) => it.site_id === device.site_id)?.employee_no, temperature: 38.2 }), 'application/json');
  await signIn(page, 'command');
  await expect(page.getByRole('heading', { name: '总览' })).toBeVisible();
  await expect(page.getByText('未结告警')).toBeVisible();
  // On a phone the fixed tabs lie over whatever is scrolled under them just then, which axe takes for a small target.
  await expectNoAxeViolations(page, { without: isMobile ? ['target-size'] : [] });
  await page.goto('/alarms?kind=fever_suspected');
  await page.getByRole('link', { name: '疑似发热' }).first().click();
  const panel = page.getByLabel('告警详情');
  await panel.getByRole('button', { name: '确认告警' }).click();
  await expect(panel.getByText('已确认').first()).toBeVisible();
  await expectNoAxeViolations(page);
  await panel.getByRole('button', { name: '记处置' }).click();
  await form(page).getByRole('radio', { name: '隔离' }).check();
  await form(page).getByLabel('说明').fill('带到临时隔离点，保持 2 米');
  await form(page).getByRole('button', { name: '记下' }).click();
  await expect(panel.getByText('带到临时隔离点，保持 2 米')).toBeVisible();
  await panel.getByRole('button', { name: '关闭告警' }).click();
  await form(page).getByLabel('说明').fill('体温计复测 36.5，排除');
  await form(page).getByRole('button', { name: '关闭告警' }).click();
  await expect(form(page).getByRole('alert')).toContainText('要先有体温计读数');
  await form(page).getByRole('radio', { name: '误报' }).check();
  await form(page).getByRole('button', { name: '关闭告警' }).click();
  await expect(panel.getByText('体温计复测 36.5，排除')).toBeVisible();
  await expect(panel.getByText('已关闭').first()).toBeVisible();
});

test('the desk speaks both languages @phone', async ({ page, expectNoAxeViolations }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expectNoAxeViolations(page);
  await page.reload();
  await expect(page.getByLabel('Password')).toBeVisible();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByLabel('密码')).toBeVisible();
});
