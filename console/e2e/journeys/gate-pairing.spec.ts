// A box with a thermal camera: clinical readings of those who pass teach it what its site adds.
import { call } from '../application';
import { startBox } from '../box';
import { phone } from '../browser';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';
import { warmEyes } from '../thermal';

test('whoever passes is measured with a thermometer, and the pair is kept at the gate', async ({ page, context, app, signIn, expectNoAxeViolations }) => {
  test.setTimeout(180_000);
  await signIn(page, 'administrator');
  const body = { vendor: 'fugong', model: 'FG-1', serial: 'WARM-1', mac: null, gate_id: app.devices[0]!.gate_id, lane: 1, direction: 'in' };
  const { device } = await call<{ device: { id: string } }>(page, 'POST', '/devices', body);
  const { code } = await call<{ code: string }>(page, 'POST', `/devices/${device.id}/link/codes`, {});
  const box = await startBox(app.base_url, code, warmEyes);
  try {
    const door = await context.newPage();
    await expect(async () => {
      await door.goto(`${box.url}/gate`);
      await expect(door.getByText('在线').first()).toBeVisible({ timeout: 4000 });
    }).toPass({ timeout: 60_000 });
    await door.getByRole('button', { name: '标定' }).click();
    const dialog = door.getByRole('dialog', { name: '用体温计标定' });
    await expect(dialog.getByText('0 人（至少 50 人）')).toBeVisible();
    await expect(dialog.getByText('出厂值')).toBeVisible();
    // She has passed: nobody the list knows, and measured all the same.
    await expect(dialog.getByText(/热像 3[67]\.\d ℃/).first()).toBeVisible({ timeout: 60_000 });
    await expectNoAxeViolations(door);
    await dialog.getByRole('textbox').fill('381');
    await dialog.getByRole('button', { name: /记下/ }).click();
    await expect(dialog.getByText(/这个读数是发热/)).toBeVisible();
    await expect(dialog.getByText('1 人（至少 50 人）')).toBeVisible();
    await expect(dialog.getByText('人数还不够')).toBeVisible();
    await expect(dialog.getByRole('button', { name: '启用' })).toBeDisabled();
    await expectNoAxeViolations(door);
    await dialog.getByRole('button', { name: '撤回上一条' }).click();
    await expect(dialog.getByText('0 人（至少 50 人）')).toBeVisible();
    await door.setViewportSize(phone);
    await expectNoSidewaysScroll(door);
    await expect(dialog.getByRole('button', { name: /记下/ })).toBeVisible();
    await expectNoAxeViolations(door);
  } finally {
    await box.stop();
    // A box that is switched off for good is told so: else it is an alarm ten minutes later, before somebody else's eyes.
    await call(page, 'POST', `/devices/${device.id}/link/revocation`, {});
  }
});
