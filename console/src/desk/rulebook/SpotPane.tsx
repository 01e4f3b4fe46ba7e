import { useDesk } from '../strings';
import type { Wrong } from '../parts/edit/inputs';
import { Standing } from '../parts/edit/Standing';
import { DaysEditor } from './DaysEditor';
import { CategoryEditor, DepartmentEditor } from './NamedEditor';
import { RegimeEditor } from './RegimeEditor';
import { RouteEditor } from './RouteEditor';
import type { Editing } from './useEditing';
import { faultWords, spotTitle, type Says } from './words';

/** What every part of the editor is told. */
export interface PartProps { editing: Editing; at: number; wrong: Wrong; says: Says }

/** What is being edited, and where it stands. */
export function SpotPane({ editing, says }: { editing: Editing; says: Says }) {
  const t = useDesk();
  const { spot, visit } = editing;
  const w = t.rulebook;
  const title = spotTitle(spot, says);
  const wrong: Wrong = (input) => [...new Set(editing.wrongAt(input).map((it) => faultWords(it.fault, spot, w)))].join(t.gap) || null;
  return (
    <section className="edit-pane" aria-label={w.edit.panes.edit}>
      <header className="edit-head">
        <h2><small>{w.edit.kinds[spot.on]}</small>{title}</h2>
        {spot.on === 'days' ? null : <Standing title={title} up={editing.canMove(-1)} down={editing.canMove(1)} onMove={editing.move} onRemove={editing.askRemove} />}
      </header>
      {wrong('whole') ? <p className="ask-fault" role="alert">{wrong('whole')}</p> : null}
      <Inputs key={visit} editing={editing} wrong={wrong} says={says} />
    </section>
  );
}

function Inputs(props: Omit<PartProps, 'at'>) {
  const { spot } = props.editing;
  switch (spot.on) {
    case 'departments': return <DepartmentEditor {...props} at={spot.at} />;
    case 'categories': return <CategoryEditor {...props} at={spot.at} />;
    case 'regimes': return <RegimeEditor {...props} at={spot.at} />;
    case 'routes': return <RouteEditor {...props} at={spot.at} />;
    case 'days': return <DaysEditor editing={props.editing} says={props.says} />;
  }
}
