// An officer with his phone: he signs in, goes where there is no network, opens the page anew, makes a visit, and it arrives once.
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { apply, call, FORM, type Made } from '../application';
import { desktop, phone, smallPhone } from '../browser';
import { credentials, expect, test } from '../fixtures';
import type { Ready } from '../instance';
import { expectNoSidewaysScroll } from '../phone';
import { freshCode } from '../totp';

const PLACE = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
const text = (key: string, zh: string) => ({ key, label: { zh, en: key }, takes: { kind: 'text', most: 100 }, required: { need: 'always' } });
const CONTACT = { key: 'who', title: { zh: '责任人', en: 'Who' }, fields: [text('address', '经营地址'), text('lead_name', '负责人'), text('lead_phone', '手机')] };

interface Scene { reviewer: Page; enterprise: Page; admin: Page; command: Page; officer: { id: string; display_name: string }; enterprise_id: string; area_code: string }
type As = (role: string) => Promise<Page>;

/** An officer who answers for an enterprise, and a form that asks where it is and whom to ask for. */
async function scene(as: As): Promise<Scene> {
  const [admin, command, enterprise, reviewer, officer] = [await as('administrator'), await as('command'), await as('enterprise'), await as('reviewer'), await as('officer')];
  const built = await call<{ version: number }>(command, 'GET', '/application-forms');
  await call(command, 'POST', '/application-forms', { definition: { ...FORM, sections: [...FORM.sections, CONTACT] }, note: '带联系人', from_version: built.version });
  const known = await call<{ items: { enterprise_id: string; area_code: string }[] }>(enterprise, 'GET', '/sites');
  const { enterprise_id, area_code } = known.items.find((it) => it.enterprise_id)!;
  const { account } = await call<{ account: { id: string; display_name: string } }>(officer, 'GET', '/session');
  const { items: duties } = await call<{ items: { enterprise_id: string | null }[] }>(officer, 'GET', '/assignments');
  if (!duties.some((it) => it.enterprise_id === enterprise_id)) await call(command, 'POST', '/assignments', { officer_id: account.id, kind: 'enterprise_officer', enterprise_id });
  // The desk leads to the phone.
  await officer.goto('/');
  await expect(officer.getByRole('link', { name: '打开手机页面' })).toHaveAttribute('href', '/m/duty');
  await officer.close();
  return { reviewer, enterprise, admin, command, officer: account, enterprise_id, area_code };
}

/** A visit of his, today. */
async function visitOf(it: Scene, name: string): Promise<string> {
  const site = await call<Made>(it.admin, 'POST', '/sites', { name, kind: 'factory', enterprise_id: it.enterprise_id, area_code: it.area_code });
  const made = await apply(it.enterprise, site.id, 0, { address: '滨河路 8 号', lead_name: '王建国', lead_phone: '138 0000 0000' });
  await call(it.reviewer, 'POST', `/applications/${made.id}/moves`, { act: 'claim', from_state: 'submitted', note: null, fields: [] });
  await call(it.reviewer, 'POST', `/applications/${made.id}/moves`, { act: 'order_visit', from_state: 'in_review', note: null, fields: [] });
  const { items } = await call<{ items: Made[] }>(it.reviewer, 'GET', `/inspections?state=planned&application_id=${made.id}`);
  await plan(it, items[0]!.id, it.officer.id);
  return items[0]!.id;
}

const plan = (it: Scene, visit: string, officer_id: string) => call(it.reviewer, 'POST', `/inspections/${visit}/plan`, { mode: 'on_site', officer_id, planned_on: today(), starts_at: null });

const phoneContext = (browser: Browser, app: Ready, viewport = smallPhone) =>
  browser.newContext({ baseURL: app.base_url, viewport, hasTouch: true, isMobile: true, ...PLACE, geolocation: { longitude: 119.3, latitude: 26.1, accuracy: 8 }, permissions: ['geolocation'] });

async function signInOnDuty(page: Page, app: Ready, role: string): Promise<void> {
  const { login, password, totp_secret } = credentials(app, role);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '下一步' }).click();
  if (totp_secret !== null) {
    await page.getByLabel('六位动态码').fill(await freshCode(totp_secret));
    await page.getByRole('button', { name: '登录' }).click();
  }
  await expect(page.getByRole('heading', { name: '谁在等我' })).toBeVisible();
}

/** The worker of the page has kept everything that the officer's pages are made of. */
async function kept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(async () => {
    const named = (document.querySelector('meta[name="keep"]')?.getAttribute('content') ?? '').split(' ').filter(Boolean);
    const found = await Promise.all(['/m', ...named].map((it) => caches.match(it)));
    return named.length > 2 && navigator.serviceWorker.controller !== null && found.every(Boolean);
  }), { timeout: 20_000 }).toBe(true);
}

