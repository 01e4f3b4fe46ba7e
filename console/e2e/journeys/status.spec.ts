import { form } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll, signInOnPhone } from '../phone';

test('a change of the status rules is tried, published, and turns somebody amber who appeals', async ({ page, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  const worker = app.people[5]!;
  const phone = await page.context().browser()!.newPage({ baseURL: app.base_url, isMobile: false });
  await signInOnPhone(phone, worker);
  await phone.getByRole('link', { name: '填写申报' }).click();
  await phone.getByRole('button', { name: '加一处' }).click();
  await phone.getByLabel('省、市、区县').fill('某省江城市东区');
  const yesterday = new Date(Date.now() - 16 * 3_600_000).toISOString().slice(0, 10);
  await phone.getByLabel('从哪天').fill(yesterday);
  await phone.getByLabel('到哪天').fill(yesterday);
  await phone.getByRole('button', { name: '提交申报' }).click();
  await expect(phone.getByRole('region', { name: '我的状态' })).toContainText('可以进入');

  await signIn(page, 'health_authority');
  await page.goto('/status-rules');
  await expect(page.getByText(/离开疫区后 14 天/)).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '改规则' }).click();
  await form(page).getByRole('button', { name: '加一个疫区' }).click();
  await form(page).getByLabel('地名').fill('江城市');
  await form(page).getByLabel('从哪天').fill('2020-01-01');
  await form(page).getByLabel('理由').fill('省指挥部第 12 号通告');
  await form(page).getByRole('button', { name: '试算' }).click();
  await expect(form(page).getByRole('status', { name: '试算结果' })).toContainText('1 人');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '发布' }).click();
  await expect(page.getByText(/疫区：江城市/)).toBeVisible();

  await expect(async () => {
    await phone.reload();
    await expect(phone.getByRole('region', { name: '我的状态' })).toContainText('不可进入', { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await phone.getByRole('link', { name: '为什么是这个颜色' }).click();
  await expect(phone.getByText(/疫区：江城市/)).toBeVisible();
  await expectNoSidewaysScroll(phone);
  await expectNoAxeViolations(phone);
  await phone.goto('/m/appeals');
  await phone.getByRole('button', { name: '提出申诉' }).click();
  await phone.getByLabel('哪里不对').fill('我只在车站换车，没有出站');
  await phone.getByRole('button', { name: '提交' }).click();
  await expect(phone.getByText('待答复')).toBeVisible();
  await expectNoSidewaysScroll(phone);
  await expectNoAxeViolations(phone);

  await page.goto('/people');
  await page.getByRole('link', { name: /项申诉/ }).click();
  await expect(page).toHaveURL(/\/appeals/);
  await expectNoAxeViolations(page);
  await page.locator('a[href^="/people/appeals/"]').first().click();
  await expect(page.getByText('我只在车站换车，没有出站')).toBeVisible();
  await page.getByRole('button', { name: '答复' }).click();
  await form(page).getByLabel(/到过疫区/).check();
  await form(page).getByLabel(/答复/).fill('核实为车站换乘，已更正');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '更正状态' }).click();
  await expect(page.getByText('已更正').first()).toBeVisible();
  await phone.reload();
  await expect(phone.getByText('答复：核实为车站换乘，已更正')).toBeVisible();
  await phone.goto('/m');
  await expect(phone.getByRole('region', { name: '我的状态' })).toContainText('可以进入');
  await phone.close();
});

test('red by hand waits for another of the health authority', async ({ page, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'health_authority');
  await page.goto('/people');
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('button', { name: '定为红色' }).click();
  await form(page).getByLabel('依据').fill('核酸阳性报告');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '提出' }).click();
  await expect(page.getByText('已提出，等另一人确认')).toBeVisible();
  await page.goto('/people/red-orders');
  await expect(page.getByText('等另一位疾控人员确认')).toBeVisible();
  await expect(page.getByRole('button', { name: '确认定红' })).toHaveCount(0);
  await expectNoAxeViolations(page);
});
