// Certificates that somebody else issued: whom to believe is imported at the desk, and gates see by it.
import type { Page } from '@playwright/test';
import { CardIssuer } from '../cards';
import { form } from '../desk';
import { expect, test } from '../fixtures';
import { onDuty, spoken } from '../tablet';

const ISSUER = 'https://clinic.example.org/cards';
const clinic = new CardIssuer(ISSUER);
const person = { family: 'Anyperson', given: 'Jane', birthDate: '1961-01-20' };

/** As a scanner at the keyboard's socket does, but for the time a thousand keys take: the first opens the field. */
async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.press(text.charAt(0));
  await expect(page.getByLabel('通行码、工牌或条码')).toBeFocused();
  await page.keyboard.insertText(text.slice(1));
  await page.keyboard.press('Enter');
}

async function choose(page: Page, label: string, name: string, text: string): Promise<void> {
  await form(page).getByLabel(label).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

test('an administrator imports a trust list after trying it, and a gate believes the cards of its issuers', async ({ page, app, instance, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'administrator');
  await page.getByRole('link', { name: '外部证书' }).click();
  await expect(page.getByText('还没有信任列表')).toBeVisible();
  await expect(page.getByRole('button', { name: '导入吊销' })).toBeDisabled();
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: '导入公钥' }).click();
  await choose(page, '选择公钥文件', 'nonsense.json', '{"other": 1}');
  await expect(form(page).getByRole('alert')).toContainText('不是信任列表');
  await choose(page, '选择公钥文件', 'clinic.json', clinic.trustList());
  await expect(form(page).getByRole('table')).toContainText('健康卡公钥01+1');
  await expect(form(page).getByText('有 1 项用不上')).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByLabel('说明（为什么）').fill('诊所官网 7 月版');
  await form(page).getByRole('button', { name: /立即生效/ }).click();
  const versions = page.getByRole('region', { name: '信任列表的版本' });
  await expect(versions.getByRole('row').nth(1)).toContainText(/第 1 版 ?现行.*诊所官网 7 月版/);
  await versions.getByRole('button', { name: '1 项' }).click();
  await expect(page.getByRole('region', { name: '第 1 版没用上的条目' })).toContainText('P-256');
  await expectNoAxeViolations(page);

  const gate = await page.context().browser()!.newPage({ baseURL: app.base_url, viewport: { width: 1280, height: 800 } });
  await onDuty(gate, app);
  const dialog = gate.getByRole('dialog', { name: '外部证书' });
  await gate.keyboard.type(clinic.card(person));
  await gate.keyboard.press('Enter');
  await expect(dialog).toContainText('有效');
  for (const words of ['Jane Anyperson', '1961-01-20', '疫苗接种', ISSUER, '请与证件核对', '不开门']) await expect(dialog).toContainText(words);
  await expect.poll(() => spoken(gate)).toContainEqual({ lang: 'zh-CN', text: '证书有效。请核对证件' });
  await expectNoAxeViolations(gate);
  await gate.keyboard.press('Escape');
  await expect(gate.getByLabel('通行码、工牌或条码')).toBeFocused();

  // Of somebody who is not on the list; and of somebody who only says that she is the clinic.
  await scan(gate, new CardIssuer('https://elsewhere.example.org').card(person));
  await expect(dialog.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'cannot_tell');
  await expect(dialog).toContainText('签发方不在信任列表里');
  await expect(dialog).not.toContainText('Anyperson');
  // With the dialog open: a scanner does not wait for it to be closed.
  await scan(gate, new CardIssuer(ISSUER).card(person));
  await expect(dialog.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'invalid');
  await expect(dialog).toContainText('签名不对');
  await expect(dialog).not.toContainText('Anyperson');
  await expectNoAxeViolations(gate);

  // A version without the clinic, and back again.
  await page.getByRole('button', { name: '导入公钥' }).click();
  await choose(page, '选择公钥文件', 'other.json', new CardIssuer('https://elsewhere.example.org').trustList());
  await form(page).getByLabel('说明（为什么）').fill('另一份');
  await form(page).getByRole('button', { name: /立即生效/ }).click();
  await expect(versions.getByRole('row').nth(1)).toContainText('第 2 版');
  await scan(gate, clinic.card(person));
  await expect(dialog.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'cannot_tell');
  await versions.getByRole('button', { name: '重新启用：第 1 版' }).click();
  await form(page).getByLabel('说明（为什么）').fill('导错了');
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '重新启用' }).click();
  await expect(versions.getByRole('row').nth(1)).toContainText(/第 3 版.*导错了/);
  await scan(gate, clinic.card(person));
  await expect(dialog.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'valid');
  await gate.keyboard.press('Escape');
  await gate.keyboard.press('Escape');

  // Only the server verifies: without it nobody can tell, and nothing waits to be sent.
  await instance.kill();
  try {
    await expect(gate.getByRole('button', { name: /^断网/ })).toBeVisible({ timeout: 30_000 });
    await scan(gate, clinic.card(person));
    await expect(dialog.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'cannot_tell');
    await expect(dialog).toContainText('连不上服务器');
    await expect(dialog).not.toContainText('Anyperson');
    await expectNoAxeViolations(gate);
    await gate.keyboard.press('Escape');
    await gate.keyboard.press('Escape');
    await expect(gate.getByRole('button', { name: /待传/ })).toHaveCount(0);
    expect(await gate.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('shc:');
  } finally {
    await instance.startAgain();
  }
  await gate.close();
});