/** The page is closed without warning, and opened again. */
async function reopened(context: BrowserContext, page: Page, path = '/m/duty'): Promise<Page> {
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(path);
  return again;
}

async function sign(page: Page, frame: Locator): Promise<void> {
  await frame.scrollIntoViewIfNeeded();
  const box = (await frame.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.5);
  await page.mouse.down();
  for (let n = 1; n <= 24; n += 1) await page.mouse.move(box.x + box.width * (0.2 + n * 0.02), box.y + box.height * (0.5 + (n % 4) * 0.06));
  await page.mouse.up();
}

async function signBoth(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: '签字' })).toBeVisible();
  await page.getByLabel('企业在场人', { exact: true }).fill('王建国');
  for (const frame of await page.locator('.sign-pad').all()) await sign(page, frame);
}

/** A picture as a camera writes it, with a place beside it. */
function withExif(jpeg: Buffer): Buffer {
  const words = Buffer.from('Exif\0\0GPS 26.1 119.3');
  const head = Buffer.from([0xff, 0xe1, 0, words.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, words, jpeg.subarray(2)]);
}

async function photograph(page: Page, picture: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: picture });
  await expect(page.locator('.d-photos img')).toBeVisible();
}

/** Walks on from the item that is shown to the signatures; `wanting` has words and a day. */
async function walk(page: Page, picture: Buffer, wanting: RegExp | null, from = 1): Promise<void> {
  for (let at = from; ; at += 1) {
    await expect(page.getByRole('heading', { name: new RegExp(`^第 ${at} 项`) })).toBeVisible();
    const asked = (await page.locator('.d-ask').textContent()) ?? '';
    if (wanting?.test(asked)) {
      await page.getByText('不合格', { exact: true }).click();
      await page.getByLabel('哪里不合格').fill('只够一天');
      await page.getByRole('button', { name: '明天' }).click();
      await photograph(page, picture);
    } else {
      await page.getByText('合格', { exact: true }).click();
      if (/每个入口能测温|临时隔离室/.test(asked)) await photograph(page, picture);
    }
    await page.locator('.m-foot .m-button-go').click();
    if (await page.getByRole('heading', { name: '签字' }).isVisible()) return;
  }
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: '签字提交' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '签字提交' }).click();
  await expect(page.getByText('已签字，等着送出。', { exact: false })).toBeVisible({ timeout: 15_000 });
}

