// `import { expect, test } from '../fixtures'`: a private instance per worker, sign-in, device pushes, axe.
import { test as base, type Cookie, expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Instance, type Ready, startInstance } from './instance';
import { freshCode } from './totp';

export { expect };

export interface SignInOptions {
  /** Go through the form even if this role has signed in before. */
  fresh?: boolean;
}
type SignInAs = (page: Page, role: string, options?: SignInOptions) => Promise<void>;
type Push = (deviceIdx: number, body: string | Uint8Array | Buffer, contentType: string) => Promise<Response>;

interface WorkerFixtures {
  instance: Instance;
  app: Ready;
  kept: Map<string, Cookie[]>;
}
interface TestFixtures {
  signIn: SignInAs;
  push: Push;
  expectNoAxeViolations: (page: Page, options?: AxeOptions) => Promise<void>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // Its time is its own, not that of the first test of the worker.
  instance: [
    async ({}, use) => {
      const instance = await startInstance();
      await use(instance);
      await instance.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  app: [async ({ instance }, use) => use(instance.ready), { scope: 'worker' }],
  kept: [async ({}, use) => use(new Map()), { scope: 'worker' }],

  baseURL: async ({ app }, use) => use(app.base_url),

  signIn: async ({ app, kept }, use) => {
    await use(async (page, role, options = {}) => {
      const cookies = kept.get(role);
      if (cookies !== undefined && options.fresh !== true) {
        await page.context().addCookies(cookies);
        await page.goto('/');
        if (await isSignedIn(page)) return;
        await page.context().clearCookies();
      }
      await fillSignIn(page, app, role);
      kept.set(role, await page.context().cookies());
    });
  },

  push: async ({ app }, use) => {
    await use((deviceIdx, body, contentType) => {
      const device = app.devices[deviceIdx];
      if (device === undefined) throw new Error(`the demo has no device ${deviceIdx}`);
      const bytes = typeof body === 'string' ? body : new Uint8Array(body);
      return fetch(new URL(device.path, app.devices_url), { method: 'POST', headers: { 'content-type': contentType }, body: bytes });
    });
  },

  expectNoAxeViolations: async ({}, use) => use(expectNoAxeViolations),
});

/** The credentials of a role of the demo. */
export function credentials(app: Ready, role: string) {
  const found = app.sign_ins.find((it) => it.role === role);
  if (found === undefined) throw new Error(`the demo has no ${role}: ${app.sign_ins.map((it) => it.role).join(', ')}`);
  return found;
}

async function isSignedIn(page: Page): Promise<boolean> {
  const answer = await page.request.get('/api/v1/session');
  return answer.ok();
}

/** The form is found as a person finds it: by its labels, in either language. */
async function fillSignIn(page: Page, app: Ready, role: string) {
  const { login, password, totp_secret } = credentials(app, role);
  await page.goto('/');
  await page.getByLabel(/账号|用户名|登录名|user ?name|login|account/i).first().fill(login);
  await page.getByLabel(/^\W*(密码|password)/i).first().fill(password);
  const submit = page.getByRole('button', { name: /登\s*录|sign in|下一步|next/i });
  if (totp_secret !== null) {
    const code = page.getByLabel(/动态码|动态口令|验证码|one-time|code/i).first();
    // Some forms ask for the code at once, some after the password.
    if (!(await code.isVisible())) await submit.click();
    await code.fill(await freshCode(totp_secret));
  }
  await submit.click();
  await expect.poll(() => isSignedIn(page), { message: `${role} is signed in` }).toBe(true);
  await expect(page.getByLabel(/^\W*(密码|password)/i)).toHaveCount(0);
}

export interface AxeOptions {
  /** Only this part of the page. */
  within?: string;
  /** Rules left out, each with its reason beside the call. */
  without?: string[];
}

interface AxeViolation { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA, as far as a machine can tell. */
export async function expectNoAxeViolations(page: Page, options: AxeOptions = {}) {
  // A colour on its way to another one is nobody's.
  await expect(page.locator('.ant-btn-loading')).toHaveCount(0);
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((it) => it.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map((it) => it.finished));
  });
  // Evaluated rather than added as a script: the page's content security policy forbids the latter.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async ({ within, without }) => {
    const { axe } = window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<{ violations: AxeViolation[] }> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const rules = Object.fromEntries((without ?? []).map((rule) => [rule, { enabled: false }]));
    const found = await axe.run(within ?? document, { runOnly: { type: 'tag', values: tags }, rules });
    return found.violations;
  }, options);
  const lines = violations.map((it) => `${it.id}: ${it.help}\n${it.nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}`).join('\n')}`);
  expect(lines, 'axe').toEqual([]);
}
