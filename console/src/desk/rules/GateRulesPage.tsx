import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { get, type GateRules } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { VerdictTag } from '../../shared/VerdictTag';
import { PAGE_SIZE, useGet, usePages } from '../data';
import { PageHead } from '../parts/PageHead';
import { SitePicker } from '../parts/PlacePicker';
import { ErrorState, LoadingState } from '../parts/states';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { RulesForm } from './RulesForm';
import { ruleRows } from './rulesModel';
import './rules.css';

export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const [search, setSearch] = useSearchParams();
  const siteId = search.get('site_id') ?? undefined;
  const [editing, setEditing] = useState(false);
  const [shown, setShown] = useState<GateRules | null>(null);
  const { data, error, refetch } = useGet('/gate-rules', { query: { site_id: siteId } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const rules = shown ?? data;
  return (
    <div className="page">
      <PageHead title={t.rules.title} second={t.rules.lead}>
        <SitePicker chip label={t.rules.site} value={siteId} onChange={(site) => { setShown(null); setSearch(site ? { site_id: site } : {}, { replace: true }); }} />
        {can('manage_rules') ? <Button type="primary" onClick={() => setEditing(true)}>{t.rules.edit}</Button> : null}
      </PageHead>
      <div className="rules-body">
        <section className="block rules-main" aria-label={t.rules.current}>
          <h2>
            {t.rules.version(rules.version)}{rules.version === data.version ? `${t.gap}${t.rules.inForce}` : ''}
            <small>{t.rules.since(dayTime(rules.valid_from, lang))}{t.gap}{rules.set_by ? t.rules.by(rules.set_by) : t.rules.byDefault}</small>
          </h2>
          {rules.note ? <p className="rules-note">{rules.note}</p> : null}
          {siteId && !data.site_id ? <p className="rules-note">{t.rules.inherits}</p> : null}
          <Outcomes rules={rules} />
        </section>
        <div className="rules-side">
          <section className="block"><h2>{t.rules.thresholds}</h2><Thresholds rules={rules} /></section>
          <History siteId={siteId} shown={rules.version} onShow={setShown} />
        </div>
      </div>
      {editing ? <RulesForm current={data} siteId={siteId ?? null} onClose={() => setEditing(false)} onSaved={() => { setEditing(false); setShown(null); }} /> : null}
    </div>
  );
}

function Outcomes({ rules }: { rules: GateRules }) {
  const t = useDesk();
  const words = useCommon();
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead><tr><th>{t.rules.reason}</th><th>{t.rules.outcome}</th><th>{t.rules.next}</th></tr></thead>
        <tbody>
          {ruleRows(rules).map(({ reason, outcome }) => (
            <tr key={reason}><td>{words.reason[reason].says}</td><td><VerdictTag outcome={outcome} /></td><td className="muted">{words.reason[reason].next}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Thresholds({ rules }: { rules: GateRules }) {
  const t = useDesk();
  const yes = (value: boolean) => (value ? t.rules.yes : t.rules.no);
  const rows: [string, string][] = [
    [t.rules.feverSuspected, `${rules.fever_suspected_c.toFixed(1)} ℃`], [t.rules.feverPossible, `${rules.fever_possible_c.toFixed(1)} ℃`], [t.rules.temperatureRequired, yes(rules.temperature_required)],
    [t.rules.maskRequired, yes(rules.mask_required)], [t.rules.declarationRequired, yes(rules.declaration_required)], [t.rules.passRequired, yes(rules.pass_required)], [t.rules.trainingRequired, yes(rules.training_required)], [t.rules.rosterAge, t.rules.hours(Math.round(rules.roster_max_age_s / 360) / 10)], [t.rules.clockOffset, t.rules.seconds(rules.clock_max_offset_s)],
  ];
  return <dl className="facts rules-facts">{rows.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>;
}

function History({ siteId, shown, onShow }: { siteId?: string; shown: number; onShow: (rules: GateRules) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const list = usePages<GateRules>(['gate-rules', 'versions', siteId], (cursor, signal) => get('/gate-rules/versions', { query: { site_id: siteId, cursor, limit: PAGE_SIZE }, signal }));
  return (
    <section className="block">
      <h2>{t.rules.history}</h2>
      <ul className="rules-history">
        {list.items.map((it) => (
          <li key={`${it.site_id ?? ''}${it.version}`}>
            <button type="button" aria-pressed={it.version === shown} onClick={() => onShow(it)}>
              <b>{t.rules.version(it.version)}</b><small>{dayTime(it.valid_from, lang)}{t.gap}{it.set_by ?? t.rules.byDefault}</small>{it.note ? <small>{it.note}</small> : null}
            </button>
          </li>
        ))}
      </ul>
      {list.more ? <Button size="small" onClick={list.more} loading={list.loadingMore}>{t.list.more}</Button> : null}
    </section>
  );
}
