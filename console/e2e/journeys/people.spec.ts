import { readFile } from 'node:fs/promises';
import { pick, form } from '../desk';
import { expect, test } from '../fixtures';
import { residentId } from '../numbers';

test('an enterprise registers, imports and lets go', async ({ page, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/people/new');
  const id = residentId('19900307', 17);
  await page.getByLabel('姓名').fill('庄晓岚');
  await page.getByLabel('证件号码').fill(`${id.slice(0, 17)}${id.endsWith('0') ? '1' : '0'}`);
  await page.getByLabel('手机号').fill('13900001234');
  await pick(page, '场所', '厂区');
  await page.getByLabel('工号').fill('E2E-01');
  await page.getByRole('button', { name: '建档' }).click();
  await expect(page.getByText('证件号校验位不对，请对照证件逐位核对')).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByLabel('证件号码').fill(id);
  await page.getByRole('button', { name: '建档' }).click();
  await expect(page.getByRole('heading', { name: /^庄\*/ })).toBeVisible();
  await expect(page.getByText('E2E-01').first()).toBeVisible();
  // What an employer may not know is not on the page.
  await expect(page.getByText('你的角色只能看到能否进入，看不到原因。')).toBeVisible();
  await expectNoAxeViolations(page);
  const file = page.url();

  await page.goto('/people/imports');
  await pick(page, '导入到哪个场所', '厂区');
  const rows = [
    '姓名,证件类型,证件号码,手机号,工号,卡号,班组,岗位,班次,入职日期,健康确认日期,离开疫区日期',
    `钟若溪,resident_id,${residentId('19880512', 21)},13900004321,E2E-02,,,,,2026-01-05,,`,
    '贺知远,resident_id,999999198805120001,13900004322,E2E-03,,,,,2026-01-05,,',
  ];
  await page.getByLabel('选择名册文件').setInputFiles({ name: 'roster.csv', mimeType: 'text/csv', buffer: Buffer.from(`${rows.join('\n')}\n`) });
  await page.getByRole('button', { name: '上传并认列' }).click();
  await page.getByRole('button', { name: '试算' }).click({ timeout: 20_000 });
  await expect(page.getByText(/正式导入会新增 1 人/)).toBeVisible({ timeout: 20_000 });
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '正式导入' }).click();
  await expect(page.getByText(/已新增 1 人/)).toBeVisible({ timeout: 20_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载失败的 1 行' }).click();
  const failed = await readFile(await (await download).path(), 'utf8');
  expect(failed).toContain('贺知远');
  expect(failed).not.toContain('钟若溪');

  await page.goto(file);
  await page.getByRole('button', { name: '离职', exact: true }).click();
  await expect(form(page)).toContainText('门岗立即显示“禁止进入”');
  await form(page).getByLabel('理由').fill('合同到期');
  const ended = page.waitForResponse((it) => it.url().includes('/employments/') && it.request().method() === 'POST');
  await form(page).getByRole('button', { name: '办理离职' }).click();
  expect(await (await ended).json()).toMatchObject({ employments: [{ until: expect.any(String) }] });
  await expect(page.getByRole('button', { name: '离职', exact: true })).toHaveCount(0);
});

test('a health authority reads a file, says why, and is seen to have read it', async ({ page, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'health_authority');
  await page.goto('/people');
  await page.getByRole('table').getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: /^.\*/ })).toBeVisible();
  const health = page.getByRole('region', { name: '健康状态' });
  await expect(health.getByRole('listitem').first()).toBeVisible();
  await expect(health).not.toContainText('你的角色只能看到');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '显示手机' }).click();
  const dialog = page.getByRole('dialog', { name: '为什么要看手机？' });
  await dialog.getByRole('radio').first().check();
  await dialog.getByLabel('事由').fill('核对 2 月 9 日同车名单');
  await dialog.getByRole('button', { name: '显示 5 分钟' }).click();
  await expect(page.getByText(/^1\d{10}$/)).toBeVisible();
  const accesses = page.getByRole('region', { name: '谁看过这份档案' });
  await expect(accesses.getByText(/显示原文.*手机/).first()).toBeVisible();
});

