import { AuditOutlined, CheckCircleOutlined, EditOutlined, ExperimentOutlined, FileAddOutlined, FormOutlined, LoginOutlined, LogoutOutlined, MedicineBoxOutlined, MergeOutlined, ReadOutlined, MessageOutlined, ScanOutlined, SplitCellsOutlined, StopOutlined, SwapOutlined, SyncOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { FactView } from '../../api';
import type { CommonStrings } from '../../i18n/common';
import type { DeskStrings } from '../../i18n/desk';
import { useCommon } from '../../i18n/LangProvider';
import { clock, dayKey, dayTime, temperature } from '../../shared/format';
import { VerdictTag } from '../../shared/VerdictTag';
import { useLang } from '../../i18n/LangProvider';
import { useDesk } from '../strings';
import { figure, flag, healthStatus, known, list, outcome, text } from '../../shared/factDetail';

const ICON: Record<FactView['kind'], ReactNode> = {
  registered: <FileAddOutlined />, red_ordered: <StopOutlined />, red_lifted: <CheckCircleOutlined />, appealed: <MessageOutlined />, appeal_decided: <AuditOutlined />, declared: <FormOutlined />, measured: <ExperimentOutlined />, employed: <LoginOutlined />, left: <LogoutOutlined />, attested: <FormOutlined />, status_changed: <SyncOutlined />, screened: <ScanOutlined />,
  clinical_reading: <ExperimentOutlined />, overridden: <SwapOutlined />, trained: <ReadOutlined />, corrected: <EditOutlined />, cleared: <MedicineBoxOutlined />, merged: <MergeOutlined />, separated: <SplitCellsOutlined />,
};
const LATE_MS = 2 * 60_000;

export function Fact({ fact }: { fact: FactView }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const verdict = fact.kind === 'screened' ? outcome(fact.detail) : null;
  const live = flag(fact.detail, 'live');
  const late = live === false || Date.parse(fact.recorded_at) - Date.parse(fact.occurred_at) > LATE_MS;
  const sameDay = dayKey(fact.recorded_at) === dayKey(fact.occurred_at);
  const recorded = sameDay ? clock(fact.recorded_at) : dayTime(fact.recorded_at, lang);
  return (
    <li className="fact">
      <time dateTime={fact.occurred_at}>{clock(fact.occurred_at)}</time>
      {ICON[fact.kind]}
      <div>
        <span className="fact-title">{words.factKind[fact.kind]}{fact.kind === 'screened' && text(fact.detail, 'direction') === 'out' ? t.file.verdictOut : ''}{verdict ? <VerdictTag outcome={verdict} /> : null}</span>
        <p>{sentence(fact, t, words)}</p>
      </div>
      <div className="fact-source">
        <b>{fact.source}</b>
        {fact.kind === 'screened' ? <span className={late ? 'late' : ''}>{late ? t.file.replayed(recorded) : t.file.live}</span> : <span>{t.file.recorded(recorded)}</span>}
      </div>
    </li>
  );
}

/** The fact in one line. What the role may not see is not in the detail. */
export function sentence({ kind, detail, site_name }: FactView, t: DeskStrings, words: CommonStrings): string {
  const parts: (string | null)[] = [];
  switch (kind) {
    case 'screened': {
      const celsius = figure(detail, 'temperature_c');
      const mask = text(detail, 'mask');
      parts.push(text(detail, 'gate_name') ?? site_name, celsius === null ? null : temperature(celsius));
      parts.push(...known(words.mask, mask ? [mask] : []).map((it) => words.mask[it]));
      parts.push(...known(words.reason, list(detail, 'reasons')).map((it) => words.reason[it].says));
      break;
    }
    case 'status_changed': {
      const from = healthStatus(detail, 'from');
      const to = healthStatus(detail, 'to');
      parts.push(to ? (from ? t.file.statusFromTo(words.status[from], words.status[to]) : words.status[to]) : null);
      parts.push(...known(words.statusReason, list(detail, 'reasons')).map((it) => words.statusReason[it]));
      break;
    }
    case 'attested':
    case 'declared': {
      const well = flag(detail, 'well');
      const symptoms = list(detail, 'symptoms').map((it) => (known(t.file.symptom, [it]).length ? t.file.symptom[it as keyof typeof t.file.symptom] : it));
      if (well === true) parts.push(t.file.attestedWell);
      if (well === false) parts.push(t.file.attestedIll(symptoms.join(' ')));
      break;
    }
    case 'measured':
    case 'clinical_reading':
      parts.push(temperature(figure(detail, 'temperature_c')), text(detail, 'note'));
      break;
    case 'overridden': {
      const to = outcome(detail);
      parts.push(to ? words.verdict[to] : null, text(detail, 'reason'));
      break;
    }
    default:
      parts.push(site_name, text(detail, 'employee_no'), text(detail, 'team'), text(detail, 'reason'), text(detail, 'note'));
  }
  return parts.filter((it): it is string => Boolean(it)).join(t.gap);
}