test('a visit is made without a network from a cold start, survives a killed page, and arrives once', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  test.setTimeout(300_000);
  const picture = withExif(await page.screenshot({ type: 'jpeg' }));
  const as: As = async (role) => {
    const own = await browser.newPage({ baseURL: app.base_url, viewport: desktop, ...PLACE });
    await signIn(own, role);
    return own;
  };
  const it = await scene(as);
  const visit = await visitOf(it, '五号仓库');

  const context = await phoneContext(browser, app);
  let mine = await context.newPage();
  await mine.goto('/m');
  await expectNoAxeViolations(mine);
  await mine.getByRole('link', { name: '我是专员，去验收' }).click();
  await expect(mine.getByRole('heading', { name: '专员登录' })).toBeVisible();
  await expectNoSidewaysScroll(mine);
  await expectNoAxeViolations(mine);
  await signInOnDuty(mine, app, 'officer');
  const row = mine.locator(`a[href="/m/duty/visits/${visit}"]`);
  await expect(row).toBeVisible();
  await expectNoSidewaysScroll(mine);
  await expectNoAxeViolations(mine);
  await mine.getByRole('link', { name: '企业', exact: true }).click();
  await mine.getByRole('searchbox').fill('没有这家');
  await mine.getByRole('button', { name: '查找' }).click();
  await expect(mine.getByText('没有找到')).toBeVisible();
  await mine.getByRole('searchbox').fill('');
  await mine.getByRole('button', { name: '查找' }).click();
  await mine.locator(`a[href="/m/duty/firms/${it.enterprise_id}"]`).click();
  await expect(mine.getByRole('link', { name: '打电话 138 0000 0000' })).toHaveAttribute('href', 'tel:13800000000');
  await expect(mine.getByText('五号仓库', { exact: true })).toBeVisible();
  await expectNoSidewaysScroll(mine);
  await expectNoAxeViolations(mine);
  await kept(mine);

  // In the basement: no network, and the page is opened anew.
  await context.setOffline(true);
  mine = await reopened(context, mine);
  await expect(mine.getByText('手机上已有的都能用', { exact: false })).toBeVisible();
  await expect(mine.getByText(/\d{2}:\d{2} 的内容/).first()).toBeVisible();
  await expectNoAxeViolations(mine);
  await mine.locator(`a[href="/m/duty/visits/${visit}"]`).click();
  await expect(mine.getByText('滨河路 8 号')).toBeVisible();
  await expectNoSidewaysScroll(mine);
  await expectNoAxeViolations(mine);
  await mine.getByRole('link', { name: '开始验收' }).click();
  await mine.getByText('合格', { exact: true }).click();
  await expectNoSidewaysScroll(mine);
  await expectNoAxeViolations(mine);
  await mine.getByRole('link', { name: '下一项' }).click();
  await mine.getByText('合格', { exact: true }).click();

  // Killed, and found again where it was.
  mine = await reopened(context, mine, `/m/duty/visits/${visit}`);
  await expect(mine.getByText('已看 2 项，共 18 项')).toBeVisible();
  await mine.getByRole('link', { name: '接着写' }).click();
  await walk(mine, picture, /口罩够用三天以上/, 3);
  await expectNoSidewaysScroll(mine);
  await signBoth(mine);
  mine = await reopened(context, mine, `/m/duty/visits/${visit}/sign`);
  await expect(mine.getByLabel('企业在场人', { exact: true })).toHaveValue('王建国');
  await expect(mine.getByLabel('专员', { exact: true })).toHaveValue(it.officer.display_name);
  await expectNoAxeViolations(mine);
  await send(mine);
  await expectNoAxeViolations(mine);
  await mine.getByRole('link', { name: '返回' }).click();
  await expect(mine.getByText('1 份报告、3 张照片等着送出')).toBeVisible();
  await expectNoAxeViolations(mine);

  // Closed in the basement, opened in the street.
  await mine.close();
  await context.setOffline(false);
  mine = await context.newPage();
  await mine.goto('/m/duty');
  await expect(mine.getByRole('heading', { name: '刚送到的' })).toBeVisible({ timeout: 30_000 });
  await mine.locator(`a[href="/m/duty/visits/${visit}"]`).click();
  await expect(mine.locator('[data-state="failed"]')).toContainText('不通过');
  await expectNoSidewaysScroll(mine);
  await expectNoAxeViolations(mine);
  const file = await call<{ inspection: { state: string }; report: { digest: string; officer: { name: string } }; kept: unknown[]; defects: unknown[]; photos: { id: string; item: string; position: { lon_deg: number } | null; sha256: string }[] }>(it.reviewer, 'GET', `/inspections/${visit}`);
  await expect(mine.locator('.d-digest')).toHaveText(file.report.digest);
  expect([file.inspection.state, file.report.officer.name, file.kept.length, file.defects.length, file.photos.length]).toEqual(['failed', it.officer.display_name, 0, 1, 3]);
  expect(file.photos.every((one) => one.position?.lon_deg === 119.3 && one.sha256.length === 64)).toBe(true);
  const bytes = await (await it.reviewer.request.get(`/api/v1/inspections/${visit}/photos/${file.photos[0]!.id}/content`)).body();
  expect([bytes.subarray(0, 2).toString('hex'), bytes.includes('Exif')]).toEqual(['ffd8', false]);
  const again = await call<{ items: Made[] }>(it.reviewer, 'GET', `/inspections?state=planned&kind=recheck&officer=${it.officer.id}`);
  expect(again.items, 'one report, one re-check').toHaveLength(1);
  await mine.getByRole('button', { name: '知道了' }).click();
  await expect(mine.getByRole('heading', { name: '整改到期' })).toBeVisible();
  await context.close();
  await Promise.all([it.admin, it.command, it.enterprise, it.reviewer].map((own) => own.close()));
});

