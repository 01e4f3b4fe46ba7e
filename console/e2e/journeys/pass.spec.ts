import { readFile } from 'node:fs/promises';
import { form } from '../desk';
import { expect, test } from '../fixtures';
import { expectNoSidewaysScroll, signInOnPhone } from '../phone';
import { onDuty, verdict } from '../tablet';

test('a worker shows her pass, also without a network, and the gate lets her in by it', async ({ page, app, context, instance, expectNoAxeViolations }) => {
  test.slow();
  await signInOnPhone(page, app.people[5]!);
  const asked = page.waitForResponse((it) => it.url().endsWith('/api/v1/me/pass') && it.ok());
  await page.getByRole('link', { name: /通行码/ }).first().click();
  const { pass } = (await (await asked).json()) as { pass: { text: string } };
  expect(pass.text).toMatch(/^RW1:/);
  await expect(page.getByRole('img', { name: /通行码/ })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  const clock = page.locator('.m-live time');
  const before = await clock.textContent();
  await expect(clock).not.toHaveText(before ?? '');
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('img', { name: /通行码/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await context.setOffline(false);

  const gate = await page.context().browser()!.newPage({ baseURL: app.base_url, viewport: { width: 1280, height: 800 } });
  await onDuty(gate, app);
  // As a scanner at the keyboard's socket does: with nothing open.
  await gate.keyboard.type(pass.text);
  await gate.keyboard.press('Enter');
  const dialog = gate.getByRole('dialog');
  await dialog.getByLabel('体温枪读数 ℃').fill('36.5');
  await dialog.getByRole('radio', { name: '戴好了' }).check();
  await expectNoAxeViolations(gate);
  await dialog.getByRole('button', { name: /出结论/ }).click();
  await expect(verdict(gate)).toContainText('放行');
  // Without the server the tablet verifies it by itself, and something that only looks like a pass is held.
  await instance.kill();
  try {
    await expect(gate.getByRole('button', { name: /^断网/ })).toBeVisible({ timeout: 30_000 });
    for (const [text, outcome] of [[pass.text, 'admit'], [`${pass.text.slice(0, -4)}0000`, 'hold']] as const) {
      await expect(dialog).toHaveCount(0);
      await gate.keyboard.type(text);
      await gate.keyboard.press('Enter');
      await dialog.getByLabel('体温枪读数 ℃').fill('36.5');
      await dialog.getByRole('radio', { name: '戴好了' }).check();
      await expectNoAxeViolations(gate);
      await dialog.getByRole('button', { name: /出结论/ }).click();
      await expect(verdict(gate)).toHaveAttribute('data-outcome', outcome);
    }
  } finally {
    await instance.startAgain();
  }
  await gate.close();
});

test('a pass that is bound to her phone changes by itself, and a picture of it opens nothing', async ({ page, app, instance, expectNoAxeViolations }) => {
  test.slow();
  await signInOnPhone(page, app.people[4]!);
  await page.getByRole('link', { name: /通行码/ }).first().click();
  const code = page.getByRole('img', { name: /通行码/ });
  await expect(code).toHaveAttribute('data-text', /^RW1:/);
  await page.getByRole('button', { name: '只在这部手机上有效' }).click();
  await expect(code).toHaveAttribute('data-text', /^RW2:/);
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  const picture = (await code.getAttribute('data-text'))!;
  await expect(code).not.toHaveAttribute('data-text', picture, { timeout: 20_000 });

  const gate = await page.context().browser()!.newPage({ baseURL: app.base_url, viewport: { width: 1280, height: 800 } });
  await onDuty(gate, app);
  const dialog = gate.getByRole('dialog');
  const scan = async (text: string, outcome: string) => {
    await expect(dialog).toHaveCount(0);
    await gate.keyboard.type(text);
    await gate.keyboard.press('Enter');
    await dialog.getByLabel('体温枪读数 ℃').fill('36.5');
    await dialog.getByRole('radio', { name: '戴好了' }).check();
    await dialog.getByRole('button', { name: /出结论/ }).click();
    await expect(verdict(gate)).toHaveAttribute('data-outcome', outcome);
  };
  await scan((await code.getAttribute('data-text'))!, 'admit');
  await instance.kill();
  try {
    // Neither of them needs the server: her phone has its key, the tablet her pass's claims.
    await expect(gate.getByRole('button', { name: /^断网/ })).toBeVisible({ timeout: 30_000 });
    await scan((await code.getAttribute('data-text'))!, 'admit');
    await scan(`${picture.slice(0, -6)}000000`, 'hold');
  } finally {
    await instance.startAgain();
  }
  await gate.close();
  await page.getByRole('button', { name: '解除绑定' }).click();
  await expect(code).toHaveAttribute('data-text', /^RW1:/);
});

test('the desk issues a pass on paper, prints it, holds it back and takes it back', async ({ page, app, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'enterprise');
  await page.goto('/people');
  await page.getByRole('button', { name: '精确查找' }).click();
  await form(page).getByText('手机号', { exact: true }).click();
  await form(page).getByRole('textbox', { name: '手机号' }).fill(app.people[5]!.phone);
  await form(page).getByRole('button', { name: '查找' }).click();
  await form(page).getByRole('link').first().click();
  await page.getByRole('button', { name: '通行码', exact: true }).click();
  const drawer = page.locator('.ant-drawer');
  await drawer.getByRole('button', { name: '开纸质通行码' }).click();
  await expect(drawer.getByText('纸质通行码', { exact: true })).toBeVisible();
  await expectNoAxeViolations(page);
  const download = page.waitForEvent('download');
  await drawer.getByRole('link', { name: '打印' }).click();
  const pdf = await readFile(await (await download).path(), 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  const paper = drawer.getByRole('listitem').filter({ hasText: '纸质通行码' }).first();
  await paper.getByRole('button', { name: /暂\s*停/ }).click();
  const sure = page.locator('.ant-modal');
  await sure.getByRole('textbox').fill('遗失');
  await sure.getByRole('button', { name: /暂\s*停/ }).click();
  await expect(paper.locator('.state-tag')).toHaveText('暂停');
  await paper.getByRole('button', { name: /恢\s*复/ }).click();
  await expect(paper.locator('.state-tag')).toHaveText('有效');
  await paper.getByRole('button', { name: /收\s*回/ }).click();
  await sure.getByRole('textbox').fill('遗失');
  await sure.getByRole('button', { name: /收\s*回/ }).click();
  await expect(paper.locator('.state-tag')).toHaveText('已收回');
});
