// The checklist that is being edited: its draft, where the hand is, and what is wrong with it.
import type { Checklist, ChecklistView } from '../../api';
import { useDraft } from '../parts/edit/useDraft';
import { useSpots } from '../parts/edit/useSpots';
import { isAt, itemAdded, moved, movedInto, nearest, removed, sectionAdded, type Spot } from './edit';
import { faultsOf, isUnwritten } from './faults';

/** The draft's name on this device. */
export const DRAFT = 'checklist';

/** The name of an entry in the page, for whoever moves it from the keyboard. */
export function entryId(spot: Spot): string {
  return spot.on === 'section' ? `entry-${spot.section}` : `entry-${spot.section}-${spot.item}`;
}

const DEEDS = { nearest, moved, removed, isAt, entryId };

export function useEditing(view: ChecklistView) {
  const draft = useDraft(DRAFT, view.definition, view.version);
  const spots = useSpots<Checklist, Spot>(draft, { on: 'section', section: 0 }, DEEDS);
  const list = draft.value;
  const all = faultsOf(list);
  const faults = all.filter((it) => !isUnwritten(it, spots.fresh));
  return {
    ...draft, ...spots, list, all, faults,
    addSection: () => spots.add(sectionAdded(list, spots.spot)),
    addItem: (section: number) => spots.add(itemAdded(list, section, spots.spot)),
    moveInto: (section: number) => {
      const step = spots.spot.on === 'item' ? movedInto(list, spots.spot, section) : null;
      if (!step) return;
      draft.change(step.value);
      spots.go(step.spot);
    },
    wrongAt: (input: string) => faults.filter((it) => it.fault.input === input && isAt(it.spot, spots.spot)),
  };
}

export type Editing = ReturnType<typeof useEditing>;