test('an officer who is replaced on the way, on a phone that others use, loses nothing and shows nothing', async ({ page, app, browser, signIn, expectNoAxeViolations }) => {
  test.setTimeout(300_000);
  const picture = await page.screenshot({ type: 'jpeg' });
  const it = await scene(async (role) => {
    const own = await browser.newPage({ baseURL: app.base_url, viewport: desktop, ...PLACE });
    await signIn(own, role);
    return own;
  });
  const visit = await visitOf(it, '六号仓库');
  const context = await phoneContext(browser, app, phone);
  const mine = await context.newPage();
  await mine.goto('/m/duty');
  await signInOnDuty(mine, app, 'officer');
  await mine.locator(`a[href="/m/duty/visits/${visit}"]`).click();
  await kept(mine);
  await context.setOffline(true);
  await mine.getByRole('link', { name: '开始验收' }).click();
  await walk(mine, picture, null);
  await signBoth(mine);
  await send(mine);

  // Somebody else is to go there, and he leaves the phone at the office without having been on line.
  const { account: other } = await call<{ account: { id: string; display_name: string } }>(it.reviewer, 'GET', '/session');
  await plan(it, visit, other.id);
  await mine.getByRole('link', { name: '返回' }).click();
  await mine.getByRole('link', { name: '我的' }).click();
  await expectNoAxeViolations(mine);
  await mine.getByRole('button', { name: '退出登录' }).click();
  await expect(mine.getByText('还有 1 次验收没送出', { exact: false })).toBeVisible();
  await expectNoAxeViolations(mine);
  await mine.getByRole('button', { name: '退出，没送出的留下' }).click();
  await expect(mine.getByText('这部手机上有 1 次验收还没送出', { exact: false })).toBeVisible();
  await context.setOffline(false);
  // The server hears of it with the next contact.
  await expect.poll(async () => (await context.request.get('/api/v1/session')).status(), { timeout: 20_000 }).toBe(401);

  // Another signs in: nothing of his is shown, and nothing of his leaves the phone.
  await signInOnDuty(mine, app, 'reviewer');
  await mine.goto(`/m/duty/visits/${visit}`);
  await expect(mine.getByRole('link', { name: '开始验收' })).toBeVisible();
  await expect(mine.getByText('已看 0 项，共 18 项')).toBeVisible();
  expect((await call<{ kept: unknown[] }>(it.reviewer, 'GET', `/inspections/${visit}`)).kept).toEqual([]);
  await mine.goto('/m/duty/me');
  await mine.getByRole('button', { name: '退出登录' }).click();
  await mine.getByRole('dialog').getByRole('button', { name: '退出登录' }).click();
  await expect(mine.getByRole('heading', { name: '专员登录' })).toBeVisible();

  // He comes back: it goes, is kept for the other, and he is told who that is.
  await signInOnDuty(mine, app, 'officer');
  await expect(mine.getByText('已转交')).toBeVisible({ timeout: 30_000 });
  await mine.locator(`a[href="/m/duty/visits/${visit}"]`).click();
  await expect(mine.locator('[data-state="kept"]')).toContainText(`现在由${other.display_name}去做。你写的都收下了`);
  await expectNoAxeViolations(mine);
  const file = await call<{ inspection: { state: string }; kept: { officer: { name: string } }[]; photos: unknown[] }>(it.reviewer, 'GET', `/inspections/${visit}`);
  expect([file.inspection.state, file.kept.map((one) => one.officer.name), file.photos.length]).toEqual(['planned', [it.officer.display_name], 2]);

  // To the worker's face and back; in the other language.
  await mine.goto('/m/duty/me');
  await mine.getByRole('link', { name: '员工页面（我的健康档案）' }).click();
  await expect(mine.getByRole('heading', { name: '打开我的档案' })).toBeVisible();
  await mine.getByRole('link', { name: '我是专员，去验收' }).click();
  await expect(mine.getByRole('heading', { name: '谁在等我' })).toBeVisible();
  await mine.getByRole('link', { name: '我的' }).click();
  await mine.getByRole('button', { name: 'English' }).click();
  const next = await visitOf(it, '七号仓库');
  await mine.goto('/m/duty');
  await expect(mine.getByRole('heading', { name: 'Who waits for me' })).toBeVisible();
  const sound = async () => {
    await expectNoSidewaysScroll(mine);
    await expectNoAxeViolations(mine);
  };
  await sound();
  await mine.locator(`a[href="/m/duty/visits/${next}"]`).click();
  await expect(mine.getByRole('link', { name: 'Call 138 0000 0000' })).toBeVisible();
  await sound();
  await mine.getByRole('link', { name: 'Begin' }).click();
  await mine.getByText('Wanting', { exact: true }).click();
  await photograph(mine, picture);
  await expect(mine.getByText('Arrived')).toBeVisible();
  await expect(mine.getByText('Say what is wanting')).toBeVisible();
  await sound();
  await mine.goto(`/m/duty/visits/${next}/sign`);
  await mine.getByRole('button', { name: 'Sign and send' }).click();
  await expect(mine.getByText('Both write their names and sign.')).toBeVisible();
  await sound();
  await mine.goto('/m/duty/firms');
  await expect(mine.locator(`a[href="/m/duty/firms/${it.enterprise_id}"]`)).toBeVisible();
  await sound();
  await context.close();
  await Promise.all([it.admin, it.command, it.enterprise, it.reviewer].map((own) => own.close()));
});
