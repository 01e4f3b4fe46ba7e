// Where the hand is in a document that is being edited, and what is done there.
import { useState } from 'react';
import type { Draft } from './useDraft';
import type { PaneName } from './EditorFrame';

/** What comes of a change, and what is edited then. */
export interface Step<Value, Spot> { value: Value; spot: Spot }

interface Deeds<Value, Spot> {
  nearest: (value: Value, spot: Spot) => Spot;
  moved: (value: Value, spot: Spot, by: -1 | 1) => Step<Value, Spot> | null;
  removed: (value: Value, spot: Spot) => Step<Value, Spot>;
  isAt: (one: Spot, other: Spot) => boolean;
  entryId: (spot: Spot) => string;
}

export function useSpots<Value, Spot>({ value, change }: Draft<Value>, begin: Spot, { nearest, moved, removed, isAt, entryId }: Deeds<Value, Spot>) {
  const [chosen, setChosen] = useState(begin);
  // Another visit is another set of inputs; a move is none.
  const [visit, setVisit] = useState(0);
  const [pane, setPane] = useState<PaneName>('outline');
  const [fresh, setFresh] = useState<Spot | null>(null);
  const [removing, setRemoving] = useState(false);
  const spot = nearest(value, chosen);

  const go = (to: Spot) => {
    setChosen(to);
    setVisit((it) => it + 1);
    setPane('edit');
    if (fresh !== null && !isAt(fresh, to)) setFresh(null);
  };
  const apply = (step: Step<Value, Spot>) => {
    change(step.value);
    setChosen(step.spot);
  };
  return {
    spot, visit, pane, setPane, fresh, go, removing,
    move: (by: -1 | 1) => {
      const step = moved(value, spot, by);
      if (!step) return;
      const inOutline = document.activeElement?.classList.contains('outline-entry') ?? false;
      apply(step);
      if (fresh !== null) setFresh(step.spot);
      if (inOutline) setTimeout(() => document.getElementById(entryId(step.spot))?.focus());
    },
    canMove: (by: -1 | 1) => moved(value, spot, by) !== null,
    add: (step: Step<Value, Spot>) => {
      apply(step);
      setVisit((it) => it + 1);
      setFresh(step.spot);
      setPane('edit');
      setTimeout(() => document.querySelector<HTMLElement>('.edit-pane input')?.focus());
    },
    /** A removal waits for a word. */
    askRemove: () => setRemoving(true),
    keep: () => setRemoving(false),
    remove: () => {
      const step = removed(value, spot);
      apply(step);
      setVisit((it) => it + 1);
      setFresh(null);
      setRemoving(false);
      setTimeout(() => document.getElementById(entryId(step.spot))?.focus());
    },
    /** From now on what is new counts like the rest. */
    strict: () => setFresh(null),
  };
}
