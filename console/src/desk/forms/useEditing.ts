// What is done to the form on the page, and where the hand is.
import { useState } from 'react';
import type { FormDefinition, FormView } from '../../api';
import { brokenBy, type Broken } from './conditions';
import { fieldAdded, fieldAt, moved, movedInto, nearest, removed, sectionAdded, sectionAt, type Edit, type Spot } from './edit';
import { isAt, type Placed } from './faults';
import type { PaneName } from '../parts/edit/EditorFrame';
import { useDraft } from '../parts/edit/useDraft';
import { entryId } from './Outline';
import { DRAFT, useFaults } from './useLooked';

/** What waits for a word: a removal, or a move that breaks conditions. */
export interface Waiting { kind: 'remove' | 'move'; edit: Edit; broken: Broken[] }

export function useEditing(view: FormView) {
  const { value: form, edited, change, undo, redo } = useDraft(DRAFT, view.definition, view.version);
  const looked = useFaults(form);
  const [chosen, setChosen] = useState<Spot>(() => (view.definition.sections.length > 0 ? { on: 'section', section: 0 } : { on: 'form' }));
  // Another visit is another set of inputs; a move is none.
  const [visit, setVisit] = useState(0);
  const [pane, setPane] = useState<PaneName>('outline');
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const spot = nearest(form, chosen);
  const keyAt = (at: FormDefinition, it: Spot) => (fieldAt(at, it) ?? sectionAt(at, it))?.key ?? null;
  const faults = looked.faults.filter((it) => !isUnwritten(it, fresh !== null && keyAt(form, it.spot) === fresh));

  const go = (to: Spot) => {
    setChosen(to);
    setVisit((it) => it + 1);
    setPane('edit');
    if (keyAt(form, to) !== fresh) setFresh(null);
  };
  const apply = ({ form: next, spot: to }: Edit, kind: 'add' | 'move' | 'remove') => {
    const inOutline = document.activeElement?.classList.contains('outline-entry') ?? false;
    change(next);
    setChosen(to);
    setWaiting(null);
    if (kind !== 'move') setVisit((it) => it + 1);
    if (kind === 'add') {
      setFresh(keyAt(next, to));
      setPane('edit');
      setTimeout(() => document.querySelector<HTMLElement>('.edit-pane input')?.focus());
    } else if (inOutline || kind === 'remove') setTimeout(() => document.getElementById(entryId(to))?.focus());
  };
  const tryMove = (edit: Edit | null) => {
    if (!edit) return;
    const broken = brokenBy(form, edit.form);
    if (broken.length > 0) setWaiting({ kind: 'move', edit, broken });
    else apply(edit, 'move');
  };
  return {
    form, edited, change, undo, redo, looked, faults, spot, visit, pane, setPane, waiting, go,
    settle: () => waiting && apply(waiting.edit, waiting.kind),
    drop: () => setWaiting(null),
    move: (by: -1 | 1) => tryMove(moved(form, spot, by)),
    moveInto: (section: number) => { if (spot.on === 'field') tryMove(movedInto(form, spot, section)); },
    remove: () => {
      const edit = removed(form, spot);
      setWaiting({ kind: 'remove', edit, broken: brokenBy(form, edit.form) });
    },
    addSection: () => apply(sectionAdded(form, spot), 'add'),
    addField: (section: number) => apply(fieldAdded(form, section, spot), 'add'),
    /** From now on what is new counts like the rest. */
    strict: () => setFresh(null),
    wrongAt: (input: string) => faults.filter((it) => it.fault.input === input && isAt(it.spot, spot)),
  };
}

/** What was just added is not wrong yet for being empty. */
function isUnwritten({ fault }: Placed, fresh: boolean): boolean {
  return fresh && ((fault.code === 'words' && fault.empty) || fault.code === 'size');
}

export type Editing = ReturnType<typeof useEditing>;
