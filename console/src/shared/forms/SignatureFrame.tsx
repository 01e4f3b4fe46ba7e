import { useRef, useState, type Dispatch, type KeyboardEvent, type PointerEvent, type SetStateAction } from 'react';
import { ACROSS, DOWN, pathOf, pointIn, withPoint, type StrokePoint, type Strokes } from './signature';
import './signature.css';

const STEP = 20;
const MOVES: Record<string, [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** A frame to sign in: with a finger, a pen, the mouse, or the arrow keys. An empty one begins anew. */
export function SignatureFrame({ value, onChange, label, describedBy }: { value: Strokes; onChange: Dispatch<SetStateAction<Strokes>>; label: string; describedBy: string }) {
  const began = useRef<number | null>(null);
  const drawing = useRef(false);
  const [pen, setPen] = useState<{ at: [number, number]; down: boolean } | null>(null);
  // Events come faster than pages are drawn: each builds on the one before.
  const put = (point: StrokePoint, begins: boolean) => onChange((it) => withPoint(it, point, begins));
  const since = () => {
    const now = performance.now();
    if (began.current === null) began.current = now;
    return now - began.current;
  };
  const at = (event: PointerEvent<SVGSVGElement>) => pointIn(event.currentTarget.getBoundingClientRect(), event.clientX, event.clientY, since());
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    if (value.length === 0) began.current = null;
    setPen(null);
    put(at(event), true);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (drawing.current && event.isPrimary) put(at(event), false);
  };
  const up = () => {
    drawing.current = false;
  };
  const key = (event: KeyboardEvent<SVGSVGElement>) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    const from = pen?.at ?? [ACROSS / 4, DOWN / 2];
    const to: [number, number] = [Math.min(ACROSS, Math.max(0, from[0] + by[0])), Math.min(DOWN, Math.max(0, from[1] + by[1]))];
    if (event.shiftKey) {
      const ms = Math.round(since());
      if (!pen?.down) put([...from, ms], true);
      put([...to, ms], false);
    }
    setPen({ at: to, down: event.shiftKey });
  };
  return (
    <svg
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys draw in it
      tabIndex={0}
      className="sign-pad" viewBox={`0 0 ${ACROSS} ${DOWN}`} role="application" aria-label={label} aria-describedby={describedBy}
      onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onKeyDown={key}
    >
      <line x1="60" x2="940" y1="400" y2="400" className="sign-line" />
      <path d={pathOf(value)} className="sign-ink" />
      {pen ? <circle cx={pen.at[0]} cy={pen.at[1]} r="10" className="sign-pen" /> : null}
    </svg>
  );
}

/** A signature as it was drawn. */
export function SignatureDrawn({ strokes, label }: { strokes: number[][][]; label: string }) {
  const lowest = Math.max(DOWN, ...strokes.flat().map((it) => it[1] ?? 0));
  return <svg className="sign-drawn" viewBox={`0 0 ${ACROSS} ${lowest}`} role="img" aria-label={label}><path d={pathOf(strokes)} className="sign-ink" /></svg>;
}
