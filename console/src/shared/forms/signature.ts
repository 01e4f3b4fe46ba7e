// A drawn signature as data: lines of points in thousandths of the frame's width, with milliseconds since the first point.

/** Across, down, milliseconds. */
export type StrokePoint = [number, number, number];
export type Strokes = StrokePoint[][];

export const ACROSS = 1_000;
/** The frame is twice as wide as high; a point below it is drawn at its edge. */
export const DOWN = 500;
const STROKES_MOST = 100;
const POINTS_LEAST = 8;
const POINTS_MOST = 6_000;
const SPREAD_LEAST = 100;

interface Frame { left: number; top: number; width: number }

/** Where a pointer is, in the frame's own measure. */
export function pointIn(frame: Frame, x: number, y: number, ms: number): StrokePoint {
  const width = Math.max(1, frame.width);
  const scaled = (it: number, most: number) => Math.min(most, Math.max(0, Math.round((it / width) * ACROSS)));
  return [scaled(x - frame.left, ACROSS), scaled(y - frame.top, DOWN), Math.max(0, Math.round(ms))];
}

/** With one more point; one that says nothing new is left out. */
export function withPoint(strokes: Strokes, point: StrokePoint, begins: boolean): Strokes {
  if (strokes.reduce((sum, it) => sum + it.length, 0) >= POINTS_MOST) return strokes;
  if (begins) return strokes.length < STROKES_MOST ? [...strokes, [point]] : strokes;
  const line = strokes.at(-1);
  const last = line?.at(-1);
  if (!line || !last || (last[0] === point[0] && last[1] === point[1])) return strokes;
  return [...strokes.slice(0, -1), [...line, point]];
}

/** Whether these lines can be a signature, as the server sees it: not a dot. */
export function isSignature(strokes: readonly (readonly number[])[][]): boolean {
  const points = strokes.flat();
  const spread = (at: 0 | 1) => {
    const all = points.map((it) => it[at] ?? 0);
    return Math.max(...all) - Math.min(...all);
  };
  return strokes.length <= STROKES_MOST && POINTS_LEAST <= points.length && points.length <= POINTS_MOST && SPREAD_LEAST <= Math.max(spread(0), spread(1));
}

/** For the `d` of an SVG path. */
export function pathOf(strokes: readonly (readonly (readonly number[])[])[]): string {
  return strokes.map((line) => line.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x ?? 0} ${y ?? 0}`).join('')).join('');
}
