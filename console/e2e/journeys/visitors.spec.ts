// Who comes without working there: announced at the desk, asked on her own phone, let in at the gate; a coach, and a vehicle.
import { phone } from '../browser';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { onDuty, verdict } from '../tablet';

const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());

test('a visitor is announced, says on her phone how she is, and comes in', async ({ page, browser, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/visitors');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('访客');
  await page.getByRole('button', { name: '预约访客' }).first().click();
  const drawer = form(page);
  const gate = (await (await page.request.get(`/api/v1/gates/${app.gate_enrolment.gate_id}`)).json()) as { site_name: string };
  await pick(drawer, '场所', gate.site_name);
  await drawer.getByLabel('姓名').fill('李访客');
  await drawer.getByLabel('手机号').fill('13800002231');
  await drawer.getByLabel('单位').fill('榕江设备');
  await drawer.getByLabel('车牌').fill('闽A·12345');
  for (const [label, text] of [['首日', today()], ['每天从', '00:00'], ['到', '23:55']] as const) {
    const box = drawer.getByLabel(label, { exact: true }).or(drawer.getByLabel(`* ${label}`, { exact: true })).first();
    await box.fill(text);
    // The last one sends the form, too.
    await box.press('Enter');
  }
  const panel = page.getByRole('complementary', { name: '访客' });
  await expect(panel.getByRole('heading', { name: '李访客' })).toBeVisible();
  const code = await panel.getByText(/^V[0-9A-Z]{11}$/).first().innerText();
  await expectNoAxeViolations(page);

  const hers = await browser.newContext({ viewport: phone, baseURL: app.base_url, locale: 'zh-CN' });
  const own = await hers.newPage();
  await own.goto(`/m/visit#${code}`);
  await expect(own.getByRole('heading', { name: `来访 ${gate.site_name}` })).toBeVisible();
  for (const asked of ['发热、咳嗽、气促，或不明原因的乏力', '到过疫情重点地区，或从那里经过', '接触过确诊或疑似病例']) {
    await own.getByRole('group', { name: asked }).getByText('没有').click();
  }
  await own.getByRole('checkbox').check();
  await own.getByRole('button', { name: '提交' }).click();
  await expect(own.getByRole('status')).toContainText('可以来访');
  await expect(own.getByText(code)).toBeVisible();
  await hers.close();

  await page.context().clearCookies();
  await onDuty(page, app);
  await page.keyboard.press('F6');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('李*客')).toBeVisible();
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: '登记 李*客' }).click();
  await page.getByRole('dialog').getByLabel('体温').fill('36.4');
  await page.getByRole('dialog').getByRole('radio', { name: '戴好了' }).check();
  await page.getByRole('dialog').getByRole('button', { name: /Enter/ }).click();
  await expect(verdict(page)).toContainText('放行');
  await expect(verdict(page)).toContainText('李*客');

  // Her car is known by its plate; one that nobody announced needs a reason.
  await page.keyboard.press('F6');
  await page.getByRole('dialog').getByRole('radio', { name: '车辆' }).check();
  await page.getByRole('dialog').getByLabel('车牌或专车码').fill('闽A12345');
  await page.getByRole('dialog').getByRole('button', { name: '查询' }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: '访客预约的车' })).toBeVisible();
  await page.getByRole('dialog').getByLabel('车上人数').fill('1');
  await page.getByRole('dialog').getByRole('button', { name: '放行' }).click();
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('闽A12345 已登记');
  await page.getByRole('dialog').getByLabel('车牌或专车码').fill('闽A54321');
  await page.getByRole('dialog').getByRole('button', { name: '查询' }).click();
  await page.getByRole('dialog').getByLabel('车上人数').fill('2');
  await page.getByRole('dialog').getByRole('button', { name: '放行' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('请写明原因');
  await page.keyboard.press('Escape');

  await page.context().clearCookies();
  await signIn(page, 'enterprise');
  await page.goto('/visitors?inside=true');
  await expect(page.getByRole('link', { name: '李*客' })).toBeVisible();
  await page.goto('/visitors/vehicles');
  await expect(page.getByText('闽A12345')).toBeVisible();
});

test('a coach is planned, its manifest checked and signed, and a gate lets it pass as a whole', async ({ page, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/visitors/coaches');
  await page.getByRole('button', { name: '新建专车' }).first().click();
  const drawer = form(page);
  const gate = (await (await page.request.get(`/api/v1/gates/${app.gate_enrolment.gate_id}`)).json()) as { site_name: string };
  await pick(drawer, '目的地', gate.site_name);
  for (const [label, text] of [['车牌', '闽AD12345'], ['承运单位', '榕江客运'], ['座位数', '8'], ['出发地', '乌有市'], ['领队', '周领队'], ['领队手机', '13800002232']] as const) await drawer.getByLabel(label, { exact: true }).or(drawer.getByLabel(`* ${label}`, { exact: true })).first().fill(text);
  const departs = drawer.getByLabel('出发时间');
  await departs.fill(`${today()} 06:00`);
  await departs.press('Enter');
  await expect(page.getByRole('heading', { name: '闽AD12345' })).toBeVisible();
  const rows = '座位号,姓名,身份证号,手机号,用工单位\n01,乘客甲,11010519491231002X,13800002046,甲厂\n02,乘客乙,110105194912310021,13800002047,甲厂\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'manifest.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await page.getByRole('button', { name: '检查文件' }).click();
  await expect(page.getByText('校验位不对，请核对证件')).toBeVisible();
  await page.getByRole('button', { name: '导入 1 人' }).click();
  await page.getByRole('button', { name: '核验 01 号座 乘*甲' }).click();
  await form(page).getByLabel('体温（℃）').or(form(page).getByLabel('* 体温（℃）')).first().fill('36.5');
  await form(page).getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row', { name: /乘\*甲/ })).toContainText('已上车');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '签认名单' }).click();
  await form(page).getByRole('button', { name: '签认名单' }).click();
  await expect(page.getByText('已签认').first()).toBeVisible();
  const code = await page.getByText(/^V[0-9A-Z]{11}$/).first().innerText();

  await page.context().clearCookies();
  await onDuty(page, app);
  await page.keyboard.press('F6');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: '车辆' }).check();
  await dialog.getByLabel('车牌或专车码').fill(code);
  await dialog.getByRole('button', { name: '查询' }).click();
  await expect(dialog.getByRole('heading', { name: '返岗专车' })).toBeVisible();
  await expect(dialog.getByText('名单已签认')).toBeVisible();
  await dialog.getByLabel('车牌', { exact: true }).fill('闽AD12345');
  await dialog.getByLabel('车上人数').fill('4');
  await dialog.getByRole('button', { name: '放行' }).click();
  await expect(dialog.getByRole('alert')).toContainText('请逐座登记');
  await dialog.getByLabel('车上人数').fill('3');
  await dialog.getByRole('button', { name: '放行' }).click();
  await expect(dialog.getByRole('status')).toContainText('闽AD12345 已登记');
});
