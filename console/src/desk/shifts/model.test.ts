import { describe, expect, it } from 'vitest';
import { busy, clock, draggedBy, minuteOf, moved, movedCount, newTeam, pastedTeams, points, rangeOf } from './model';

describe('times', () => {
  it('are clock times and minutes', () => {
    expect([clock(485), clock(1500), clock(-15)]).toEqual(['08:05', '01:00', '23:45']);
    expect([minuteOf('8:05'), minuteOf('08：05'), minuteOf('24:00'), minuteOf('8'), minuteOf('08:75')]).toEqual([485, 485, null, null, null]);
  });
});

describe('teams from a spreadsheet', () => {
  it('skip headings and keep what is there', () => {
    const teams = pastedTeams('班组\t岗位\t人数\n一班\t装配\t40\t7:00\t8:30\r\n二班\t\t35\n\n');
    expect(teams.map((it) => [it.name, it.post, it.headcount, it.earliest, it.latest])).toEqual([['一班', '装配', 40, 420, 510], ['二班', '', 35, 420, 570]]);
  });
});

describe('a start by hand', () => {
  const starts = [{ team: 'a', start: 480, pause_at: 720 }, { team: 'b', start: 0, pause_at: null }];
  it('takes the break along', () => {
    const after = moved(starts, 'a', 5);
    expect(after[0]).toEqual({ team: 'a', start: 485, pause_at: 725 });
    expect([movedCount(starts, after), movedCount(starts, moved(starts, 'b', -5))]).toEqual([1, 0]);
  });
});

describe('a bar that is dragged', () => {
  const range = { from: 360, until: 1080 };
  const by = (pixels: number, start = 480, slot = 5) => draggedBy(start, pixels, 720, range, slot);
  it('moves in whole slots', () => {
    expect([by(0), by(2), by(3), by(-12), by(-13), by(61)]).toEqual([0, 0, 5, -10, -15, 60]);
    expect([by(14, 480, 30), by(15, 480, 30), by(-44, 480, 30)]).toEqual([0, 30, -30]);
  });
  it('goes by how wide the track is', () => {
    expect([draggedBy(480, 30, 360, range, 5), draggedBy(480, 30, 0, range, 5)]).toEqual([60, 0]);
  });
  it('stays in the day, and on its own grid', () => {
    expect([480 + by(-9_000), 480 + by(9_000), 483 + by(-9_000, 483), 483 + by(9_000, 483)]).toEqual([0, 1435, 3, 1438]);
    const starts = [{ team: 'a', start: 480, pause_at: 720 }];
    expect(moved(starts, 'a', by(9_000))).toEqual([{ team: 'a', start: 1435, pause_at: 1675 }]);
  });
});

describe('the chart', () => {
  it('shows the hours that matter', () => {
    const plan = { slot_minutes: 5, arrival_minutes: 15, leaving_minutes: 10, teams: [newTeam('a')] } as Parameters<typeof rangeOf>[0];
    expect(rangeOf(plan, [{ team: 'a', start: 450, pause_at: null }])).toEqual({ from: 420, until: 1080 });
    const queue = Array.from({ length: 288 }, (_, n) => (n === 96 ? 10 : 0));
    expect(busy([queue], 5)).toEqual({ from: 420, until: 540 });
    expect(busy([[]], 5)).toEqual({ from: 420, until: 600 });
    expect(points(queue, 5, { from: 475, until: 490 }, 10, 30, 10)).toBe('10.0,10.0 20.0,0.0 30.0,10.0');
  });
});
