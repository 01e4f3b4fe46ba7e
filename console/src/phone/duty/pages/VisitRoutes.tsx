import { Navigate, Route, Routes, useParams } from 'react-router';
import { EMPTY_ITEM, faultsOf, itemsOf, type ItemFault, type VisitFile } from '../../../shared/visits/model';
import type { KeptReport } from '../../../shared/visits/store';
import { useReport, type Reporting } from '../../../shared/visits/useReport';
import { Empty, Waiting } from '../../parts/states';
import { DutySubScreen } from '../parts';
import type { KeptVisit } from '../round';
import { useDutyAccount } from '../session';
import { useRound } from '../useRound';
import { useDutyWords } from '../words';
import { ItemPage } from './ItemPage';
import { SignPage } from './SignPage';
import { VisitPage } from './VisitPage';

/** One visit while it is made: what it is, item by item, and the signatures. */
export function VisitRoutes() {
  const t = useDutyWords();
  const { id = '' } = useParams();
  const { ready, round, reports, refreshing } = useRound();
  const visit = round?.visits.find((it) => it.inspection.id === id) ?? null;
  const file = visit ?? reports.find((it) => it.inspection === id)?.file ?? null;
  if (!file) return <DutySubScreen title={t.visit.title} back="/duty">{!ready || refreshing ? <Waiting /> : <Empty title={t.visit.gone} hint={t.visit.goneHint} />}</DutySubScreen>;
  return <Made key={id} file={file} visit={visit} />;
}

/** What the steps of a visit work with. */
export interface Making {
  /** Null when it is no longer his to make. */
  visit: KeptVisit | null;
  file: VisitFile;
  report: KeptReport;
  it: Reporting;
  /** How many photographs of an item there are, here or at the server. */
  photosOf: (item: string) => number;
  faults: Map<string, ItemFault>;
  /** Where the server found something missing. */
  marked: Set<string>;
}

function Made({ file, visit }: { file: VisitFile; visit: KeptVisit | null }) {
  const t = useDutyWords();
  const it = useReport(useDutyAccount().id, file);
  const { report } = it;
  if (!report) return <DutySubScreen title={file.inspection.enterprise_name} back="/duty">{it.broken ? <p className="m-problem" role="alert">{t.broken}</p> : <Waiting />}</DutySubScreen>;
  const photosOf = (item: string) => Math.max(it.photos.filter((photo) => photo.item === item && photo.refused === null).length, visit?.photographed.filter((key) => key === item).length ?? 0);
  const making: Making = { visit, file: report.file, report, it, photosOf, faults: faultsOf(report.file, report.draft, photosOf), marked: markedOf(report) };
  const writes = report.waiting === null && report.done === null;
  return (
    <Routes>
      <Route index element={<VisitPage {...making} />} />
      {writes ? <Route path="items/:at" element={<ItemPage {...making} />} /> : null}
      {writes ? <Route path="sign" element={<SignPage {...making} />} /> : null}
      <Route path="*" element={<Navigate to={`/duty/visits/${file.inspection.id}`} replace />} />
    </Routes>
  );
}

function markedOf({ refused }: KeptReport): Set<string> {
  return new Set(refused?.code === 'report_faults' ? (refused.params.items ?? '').split(',').map((it) => it.split(':')[0] ?? '') : []);
}

/** The first item that is not whole; past the last one when all are. */
export function firstOpen({ file, report, faults }: Pick<Making, 'file' | 'report' | 'faults'>): number {
  const items = itemsOf(file);
  const at = items.findIndex((it) => faults.has(it.key) || (report.draft.items[it.key] ?? EMPTY_ITEM).finding === null);
  return at < 0 ? items.length : at;
}
