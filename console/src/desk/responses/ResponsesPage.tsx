import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type ResponseView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayCount, dayTime, fullTime } from '../../shared/format';
import { useGet } from '../data';
import { StateTag, TwoLines } from '../parts/cells';
import type { Column } from '../parts/DataTable';
import { GraveDialog } from '../parts/GraveDialog';
import { ListPage } from '../parts/ListPage';
import { Facts, PanelHead } from '../parts/SidePanel';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { ResponseForm } from './ResponseForm';

export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const filters = useFilters([]);
  const [starting, setStarting] = useState(false);
  const start = can('manage_responses') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setStarting(true)}>{t.responses.start}</Button> : null;
  const columns: Column<ResponseView>[] = [
    { key: 'name', title: t.responses.name, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.name}</Link>} second={it.legal_basis} /> },
    { key: 'area', title: t.common.area, width: 150, render: (it) => <TwoLines first={it.area_name} second={it.area_code} /> },
    { key: 'state', title: t.common.state, width: 140, render: (it) => <TwoLines first={<ResponseTag response={it} />} second={it.active ? t.responses.since(dayCount(it.starts_at)) : null} /> },
    { key: 'starts', title: t.responses.starts, width: 150, render: (it) => dayTime(it.starts_at, lang) },
    { key: 'ends', title: t.responses.ends, width: 150, render: (it) => dayTime(it.ends_at, lang) },
  ];
  return (
    <>
      <ListPage
        path="/responses" title={t.responses.title} countWords={t.responses.count} filters={filters} columns={columns} rowId={(it) => it.id} actions={start}
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.name}</Link>
            <div className="card-line"><span>{it.area_name}{t.gap}{dayTime(it.starts_at, lang)}</span><ResponseTag response={it} /></div>
          </>
        )}
        empty={<EmptyState title={t.responses.none} text={t.responses.noneHint} action={start} />}
        panel={filters.open ? { label: t.responses.detail, content: <ResponsePanel id={filters.open} /> } : null}
      />
      {starting ? <ResponseForm onClose={() => setStarting(false)} onSaved={(saved) => { setStarting(false); filters.setOpen(saved.id); }} /> : null}
    </>
  );
}

function ResponseTag({ response }: { response: ResponseView }) {
  const t = useDesk();
  if (response.active) return <StateTag tone="accent">{t.responses.active}</StateTag>;
  return Date.parse(response.starts_at) > Date.now() ? <StateTag tone="plain">{t.responses.planned}</StateTag> : <StateTag tone="hold">{t.responses.ended}</StateTag>;
}

function ResponsePanel({ id }: { id: string }) {
  const t = useDesk();
  const words = useCommon();
  const can = useCan();
  const [ending, setEnding] = useState(false);
  const { data, error } = useGet('/responses', { query: { limit: 200 } });
  const response = data?.items.find((it) => it.id === id);
  if (!response) return error ? <ErrorState error={error} /> : data ? <EmptyState title={t.states.notFound} /> : <LoadingState />;
  const purposes = response.purposes.map((it) => words.responsePurpose[it as keyof typeof words.responsePurpose] ?? it);
  return (
    <>
      <PanelHead over={response.area_name} title={response.name}><ResponseTag response={response} />{response.active ? t.responses.since(dayCount(response.starts_at)) : null}</PanelHead>
      <div className="panel-sect">
        <Facts
          items={[
            [t.responses.basis, response.legal_basis], [t.responses.purposes, purposes.join(t.gap)], [t.responses.starts, fullTime(response.starts_at)],
            [t.responses.ends, fullTime(response.ends_at)], [t.responses.purge, response.purged_at ? t.responses.purged(fullTime(response.purged_at)) : response.purge_at ? fullTime(response.purge_at) : t.responses.purgeAfter(response.retention_days)], [t.common.area, `${response.area_name}${t.gap}${response.area_code}`],
          ]}
        />
      </div>
      {response.active && can('manage_responses') ? <div className="panel-acts"><Button danger onClick={() => setEnding(true)}>{t.responses.end}</Button></div> : null}
      {ending ? (
        <GraveDialog<ResponseView>
          title={t.responses.endTitle(response.name)} consequence={t.responses.endConsequence(response.area_name)} confirmText={t.responses.endConfirm} typeToConfirm={response.area_name}
          invalidates={['responses', 'overview', 'session']} onClose={() => setEnding(false)} onDone={() => setEnding(false)}
          send={(reason, idempotencyKey) => post('/responses/{id}/end', { path: { id }, body: { reason }, idempotencyKey })}
        />
      ) : null}
    </>
  );
}
