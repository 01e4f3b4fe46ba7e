import { App, Button } from 'antd';
import { useState } from 'react';
import { get, type GetRoutes, type StatusRulesView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { ruleLines } from '../../shared/statusRules';
import { PAGE_SIZE, useGet, usePages } from '../data';
import { PageHead } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { StatusRulesForm } from './StatusRulesForm';
import '../rules/rules.css';

/** What leads to which colour: the rules in force, in sentences, and every version before them. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const can = useCan();
  const { lang } = useLang();
  const { message } = App.useApp();
  // As it was when the form was opened: who publishes meanwhile is not overwritten.
  const [editing, setEditing] = useState<GetRoutes['/status-rules']['answer'] | null>(null);
  const [shown, setShown] = useState<StatusRulesView | null>(null);
  const [following, setFollowing] = useState(false);
  const { data, error, refetch } = useGet('/status-rules', {}, { refetchInterval: following ? 1_000 : false });
  if (data && following !== data.left > 0) setFollowing(data.left > 0);
  const versions = usePages<StatusRulesView>(['status-rules', 'versions'], (cursor, signal) => get('/status-rules/versions', { query: { cursor, limit: PAGE_SIZE }, signal }));
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const rules = shown ?? data;
  const by = (it: StatusRulesView) => [it.valid_from ? t.rules.since(dayTime(it.valid_from, lang)) : null, it.set_by ? t.rules.by(it.set_by) : t.rules.byDefault].filter(Boolean).join(t.gap);
  return (
    <div className="page">
      <PageHead title={t.statusRules.title} second={t.statusRules.lead}>
        {can('manage_status_rules') ? <Button type="primary" onClick={() => setEditing(data)}>{t.statusRules.edit}</Button> : null}
      </PageHead>
      <div className="rules-body">
        <section className="block rules-main" aria-label={t.rules.current}>
          <h2>{t.rules.version(rules.version)}{rules.version === data.version ? `${t.gap}${t.rules.inForce}` : ''}<small>{by(rules)}</small></h2>
          {data.left > 0 ? <p className="rules-note" role="status">{t.statusRules.left(number(data.left, lang))}</p> : null}
          {rules.note ? <p className="rules-note">{rules.note}</p> : null}
          <ol className="status-rules">{ruleLines(rules.rules, words).map((it) => <li key={it}>{it}</li>)}</ol>
        </section>
        <div className="rules-side">
          <section className="block">
            <h2>{t.statusRules.history}</h2>
            <ul className="status-rules">
              {versions.items.map((it) => (
                <li key={it.version}><Button type="link" size="small" onClick={() => setShown(it)}>{t.rules.version(it.version)}</Button>{by(it)}{it.note ? <div className="muted">{it.note}</div> : null}</li>
              ))}
            </ul>
            {versions.more ? <Button onClick={versions.more} loading={versions.loadingMore}>{t.list.more}</Button> : null}
          </section>
        </div>
      </div>
      {editing ? <StatusRulesForm current={editing} onClose={() => setEditing(null)} onSaved={() => { setEditing(null); setShown(null); void message.success(t.statusRules.saved); }} /> : null}
    </div>
  );
}
