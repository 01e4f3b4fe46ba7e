// The guard's day: a verdict that is seen and heard, a reading by hand, a supervisor, a network that goes away.
import { credentials, expect, test } from '../fixtures';
import { faceEvent } from '../hikvision';
import { enterPin, healthy, onDuty, spoken, terminal, verdict } from '../tablet';

test('a tablet is enrolled and a pushed event becomes a verdict that is seen and heard @phone', async ({ page, app, push, expectNoAxeViolations }) => {
  const speech = page.waitForResponse((it) => it.url().endsWith('/api/v1/speech'));
  await onDuty(page, app);
  await expectNoAxeViolations(page);
  // Headless Chromium has no voice of its own: the server speaks.
  const wav = await speech;
  expect(wav.status()).toBe(200);
  expect(wav.headers()['content-type']).toBe('audio/wav');
  const { csrf_token } = (await (await page.request.get('/api/v1/session')).json()) as { csrf_token: string };
  const again = await page.request.post('/api/v1/speech', { headers: { 'X-CSRF-Token': csrf_token }, data: wav.request().postDataJSON() });
  expect((await again.body()).subarray(0, 4).toString()).toBe('RIFF');

  const person = await healthy(page, app);
  const { device, index } = terminal(app);
  expect((await push(index, faceEvent(device, { employee_no: person.employee_no }), 'application/json')).status).toBe(200);
  await expect(verdict(page)).toContainText('放行');
  await expect(verdict(page)).toContainText(person.masked_name);
  await expect.poll(() => spoken(page)).toContainEqual({ lang: 'zh-CN', text: '放行。请进' });

  await push(index, faceEvent(device, { employee_no: person.employee_no, mask: 'no' }), 'application/json');
  await expect(verdict(page)).toContainText('请戴口罩');
  await expect(verdict(page)).toContainText('戴好，再走一次');
  await expect.poll(() => spoken(page)).toContainEqual({ lang: 'zh-CN', text: '请戴口罩。戴好，再走一次' });
  await expectNoAxeViolations(page);
});

test('the gate speaks English when it is told to @phone', async ({ page, app, push }) => {
  await onDuty(page, app);
  await page.getByRole('button', { name: '设置' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('group', { name: '播报语言' }).getByRole('radio', { name: 'English' }).check();
  await dialog.getByRole('group', { name: '页面语言' }).getByRole('radio', { name: 'English' }).check();
  await page.keyboard.press('Escape');
  const { device, index } = terminal(app);
  await push(index, faceEvent(device, {}), 'application/json');
  await expect(verdict(page)).toHaveAttribute('data-outcome', 'hold');
  await expect.poll(async () => (await spoken(page)).at(-1)).toMatchObject({ lang: 'en', text: expect.stringMatching(/^Hold\. Face not matched/) });
});

test('a suspected fever is held, and the clinical thermometer lets in', async ({ page, app, push, expectNoAxeViolations }) => {
  await onDuty(page, app);
  const person = await healthy(page, app);
  const { device, index } = terminal(app);
  await push(index, faceEvent(device, { employee_no: person.employee_no, temperature: 37.6 }), 'application/json');
  await expect(verdict(page)).toContainText('待核');
  await expect(verdict(page)).toContainText('37.6');
  await page.keyboard.press('F3');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: person.masked_name }).first().check();
  await dialog.getByLabel('体温计读数 ℃').fill('36.6');
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: /记下读数/ }).click();
  await expect(verdict(page)).toContainText('放行');
  await expect(verdict(page)).toContainText('36.6');
});

test('a supervisor changes a verdict, and a wrong secret does not', async ({ page, app, push, expectNoAxeViolations }) => {
  await onDuty(page, app);
  const { device, index } = terminal(app);
  await push(index, faceEvent(device, {}), 'application/json');
  await expect(verdict(page)).toContainText('人脸没对上');
  await page.keyboard.press('F4');
  const dialog = page.getByRole('dialog');
  const supervisor = credentials(app, 'enterprise');
  await dialog.getByLabel('理由').fill('核对了工牌和身份证，是本人');
  await dialog.getByLabel('主管账号').fill(supervisor.login);
  await dialog.getByLabel('主管的 PIN 或密码').fill('not the password');
  await dialog.getByRole('button', { name: /改判.*放行/ }).click();
  await expect(dialog.getByRole('alert')).toContainText('主管账号没通过');
  await expectNoAxeViolations(page);
  await dialog.getByLabel('主管的 PIN 或密码').fill(supervisor.password);
  await dialog.getByRole('button', { name: /改判.*放行/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(verdict(page)).toContainText('放行');
  await expect(verdict(page)).toContainText('主管已改判');
});

test('without the server the gate goes on, and what was entered is sent once @phone', async ({ page, app, instance, expectNoAxeViolations }) => {
  test.slow();
  await onDuty(page, app);
  await expect(page.getByRole('button', { name: /^在线 名单 / })).toBeVisible();
  const person = await healthy(page, app);
  await instance.kill();
  try {
    await expect(page.getByRole('button', { name: /^断网/ })).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press('F2');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('工号', { exact: true }).last().fill(person.employee_no);
    await expect(dialog.getByText(person.masked_name)).toBeVisible();
    await dialog.getByLabel('体温枪读数 ℃').fill('36.5');
    await dialog.getByRole('radio', { name: '戴好了' }).check();
    await dialog.getByRole('button', { name: /出结论/ }).click();
    await expect(verdict(page)).toContainText('放行');
    await expect(verdict(page)).toContainText(person.masked_name);
    await expectNoAxeViolations(page);
    // The tablet is restarted meanwhile: page, roster and queue are its own.
    await page.reload();
    await expect(page.getByRole('button', { name: /^断网.*待传 1/ })).toBeVisible({ timeout: 30_000 });
  } finally {
    await instance.startAgain();
  }
  // A start of the demo makes new secrets and ends all sessions: the guard signs in again, the entry waits meanwhile.
  await expect(page.getByText('还有 1 条没传，登录后自动补传')).toBeVisible({ timeout: 40_000 });
  await enterPin(page, app);
  await expect(page.getByRole('button', { name: /^在线 名单 / })).toBeVisible();
  await expect(page.getByRole('button', { name: /待传/ })).toHaveCount(0);
  const stored = async () => {
    const answer = await page.request.get(`/api/v1/screenings?gate_id=${app.gate_enrolment.gate_id}&limit=200`);
    const { items } = (await answer.json()) as { items: { employee_no: string | null; method: string; live: boolean; outcome: string }[] };
    return items.filter((it) => it.employee_no === person.employee_no && it.method === 'manual');
  };
  await expect.poll(async () => (await stored()).length).toBe(1);
  await page.reload();
  await expect(page.getByRole('button', { name: /^在线 名单 / })).toBeVisible();
  expect(await stored()).toMatchObject([{ live: false, outcome: 'admit' }]);
});
