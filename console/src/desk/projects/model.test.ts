import { describe, expect, it } from 'vitest';
import type { Project } from '../../api';
import { lastDays, teamNames } from './model';

const team = (name: string | null) => ({ name, current: 1, ever: 1, leading: 0, from: '2020-03-01T00:00:00Z', until: null });
const project: Project = {
  site_id: 'site_1', name: '江滨工地', area_code: '350104001002', open_state: 'open', unit_id: 'unit_1', members: 3, came_today: 0,
  companies: [{ name: '甲', credit_code: null, kind: null, current: 2, teams: [team('木工班'), team(null)] }, { name: '乙', credit_code: null, kind: null, current: 1, teams: [team('钢筋班'), team('木工班')] }],
};

describe('a project', () => {
  it('names each team once', () => expect(teamNames(project)).toEqual(['钢筋班', '木工班'].toSorted((a, b) => a.localeCompare(b, 'zh-CN'))));
  it.each([['2020-03-01', '2020-03-01', true], ['2020-03-01', '2020-03-31', true], ['2020-03-01', '2020-04-01', false], ['2020-03-02', '2020-03-01', false], ['', '2020-03-01', false]])('from %s until %s can be exported: %s', (from, until, can) => expect(lastDays(from, until)).toBe(can));
});
