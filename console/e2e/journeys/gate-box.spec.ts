// A box at the door is linked from its device's page, decides by itself, tells the server, and is revoked.
import type { Page } from '@playwright/test';
import { phone } from '../browser';
import { startBox } from '../box';
import { form, pick } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll } from '../phone';

test('a gate of our own: linked, a badge at its screen, alone without the server, revoked', async ({ page, context, app, signIn, expectNoAxeViolations, instance }) => {
  test.setTimeout(240_000);
  const device = app.devices[0]!;
  await signIn(page, 'administrator');
  const gate = (await (await page.request.get(`/api/v1/gates/${device.gate_id}`)).json()) as { name: string };
  await page.goto('/devices');
  await page.getByRole('button', { name: '接入设备' }).click();
  await pick(form(page), '* 厂商', '复工门端');
  await form(page).getByLabel('型号').fill('FG-1');
  await form(page).getByLabel('序列号').fill('BOX-1');
  await pick(form(page), '门岗', gate.name);
  await form(page).getByRole('button', { name: '接入设备' }).click();
  await expect(page.getByText('BOX-1').first()).toBeVisible();
  const { items } = (await (await page.request.get('/api/v1/devices?search=BOX-1')).json()) as { items: { id: string }[] };
  await page.goto(`/devices/${items[0]!.id}`);
  await expect(page.getByText('还没有接入。')).toBeVisible();
  await page.getByRole('button', { name: '生成接入码' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '登记码' }).click();
  const command = await page.getByRole('dialog').getByText(/fugong gate link/).innerText();
  await expectNoAxeViolations(page);
  const code = /--code (\S+)/.exec(command)?.[1] ?? (await page.getByRole('dialog').locator('input').last().inputValue()).split('--code ')[1]!;
  const box = await startBox(app.base_url, code);
  try {
    // The screen at the door: nobody signs in.
    const door = await context.newPage();
    await expect(async () => {
      await door.goto(`${box.url}/gate`);
      await expect(door.getByText('在线').first()).toBeVisible({ timeout: 4000 });
    }).toPass({ timeout: 60_000 });
    await expect(door.getByText(/名单 刚更新/)).toBeVisible();
    await expectNoAxeViolations(door);
    // A reader that types like a keyboard: a number that nobody here has.
    await door.locator('body').click();
    await door.keyboard.type('99887766');
    await door.keyboard.press('Enter');
    await expect(door.locator('.g-verdict[data-outcome=deny]')).toBeVisible();
    await expectNoAxeViolations(door);
    await expect.poll(() => lastPassage(page, items[0]!.id), { timeout: 30_000 }).toBe(1);
    // The desk sees how it is.
    await page.goto(`/devices/${items[0]!.id}`);
    await expect(page.getByText('最近取名单')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.setViewportSize(phone);
    await expectNoSidewaysScroll(page);
    await door.setViewportSize(phone);
    await expectNoSidewaysScroll(door);
    await page.setViewportSize({ width: 1440, height: 900 });
    // Without the server it goes on by itself.
    await instance.kill();
    await expect(door.getByText('独立运行').first()).toBeVisible({ timeout: 60_000 });
    await door.keyboard.type('99887755');
    await door.keyboard.press('Enter');
    await expect(door.getByText(/待传 1/)).toBeVisible({ timeout: 30_000 });
    await instance.startAgain();
    await expect(door.getByText('在线').first()).toBeVisible({ timeout: 60_000 });
    await expect(door.getByText(/待传/)).toHaveCount(0, { timeout: 60_000 });
    // Revoked: what it held is gone, and its screen says so.
    await signIn(page, 'administrator', { fresh: true });
    await page.goto(`/devices/${items[0]!.id}`);
    await page.getByRole('button', { name: '停用门端' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用门端' }).click();
    await expect(page.getByText(/已停用。/)).toBeVisible();
    await expect(door.getByText('这台门端已停用')).toBeVisible({ timeout: 60_000 });
  } finally {
    await box.stop();
  }
});

async function lastPassage(page: Page, id: string): Promise<number | null> {
  const device = (await (await page.request.get(`/api/v1/devices/${id}`)).json()) as { last_event_no: number | null };
  return device.last_event_no;
}
