import { Tag } from 'antd';
import { Link } from 'react-router';
import type { ScreeningView } from '../../api';
import type { CommonStrings } from '../../i18n/common';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, temperature } from '../../shared/format';
import { VerdictTag } from '../../shared/VerdictTag';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterTime, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { GatePicker, SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useDesk } from '../strings';
import { RULE_REASONS } from '../rules/rulesModel';
import { ScreeningPanel } from './ScreeningPanel';

export function reasonWords(screening: ScreeningView, words: CommonStrings, gap: string): string {
  return screening.reasons.map((reason) => words.reason[reason]?.says ?? reason).join(gap);
}

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['site_id', 'gate_id', 'person_id', 'device_id', 'outcome', 'reason', 'live', 'from', 'to']);
  const { values, set } = filters;
  const who = (it: ScreeningView) => it.masked_name ?? t.screenings.unknownPerson;

  const columns: Column<ScreeningView>[] = [
    { key: 'time', title: t.screenings.time, width: 130, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{dayTime(it.occurred_at, lang)}</Link>} second={`${words.method[it.method]}${t.gap}${it.live ? t.screenings.live : t.screenings.replayed}`} /> },
    { key: 'person', title: t.screenings.person, width: 120, render: (it) => <TwoLines first={who(it)} second={it.employee_no ?? (it.tail ? t.people.tail(it.tail) : null)} /> },
    { key: 'outcome', title: t.screenings.outcome, width: 130, render: (it) => <TwoLines first={<VerdictTag outcome={it.override?.outcome ?? it.outcome} />} second={it.against_verdict ? <span className="bad">{words.alarmKind.entered_against_verdict}</span> : it.override ? t.screenings.override : null} /> },
    { key: 'reasons', title: t.screenings.reasons, render: (it) => reasonWords(it, words, t.gap) || '—' },
    { key: 'temperature', title: t.screenings.temperature, width: 100, align: 'right', render: (it) => <TwoLines first={temperature(it.temperature_c)} second={words.mask[it.mask]} /> },
    { key: 'gate', title: t.screenings.gate, width: 160, render: (it) => <TwoLines first={`${it.gate_name}${t.gap}${words.direction[it.direction]}`} second={it.site_name} /> },
  ];
  return (
    <ListPage
      path="/screenings" title={t.screenings.title} countWords={t.screenings.count} filters={filters} columns={columns} rowId={(it) => it.id}
      controls={
        <>
          <FilterSelect label={t.screenings.outcome} value={values.outcome} options={optionsOf(words.verdict)} onChange={(outcome) => set({ outcome })} />
          <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
          <GatePicker chip label={t.common.gate} value={values.gate_id} siteId={values.site_id} onChange={(gate_id) => set({ gate_id })} />
          <FilterSelect label={t.screenings.reason} value={values.reason} options={RULE_REASONS.map((value) => ({ value, label: words.reason[value].says }))} onChange={(reason) => set({ reason })} />
          <FilterSelect label={t.screenings.liveFilter} value={values.live} options={[{ value: 'true', label: t.screenings.live }, { value: 'false', label: t.screenings.replayed }]} onChange={(live) => set({ live })} />
          <FilterTime label={t.screenings.from} value={values.from} onChange={(from) => set({ from })} />
          <FilterTime label={t.screenings.to} value={values.to} onChange={(to) => set({ to })} />
          {values.person_id ? <Tag closable color="cyan" onClose={() => set({ person_id: undefined })}>{t.screenings.personFilter}</Tag> : null}
          {values.device_id ? <Tag closable color="cyan" onClose={() => set({ device_id: undefined })}>{t.screenings.deviceFilter}</Tag> : null}
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={filters.href(it.id)}>{who(it)}<small>{t.gap}{dayTime(it.occurred_at, lang)}</small></Link>
          <div className="card-line"><VerdictTag outcome={it.override?.outcome ?? it.outcome} /><span>{temperature(it.temperature_c)}</span></div>
          <div className="card-line"><span>{it.site_name}{t.gap}{it.gate_name}</span><span>{reasonWords(it, words, t.gap)}</span></div>
        </>
      )}
      empty={<EmptyState title={t.screenings.none} text={t.screenings.noneHint} />}
      panel={filters.open ? { label: t.screenings.detail, content: <ScreeningPanel key={filters.open} id={filters.open} /> } : null}
    />
  );
}
