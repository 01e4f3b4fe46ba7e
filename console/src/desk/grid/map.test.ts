import { expect, test } from 'vitest';
import type { AreaLoadView, ShapeView } from '../../api';
import { below, boundsOf, COLOURS, colourOf, features, legend, middleOf, NOTHING, valueOf } from './map';

const shape = (code: string, west: number, size: number): ShapeView => ({
  code, name: code, kind: 'street', west_deg: west, south_deg: 26, east_deg: west + size, north_deg: 26 + size,
  polygons: [[[[west, 26], [west + size, 26], [west + size, 26 + size], [west, 26 + size], [west, 26]]]],
});
const load = (code: string, per_officer: number | null): AreaLoadView => ({
  code, name: code, kind: 'street', enterprises: 4, without_grid: 0, without_officer: 1, with_many: 0, officers: 2, per_officer, without_officer_share: 0.25,
});

test.each([
  [null, NOTHING], [0, COLOURS[0]], [2.9, COLOURS[0]], [3, COLOURS[1]], [10.5, COLOURS[2]], [20, COLOURS[3]], [21, COLOURS[4]], [900, COLOURS[4]],
])('%s enterprises for one officer are %s', (value, colour) => {
  expect(colourOf(value, 'per_officer')).toBe(colour);
});

test('the legend has a line for every colour, without gaps', () => {
  for (const measure of ['per_officer', 'without_officer_share'] as const) {
    const lines = legend(measure);
    expect(lines.map((it) => it.colour)).toEqual([...COLOURS]);
    expect(lines.slice(0, -1).every((it, at) => it.until === lines[at + 1]?.from)).toBe(true);
    expect(lines.at(-1)?.until).toBeNull();
  }
});

test('areas wear the colour of their load, and what is not known wears none', () => {
  const drawn = features([shape('999999001', 119, 0.1), shape('999999002', 119.1, 0.1)], [load('999999001', 4)], 'per_officer');
  expect(drawn.features.map((it) => it.properties)).toEqual([{ code: '999999001', colour: COLOURS[1] }, { code: '999999002', colour: NOTHING }]);
  expect(valueOf(load('1', 2), 'without_officer_share')).toBe(0.25);
});

test('the frame of an area is not one of its parts, unless it has none', () => {
  const [district, street] = [shape('999999', 119, 0.3), shape('999999001', 119.1, 0.1)];
  expect(below([district, street], '999999')).toEqual([street]);
  expect(below([district], '999999')).toEqual([district]);
  expect(boundsOf([district, street])).toEqual([119, 26, 119.3, 26.3]);
  expect(boundsOf([])).toBeNull();
});

test('a name stands in the middle of the largest outline', () => {
  const two = { ...shape('1', 119, 0.2), polygons: [...shape('1', 100, 0.01).polygons, ...shape('1', 119, 0.2).polygons] };
  const [lon, lat] = middleOf(two);
  expect(lon).toBeCloseTo(119.1, 3);
  expect(lat).toBeCloseTo(26.1, 3);
  expect(middleOf({ ...two, polygons: [] })).toEqual([119.1, 26.1]);
});
