import type { TemplateName } from '../../api';
import { StateTag } from '../parts/cells';
import { useDesk } from '../strings';

/** Names of a workbook: where each is, what goes there, what is wrong with it. */
export function Names({ names, values = false }: { names: TemplateName[]; values?: boolean }) {
  const w = useDesk().templates;
  if (names.length === 0) return <p className="muted">{w.noNames}</p>;
  return (
    <div className="scroll-x">
      <table className="plain-table template-names" aria-label={w.found}>
        <thead><tr><th>{w.cell}</th><th>{w.place}</th><th>{w.goes}</th>{values ? <th className="num">{w.value}</th> : null}</tr></thead>
        <tbody>
          {names.map((it) => (
            <tr key={`${it.name} ${it.place}`}>
              <td><code>{it.name}</code></td>
              <td>{it.place ?? w.noPlace}</td>
              <td><What it={it} /></td>
              {values ? <td className="num">{it.value ?? '—'}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function What({ it }: { it: TemplateName }) {
  const w = useDesk().templates;
  if (it.fault) return <StateTag tone="deny">{w.faults[it.fault](it.beside ?? '')}</StateTag>;
  if (!it.known) return it.suggestions.length > 0 ? <StateTag tone="recheck">{w.meant(it.suggestions.join(w.weekdayGap))}</StateTag> : <span className="muted">{w.own}</span>;
  return <>{it.known}{it.left.length > 0 ? <small className="template-left">{w.left(it.left.join(w.weekdayGap))}</small> : null}</>;
}
