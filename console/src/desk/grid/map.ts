// What the map shows, without the map: values, steps, colours, shapes as GeoJSON.
import type { AreaLoadView, ShapeView } from '../../api';

export type Measure = 'per_officer' | 'without_officer_share';
export const MEASURES: Measure[] = ['per_officer', 'without_officer_share'];

/** From which value on a colour holds; the first from nought. More than twenty for one officer is too many. */
const STEPS: Record<Measure, readonly number[]> = { per_officer: [0, 3, 6, 11, 21], without_officer_share: [0, 0.05, 0.15, 0.3, 0.5] };
/** Light to dark: they differ in lightness, so that they do in grey too. */
export const COLOURS = ['#e3f2f4', '#a9d5dc', '#63aebb', '#23818f', '#00454f'] as const;
/** Nothing to compare: no enterprises, or no officers. */
export const NOTHING = '#ebeef0';

export function valueOf(load: AreaLoadView | undefined, measure: Measure): number | null {
  return load ? load[measure] : null;
}

function stepOf(value: number, measure: Measure): number {
  return STEPS[measure].reduce((step, from, at) => (from <= value ? at : step), 0);
}

export function colourOf(value: number | null, measure: Measure): string {
  return value === null ? NOTHING : (COLOURS[stepOf(value, measure)] ?? NOTHING);
}

/** Each colour with the values it stands for; the last has no end. */
export function legend(measure: Measure): { colour: string; from: number; until: number | null }[] {
  const steps = STEPS[measure];
  return COLOURS.map((colour, at) => ({ colour, from: steps[at] ?? 0, until: steps[at + 1] ?? null }));
}

export type Bounds = [west: number, south: number, east: number, north: number];

export function boundsOf(shapes: ShapeView[]): Bounds | null {
  if (shapes.length === 0) return null;
  const least = (pick: (it: ShapeView) => number) => Math.min(...shapes.map(pick));
  const most = (pick: (it: ShapeView) => number) => Math.max(...shapes.map(pick));
  return [least((it) => it.west_deg), least((it) => it.south_deg), most((it) => it.east_deg), most((it) => it.north_deg)];
}

/** The areas below the parent; the parent's own shape is only the frame. */
export function below(shapes: ShapeView[], parent: string): ShapeView[] {
  const children = shapes.filter((it) => it.code !== parent);
  return children.length ? children : shapes;
}

export function features(shapes: ShapeView[], loads: AreaLoadView[], measure: Measure) {
  const known = new Map(loads.map((it) => [it.code, it]));
  return {
    type: 'FeatureCollection' as const,
    features: shapes.map((it) => ({
      type: 'Feature' as const, properties: { code: it.code, colour: colourOf(valueOf(known.get(it.code), measure), measure) },
      geometry: { type: 'MultiPolygon' as const, coordinates: it.polygons },
    })),
  };
}

/** Where a name stands: the middle of the largest outline, weighed by its area. */
export function middleOf(shape: ShapeView): [number, number] {
  let best: { size: number; at: [number, number] } = { size: -1, at: [(shape.west_deg + shape.east_deg) / 2, (shape.south_deg + shape.north_deg) / 2] };
  for (const [ring] of shape.polygons) {
    let [twice, x, y] = [0, 0, 0];
    for (let at = 0; ring && at + 1 < ring.length; at += 1) {
      const [a, b] = [ring[at], ring[at + 1]];
      const cross = (a?.[0] ?? 0) * (b?.[1] ?? 0) - (b?.[0] ?? 0) * (a?.[1] ?? 0);
      twice += cross;
      x += ((a?.[0] ?? 0) + (b?.[0] ?? 0)) * cross;
      y += ((a?.[1] ?? 0) + (b?.[1] ?? 0)) * cross;
    }
    if (best.size < Math.abs(twice) && twice !== 0) best = { size: Math.abs(twice), at: [x / (3 * twice), y / (3 * twice)] };
  }
  return best.at;
}
