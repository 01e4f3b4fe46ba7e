import { App, Button } from 'antd';
import { useState } from 'react';
import { post, type OfficerView, type SubstituteView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { day, dayTime, fullTime, number } from '../../shared/format';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Facts, PanelHead } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { Assignments } from './Assignments';
import { HandOverForm } from './HandOverForm';
import { SubstituteForm } from './SubstituteForm';

export function OfficerPanel({ id }: { id: string }) {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const [form, setForm] = useState<'hand' | 'substitute' | null>(null);
  const { data, error, refetch } = useGet('/officers/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const close = () => setForm(null);
  return (
    <>
      <PanelHead over={data.login} title={data.name}>{w.loadOf(number(data.enterprises, lang), number(data.premises, lang))}</PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [w.belongsTo, data.area_names.join(t.gap)],
            [t.common.state, data.disabled ? w.locked : data.away_until ? w.away(data.substitute_name ?? '', day(data.away_until, lang)) : w.atWork],
            [w.lastSignIn, data.last_signed_in_at ? fullTime(data.last_signed_in_at) : w.never],
          ]}
        />
      </section>
      <Assignments of={{ officer_id: id }} title={w.answersFor} readOnly={data.disabled} />
      <Substitutes officer={data} onAdd={() => setForm('substitute')} />
      <Handovers officer={data} />
      <div className="panel-acts"><Button type="primary" onClick={() => setForm('hand')}>{w.handOver}</Button></div>
      {form === 'hand' ? <HandOverForm officer={data} onClose={close} /> : null}
      {form === 'substitute' ? <SubstituteForm officer={data} onClose={close} /> : null}
    </>
  );
}

function Substitutes({ officer, onAdd }: { officer: OfficerView; onAdd: () => void }) {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const { message } = App.useApp();
  const [ending, setEnding] = useState<SubstituteView | null>(null);
  const { data } = useGet('/officers/{id}/substitutes', { path: { id: officer.id } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{w.substitutes} <Button type="link" size="small" onClick={onAdd}>{w.substituteAdd}</Button></h3>
      <ul className="lines">
        {data.map((it) => (
          <li key={it.id}>
            <span>{w.standsInFor(it.substitute_name, it.officer_name)}<small className="line-second">{w.between(dayTime(it.from, lang), dayTime(it.until, lang))}{t.gap}{it.note}</small></span>
            <Button size="small" type="text" onClick={() => setEnding(it)}>{w.substituteEnd}</Button>
          </li>
        ))}
      </ul>
      {ending ? (
        <GraveDialog<SubstituteView[]>
          title={w.substituteEndTitle(ending.officer_name)} consequence={w.substituteEndConsequence(ending.substitute_name)} confirmText={w.substituteEnd} needsReason={false} invalidates={['officers', 'assignments', 'grid']}
          send={(_, idempotencyKey) => post('/officers/{id}/substitutes/{substitute_id}/end', { path: { id: officer.id, substitute_id: ending.id }, idempotencyKey })}
          onDone={() => { void message.success(w.ended); setEnding(null); }} onClose={() => setEnding(null)}
        />
      ) : null}
    </section>
  );
}

function Handovers({ officer }: { officer: OfficerView }) {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const { data } = useGet('/officers/{id}/handovers', { path: { id: officer.id } });
  if (!data?.length) return null;
  return (
    <section className="panel-sect">
      <h3>{w.handovers}</h3>
      <ul className="lines">
        {data.map((it) => (
          <li key={it.id}>
            <span>
              {it.from_officer_id === officer.id ? w.handedTo(it.to_name, it.assignments) : w.handedFrom(it.from_name, it.assignments)}
              <small className="line-second">{it.note}</small>
            </span>
            <span>{dayTime(it.done_at, lang)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
