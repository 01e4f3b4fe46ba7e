import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
const ready = JSON.parse(readFileSync(process.argv[2] ?? '/tmp/d1.json'));
const only = process.argv[3]?.split(',');
const views = (process.argv[4] ?? 'desktop').split(',');
const lang = process.argv[5] ?? 'zh';
const onlyPages = process.argv[6]?.split(',');
const b32 = (t) => { const A='ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'; let v=0,b=0,o=[]; for (const c of t) { v=((v<<5)|A.indexOf(c))&0xffff; b+=5; if(b>=8){b-=8;o.push((v>>b)&255);} } return Buffer.from(o); };
const used = {};
const totp = async (s) => { let step=Math.floor(Date.now()/30000); const c=Buffer.alloc(8); c.writeBigUInt64BE(BigInt(step)); const m=createHmac('sha1',b32(s)).update(c).digest(); const o=m.at(-1)&15; return String((m.readUInt32BE(o)&0x7fffffff)%1e6).padStart(6,'0'); };
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const PAGES = ['/', '/areas','/areas/import','/responses','/enterprises','/sites','/gates','/devices','/gate-rules','/people','/people/new','/people/imports','/screenings','/alarms','/audit','/accounts','/operations'];
for (const s of ready.sign_ins) {
  if (only && !only.includes(s.role)) continue;
  if (s.role === 'guard') continue;
  const ctx = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: ready.base_url });
  const page = await ctx.newPage();
  const bad = [];
  page.on('console', (m) => { if (m.type() === 'error' || m.type()==='warning') bad.push(`console ${m.text().slice(0, 300)}`); });
  page.on('pageerror', (e) => bad.push(`pageerror ${e.stack.slice(0, 600)}`));
  page.on('response', async (r) => { if (r.status() >= 400) bad.push(`${r.status()} ${r.request().method()} ${r.url().replace(ready.base_url,'')} ${await r.text().catch(()=>'')}`); });
  await page.goto('/sign-in');
  const body = { login: s.login, password: s.password, totp: await totp(s.totp_secret) };
  const a = await page.evaluate(async (body) => { const r = await fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }); return [r.status, await r.json()]; }, body);
  if (a[0] !== 200) { console.log(s.role, 'sign-in', JSON.stringify(a)); await ctx.close(); continue; }
  console.log('==', s.role, a[1].permissions.join(' '), JSON.stringify(a[1].gate), JSON.stringify(a[1].response).slice(0, 100));
  await page.evaluate((l) => localStorage.setItem('fugong.lang', l), lang);
  bad.length = 0;
  for (const view of views) {
    await page.setViewportSize(view === 'phone' ? { width: 390, height: 844 } : { width: 1440, height: 900 });
    await page.goto('/');
    await page.waitForTimeout(1000);
    const links = view === 'phone' ? PAGES : await page.$$eval('nav a', (els) => els.map((e) => e.getAttribute('href')));
    const allowed = new Set(links);
    const list = onlyPages ?? [...new Set(['/', ...links, ...(links.includes('/people') ? ['/people/new', '/people/imports'] : []), ...(links.includes('/areas') ? ['/areas/import'] : [])])];
    for (const path of list) {
      if (!path || path === '/gate') continue;
      const before = bad.length;
      await page.goto(path); await page.waitForTimeout(700);
      const name = (path.replace(/[/?=]/g, '_') || '_').slice(0, 50);
      await page.screenshot({ path: `/tmp/crawl/shots/${lang}-${view}-${s.role}${name}.png` });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 1) console.log('  overflow', path, over);
      for (const line of bad.slice(before)) console.log('  ', path, line);
      // open first row
      const link = page.locator('main table tbody a, main .card-title').first();
      if (!onlyPages && await link.count() && ['/', '/areas/import', '/people/imports'].indexOf(path) < 0) {
        const b2 = bad.length;
        await link.click({ timeout: 3000 }).catch((e) => console.log('  click', path, e.message.slice(0, 100)));
        await page.waitForTimeout(900);
        await page.screenshot({ path: `/tmp/crawl/shots/${lang}-${view}-${s.role}${name}-open.png` });
        for (const line of bad.slice(b2)) console.log('  ', path, 'OPEN', line);
      }
    }
  }
  await ctx.close();
}
await browser.close();
