import { describe, expect, it } from 'vitest';
import { isSignature, pathOf, pointIn, withPoint, type StrokePoint, type Strokes } from './signature';

const line = (n: number, step: number): StrokePoint[] => Array.from({ length: n }, (_, at) => [at * step, 10, at * 16]);

describe('a drawn signature', () => {
  it('is measured in thousandths of the width of its frame, on any screen', () => {
    expect(pointIn({ left: 20, top: 100, width: 320 }, 180, 180, 12.6)).toEqual([500, 250, 13]);
    expect(pointIn({ left: 0, top: 0, width: 800 }, 400, 200, 13)).toEqual([500, 250, 13]);
  });

  it('stays inside its frame', () => {
    expect(pointIn({ left: 20, top: 100, width: 320 }, 0, 0, -1)).toEqual([0, 0, 0]);
    expect(pointIn({ left: 20, top: 100, width: 320 }, 900, 900, 1)).toEqual([1000, 500, 1]);
    expect(pointIn({ left: 0, top: 0, width: 0 }, 5, 5, 1)).toEqual([1000, 500, 1]);
  });

  it('grows by points that say something', () => {
    let strokes: Strokes = withPoint([], [1, 1, 0], false);
    expect(strokes).toEqual([]);
    strokes = withPoint(strokes, [1, 1, 0], true);
    strokes = withPoint(strokes, [1, 1, 5], false);
    strokes = withPoint(strokes, [2, 1, 9], false);
    strokes = withPoint(strokes, [7, 7, 20], true);
    expect(strokes).toEqual([[[1, 1, 0], [2, 1, 9]], [[7, 7, 20]]]);
    expect(pathOf(strokes)).toBe('M1 1L2 1M7 7');
  });

  it('is no dot, no short line and not without end', () => {
    expect(isSignature([])).toBe(false);
    expect(isSignature([line(7, 100)])).toBe(false);
    expect(isSignature([line(20, 1)])).toBe(false);
    expect(isSignature([line(20, 30)])).toBe(true);
    const full = [Array.from({ length: 6_000 }, (_, at): StrokePoint => [at % 900, 1, at])];
    expect(withPoint(full, [5, 5, 5], false)).toBe(full);
    expect(isSignature([...full, [[1, 1, 1]]])).toBe(false);
    expect(isSignature(Array.from({ length: 101 }, () => line(1, 1)))).toBe(false);
  });
});
