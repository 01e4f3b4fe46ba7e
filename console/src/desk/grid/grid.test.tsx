import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { AreaLoadView, AssignmentView, GridEnterpriseView, OfficerView } from '../../api';
import { renderDesk, sessionFor } from '../../test/render';
import { FakeServer } from '../../test/server';
import { Assignments } from './Assignments';
import { AssignMany } from './AssignMany';
import { Component as MapPage } from './MapPage';

// jsdom has no WebGL: what the map draws is tried by a journey, in a browser.
vi.mock('./AreaMap', () => ({ AreaMap: ({ onPick }: { onPick: (code: string) => void }) => <button onClick={() => onPick('999999001')}>drawn</button> }));

const command = sessionFor('command', ['manage_grid', 'read_places']);

const enterprise = (id: string, name: string): GridEnterpriseView => ({ id, name, credit_code: '91', area_code: '999999001', area_name: '江口街道', employees: 3, in_grid: false, officers: [] });
const officer: OfficerView = {
  id: 'acc_9', login: 'officer', name: '林巧云', area_names: ['江口街道'], disabled: false, enterprises: 2, premises: 1, substitute_id: null, substitute_name: null, away_until: null, stands_in_for: 0, last_signed_in_at: null,
};
const assignment = (changes: Partial<AssignmentView> = {}): AssignmentView => ({
  id: 'asg_1', officer_id: 'acc_9', officer_name: '林巧云', kind: 'enterprise_officer', enterprise_id: 'ent_1', premises_id: null, target_name: '甲厂', credit_code: null, area_code: '999999001', from: '2020-03-01T00:00:00Z', until: null,
  in_force: true, set_by: '方主任', set_at: '2020-03-01T00:00:00Z', ended_by: null, handover_note: null, ...changes,
});
const area = (code: string, name: string, without: number): AreaLoadView => ({
  code, name, kind: 'street', enterprises: 4, without_grid: 0, without_officer: without, with_many: 0, officers: 1, per_officer: 4 - without, without_officer_share: without / 4,
});

it('shows what would change before it changes it, and again when something else is chosen', async () => {
  const server = new FakeServer()
    .get('/officers', { items: [officer], next: null })
    .get('/officers/{id}', officer)
    .post('/assignments/many', ({ body }) => {
      const { dry_run } = body as { dry_run: boolean };
      return { dry_run, enterprises: [{ enterprise_id: 'ent_1', name: '甲厂', already: false, relieved: ['陈海生'] }, { enterprise_id: 'ent_2', name: '乙厂', already: true, relieved: [] }] };
    });
  const done = vi.fn();
  renderDesk(<AssignMany enterprises={[enterprise('ent_1', '甲厂'), enterprise('ent_2', '乙厂')]} onClose={() => undefined} onDone={done} />, { session: command });
  const box = screen.getByRole('combobox', { name: '专员' });
  await userEvent.click(box);
  await userEvent.click(await screen.findByText('林巧云'));
  await userEvent.click(screen.getByRole('button', { name: '看会改什么' }));
  expect(await screen.findByText('1 家会改，1 家不变。')).toBeTruthy();
  expect(screen.getByText('替换陈海生')).toBeTruthy();
  await userEvent.click(screen.getByRole('checkbox', { name: '替换现在的同类人员' }));
  expect(screen.queryByText('1 家会改，1 家不变。')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: '看会改什么' }));
  await userEvent.click(await screen.findByRole('button', { name: '分派 1 家' }));
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  const sent = server.sent.filter((it) => it.method === 'POST').map((it) => it.body as { dry_run: boolean; relieve: boolean; enterprise_ids: string[] });
  expect(sent.map((it) => [it.dry_run, it.relieve])).toEqual([[true, true], [true, false], [false, false]]);
  expect(sent[2]?.enterprise_ids).toEqual(['ent_1', 'ent_2']);
});

it('offers nothing to change to whoever may only look', async () => {
  new FakeServer().get('/assignments', ({ query }) => ({ items: query['state'] === 'in_force' ? [assignment()] : [], next: null })).get('/assignments/count', { count: 1 });
  renderDesk(<Assignments of={{ enterprise_id: 'ent_1' }} title="负责人员" />, { session: sessionFor('officer', ['read_places']) });
  expect(await screen.findByText('林巧云')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.queryByRole('link')).toBeNull();
});

it('says beside the map what the map says, and leads to the list behind it', async () => {
  new FakeServer()
    .get('/grid/areas', [area('999999001', '江口街道', 1), area('999999002', '石桥街道', 0)])
    .get('/areas/shapes', [{ code: '999999001', name: '江口街道', kind: 'street', polygons: [], west_deg: 1, south_deg: 1, east_deg: 2, north_deg: 2 }]);
  renderDesk(<MapPage />, { session: command, path: '/grid/map?measure=without_officer_share' });
  const row = await screen.findByRole('row', { name: /江口街道/ });
  expect(within(row).getByText('25%')).toBeTruthy();
  expect(within(row).getByRole('link').getAttribute('href')).toBe('/grid?area=999999001&gap=no_officer');
  expect(screen.getByRole('list', { name: '图例' })).toBeTruthy();
  expect(await screen.findByText('drawn')).toBeTruthy();
});
