import { form, pick } from '../desk';
import { expect, test } from '../fixtures';

test('the command assigns and hands over, and the replaced officer no longer sees', async ({ page, browser, signIn, expectNoAxeViolations }) => {
  test.slow();
  await signIn(page, 'command');
  await page.goto('/grid');
  await expect(page.getByRole('heading', { name: '网格与专员' })).toBeVisible();
  await page.getByText('没有专员', { exact: false }).first().click();
  await expect(page).toHaveURL(/gap=no_officer/);
  const left = page.getByRole('row', { name: /星屿软件/ });
  await expect(left).toBeVisible();
  await expectNoAxeViolations(page);
  await left.getByRole('checkbox').check();
  await page.getByRole('button', { name: /把 1 家分派给/ }).click();
  await pick(form(page), '专员', '林巧云');
  await form(page).getByRole('button', { name: '看会改什么' }).click();
  await expect(form(page).getByText('1 家会改，0 家不变。')).toBeVisible();
  await expectNoAxeViolations(page);
  await form(page).getByRole('button', { name: '分派 1 家' }).click();
  // Other journeys may have left enterprises of their own without an officer.
  await expect(page.getByRole('row', { name: /星屿软件/ })).toHaveCount(0);

  const his = await (await browser.newContext()).newPage();
  await signIn(his, 'officer');
  await expect(his.getByRole('heading', { name: '我负责的' })).toBeVisible();
  await his.getByRole('link', { name: '星屿软件有限公司' }).click();
  await expect(his.getByLabel('企业详情').getByText('星屿软件有限公司').first()).toBeVisible();
  const address = his.url();
  await his.goto('/enterprises');
  await expect(his.getByRole('link', { name: '拓原电子科技有限公司' })).toHaveCount(0);

  await page.goto('/grid/officers');
  await page.getByRole('link', { name: '林巧云' }).click();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '移交', exact: true }).click();
  await pick(form(page), '交给', '陈海生');
  await form(page).getByLabel('交接说明').fill('林巧云借调，企业由陈海生接手');
  await form(page).getByRole('button', { name: '移交', exact: true }).click();
  await expect(page.getByText('现在没有负责的企业和楼宇小区。')).toBeVisible();
  await expect(page.getByText(/交给陈海生/)).toBeVisible();

  await his.goto(address);
  await expect(his.getByLabel('企业详情').getByText('找不到')).toBeVisible();
  await his.goto('/');
  await expect(his.getByText('现在没有分派给你的')).toBeVisible();
  await expectNoAxeViolations(his);
  await his.context().close();
});

test('the map is drawn from the district itself, says the same as its table, and leads to the list behind a colour', async ({ page, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'command');
  const outside: string[] = [];
  const own = new URL(page.url()).origin;
  page.on('request', (request) => { if (!request.url().startsWith(own) && !/^(data|blob):/.test(request.url())) outside.push(request.url()); });
  await page.goto('/grid/map');
  const map = page.getByRole('img', { name: /各区域的地图/ });
  await expect(map).toHaveAttribute('data-drawn', 'true');
  const name = map.getByText('江口街道');
  await expect(name).toBeVisible();
  await expect(page.getByRole('table').getByRole('link', { name: '江口街道' })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '看下级：江口街道' }).click();
  await expect(map.getByText('滨江社区')).toBeVisible();
  await page.getByRole('button', { name: '回上一级' }).click();
  await expect(name).toBeVisible();
  const share = page.getByRole('radio', { name: '没有专员的企业占比' });
  await share.click();
  await expect(share).toBeChecked();
  // Only what was drawn can be clicked, and it is drawn when it is ready.
  await expect(async () => {
    const box = await name.boundingBox({ timeout: 1000 });
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    await expect(page).toHaveURL(/\/grid\?area=999999001&gap=no_officer/, { timeout: 1000 });
  }).toPass();
  expect(outside).toEqual([]);
});

test('outlines are checked before they land', async ({ page, signIn, expectNoAxeViolations }) => {
  await signIn(page, 'command');
  await page.goto('/grid/map/import');
  const ring = [[121.6, 24.9], [121.9, 24.9], [121.9, 25.1], [121.6, 25.1], [121.6, 24.9]];
  const feature = (code: string, coordinates: number[][]) => ({ type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [coordinates] } });
  const file = { type: 'FeatureCollection', features: [feature('999999', ring), feature('999999001', ring.slice(0, 4))] };
  await page.getByLabel('选择 GeoJSON 文件').setInputFiles({ name: 'map.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(file)) });
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByRole('status').getByText('这是试算')).toBeVisible();
  await expect(page.getByRole('cell', { name: /边界没有闭合/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await expect(page.getByRole('status').getByText('已导入')).toBeVisible();
});
