import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { TeamStart } from '../../api';
import { draggedBy, moved, type Range } from './model';

/** The bar in the hand: where the pointer took it, and how everything stood then. */
interface Held { team: string; range: Range; x: number; width: number; pointer: number; before: TeamStart[] }

export interface BarDrag {
  held: Held | null;
  handlers: (team: string, range: Range) => Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel', (event: PointerEvent<HTMLElement>) => void>;
}

/** Bars follow mouse and finger, slot by slot. Escape, or the browser taking the finger away for scrolling, puts everything back. */
export function useBarDrag(starts: TeamStart[], slot: number, onDrag: (starts: TeamStart[]) => void): BarDrag {
  const [held, setHeld] = useState<Held | null>(null);
  const cancel = useRef(() => undefined as void);
  useEffect(() => {
    cancel.current = () => {
      if (!held) return;
      setHeld(null);
      onDrag(held.before);
    };
  });
  const isHeld = held !== null;
  useEffect(() => {
    if (!isHeld) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      cancel.current();
    };
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [isHeld]);

  const handlers: BarDrag['handlers'] = (team, range) => {
    const mine = (event: PointerEvent) => (held?.team === team && held.pointer === event.pointerId ? held : null);
    return {
      onPointerDown: (event) => {
        // The track beside the bar is nobody's; a second finger or button takes nothing.
        if (held || event.button !== 0 || !event.isPrimary || event.target === event.currentTarget) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ team, range, x: event.clientX, width: event.currentTarget.getBoundingClientRect().width, pointer: event.pointerId, before: starts });
      },
      onPointerMove: (event) => {
        const it = mine(event);
        const at = it?.before.find((one) => one.team === team);
        if (it && at) onDrag(moved(it.before, team, draggedBy(at.start, event.clientX - it.x, it.width, range, slot)));
      },
      onPointerUp: (event) => { if (mine(event)) setHeld(null); },
      onPointerCancel: (event) => { if (mine(event)) cancel.current(); },
    };
  };
  return { held, handlers };
}