test('an auditor sees who did what, and no person', async ({ page, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'auditor');
  await page.goto('/audit');
  await expect(page.getByRole('row', { name: /企业专管员（演示）|疾控（演示）|方主任/ }).first()).toBeVisible();
  await expect(page.getByText(/条已签入记录树/)).toBeVisible({ timeout: 20_000 });
  await expectNoAxeViolations(page);
  const checkpoint = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载检查点' }).click();
  expect(await readFile(await (await checkpoint).path(), 'utf8')).toMatch(/^fugong\/audit\n\d+\n/);
  await page.getByRole('table').getByRole('link').first().click();
  const proof = page.waitForEvent('download', (it) => it.suggestedFilename().endsWith('.proof.txt'));
  await page.getByRole('button', { name: '下载证明' }).click();
  expect(await readFile(await (await proof).path(), 'utf8')).toContain('c2sp.org/tlog-proof@v1');
  expect((await page.request.get('/api/v1/people')).status()).toBe(403);
});

test('HR imports the roster as it is kept, and gets the bad rows back @phone', async ({ page, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/people/imports');
  await pick(page, '导入到哪个场所', '厂区');
  const stamp = String(Date.now()).slice(-6);
  const rows = [
    '江滨电子有限公司员工花名册',
    '填报人：王芳,,,,',
    '序号,姓 名*,身份证号码（必填）,联系电话,厂内号码',
    `1,柯以宁,${residentId('19910203', 31)},１３９００００５５５１,M${stamp}1`,
    '2,罗一帆,1.10105E+17,13900005552,M2',
  ];
  await page.getByLabel('选择名册文件').setInputFiles({ name: '花名册.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
  await page.getByRole('button', { name: '上传并认列' }).click();
  // Nobody calls an employee number like that: it must be chosen by hand.
  await expect(page.getByText('还缺：工号')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: '试算' })).toBeDisabled();
  await expectNoAxeViolations(page);
  await pick(page, '工号', '厂内号码');
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText(/正式导入会新增 [01] 人/)).toBeVisible({ timeout: 20_000 });
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载失败的 1 行' }).click();
  const failed = await readFile(await (await download).path(), 'utf8');
  expect(failed).toContain('末几位已丢失');
  expect(failed).not.toContain('柯以宁');
  await page.getByRole('button', { name: '改认列' }).click();
  await expect(page.getByText('每一列是什么')).toBeVisible();
});

test('two files of one person are merged, and parted again @phone', async ({ page, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/people/imports');
  await pick(page, '导入到哪个场所', '厂区');
  const stamp = String(Date.now()).slice(-6);
  const twice = [1, 2].map((n) => `温如言,${residentId('19910405', Number(stamp.slice(-2)) * 2 + n)},13${stamp}555,T${stamp}${n}`);
  const csv = ['姓名,证件号码,手机号,工号', ...twice].join('\n');
  await page.getByLabel('选择名册文件').setInputFiles({ name: 'twice.csv', mimeType: 'text/csv', buffer: Buffer.from(`${csv}\n`) });
  await page.getByRole('button', { name: '上传并认列' }).click();
  await page.getByRole('button', { name: '试算' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: '正式导入' }).click({ timeout: 20_000 });
  await expect(page.getByText(/已新增 2 人/)).toBeVisible({ timeout: 20_000 });

  await page.goto('/people');
  await page.getByRole('link', { name: /组可能重复/ }).click();
  const pair = page.getByRole('listitem').filter({ hasText: `T${stamp}1` });
  await expect(pair).toContainText('姓名、手机号、出生日期相同');
  await expectNoAxeViolations(page);
  await pair.getByRole('button', { name: '同一人，保留这份' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('两个证件都能找到这个人');
  await dialog.getByRole('button', { name: '合并', exact: true }).click();
  await expect(dialog.getByText('请写理由，会记入审计')).toBeVisible();
  await dialog.getByLabel('理由').fill('换了新身份证');
  await dialog.getByRole('button', { name: '合并', exact: true }).click();
  await expect(pair).toHaveCount(0);

  await page.getByText('已合并', { exact: true }).first().click();
  const merged = page.getByRole('listitem').filter({ hasText: `T${stamp}1` });
  await expect(merged).toContainText('保留的档案');
  await expect(merged).toContainText('已并入保留的档案');
  await merged.getByRole('link').first().click();
  await expect(page.getByText('另有证件')).toBeVisible();
  await expect(page.getByText(`T${stamp}2`).first()).toBeVisible();
  await page.goBack();
  await merged.getByRole('button', { name: '撤销决定' }).click();
  await page.getByRole('dialog').getByLabel('理由').fill('看错了，是两个人');
  await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
  await expect(merged).toHaveCount(0);
  await page.getByText('待判断', { exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: `T${stamp}2` })).toBeVisible();
});
