import { pick, form } from '../desk';
import { expect, test } from '../fixtures';
import { faceEvent } from '../hikvision';
import { creditCode } from '../numbers';

test('an administrator makes an enterprise, a site, a gate and a device, and its first push is on the desk', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'administrator');
  await page.goto('/enterprises');
  await page.getByRole('button', { name: '新建企业' }).click();
  await form(page).getByLabel('名称').fill('江畔食品有限公司');
  await form(page).getByLabel('统一社会信用代码').fill(`${creditCode(20).slice(0, 17)}${creditCode(20).endsWith('0') ? '1' : '0'}`);
  await pick(form(page), '区域', '榕滨区');
  await form(page).getByLabel('行业').fill('C14');
  await form(page).getByRole('button', { name: '保存' }).click();
  await expect(form(page).getByText(/信用代码最后一位不对|最后一位|校验/)).toBeVisible();
  await form(page).getByLabel('统一社会信用代码').fill(creditCode(20));
  await form(page).getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('link', { name: '江畔食品有限公司' })).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto('/sites');
  await page.getByRole('button', { name: '新建场所' }).click();
  await form(page).getByLabel('名称').fill('江畔食品一厂');
  await pick(form(page), '企业', '江畔食品');
  await pick(form(page), '区域', '榕滨区');
  await form(page).getByRole('button', { name: '保存' }).click();
  await page.getByRole('link', { name: '江畔食品一厂' }).click();
  await page.getByRole('button', { name: '改复工状态' }).click();
  await form(page).getByRole('radio', { name: '已复工' }).check();
  await form(page).getByLabel('理由').fill('街道已验收');
  await form(page).getByRole('button', { name: '改状态' }).click();
  await expect(page.getByLabel('场所详情').getByText('已复工').first()).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto('/gates');
  await page.getByRole('button', { name: '新建门岗' }).click();
  await pick(form(page), '场所', '江畔食品一厂');
  await form(page).getByLabel('名称').fill('北门');
  await form(page).getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('link', { name: '北门' })).toBeVisible();

  await page.goto('/devices');
  await page.getByRole('button', { name: '接入设备' }).click();
  await form(page).getByLabel('型号').fill('DS-K1T671TM');
  await form(page).getByLabel('序列号').fill('GX0000901');
  await pick(form(page), '门岗', '北门');
  await form(page).getByRole('button', { name: '接入设备' }).click();
  await expect(page.getByRole('heading', { name: '终端安装单' })).toBeVisible();
  await expectNoAxeViolations(page);
  const printed = page.evaluate(() => new Promise<boolean>((done) => window.addEventListener('beforeprint', () => done(true), { once: true })));
  await page.getByRole('button', { name: '打印安装单' }).click();
  expect(await printed).toBe(true);
  const path = await page.getByRole('row', { name: /路径/ }).getByRole('cell').last().innerText();

  const body = faceEvent({ serial: 'GX0000901', mac: '02:00:5e:10:09:01' }, { temperature: 36.3 });
  const answer = await fetch(new URL(path, app.devices_url), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(answer.status).toBe(200);
  const other = await browser.newContext({ baseURL: app.base_url, locale: 'zh-CN' });
  const desk = await other.newPage();
  await signIn(desk, 'command');
  await desk.goto('/screenings');
  await expect(desk.getByRole('row', { name: /江畔食品一厂/ }).first()).toBeVisible();
  await other.close();
});

test('an administrator has no way to people', async ({ page, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'administrator');
  await expect(page.getByRole('link', { name: '人员' })).toHaveCount(0);
  expect((await page.request.get('/api/v1/people')).status()).toBe(403);
  await page.goto('/people');
  await expect(page.getByText('你看不到这些')).toBeVisible();
  await expectNoAxeViolations(page);
});
