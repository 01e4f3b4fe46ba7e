// The harness itself: the binary starts, answers, and its first page can be used.
import { expect, test } from '../fixtures';

test('the first page opens in Chinese and has no obstacle', async ({ page, expectNoAxeViolations }) => {
  const failed: string[] = [];
  page.on('pageerror', (error) => failed.push(error.message));
  await page.goto('/');
  await expect(page.getByRole('button', { name: /登\s*录|下一步/ })).toBeVisible();
  await expectNoAxeViolations(page);
  expect(failed).toEqual([]);
});

test('an administrator signs in and out of sight of others', async ({ page, browser, app, signIn }) => {
  await signIn(page, 'administrator', { fresh: true });
  const stranger = await browser.newContext({ baseURL: app.base_url });
  const answer = await stranger.request.get('/api/v1/session');
  expect(answer.status()).toBe(401);
  await stranger.close();
});

test('a push to an unknown device is not found', async ({ app }) => {
  const answer = await fetch(new URL('/devices/hikvision/no-such-secret', app.devices_url), { method: 'POST', body: '{}' });
  expect(answer.status).toBe(404);
});
