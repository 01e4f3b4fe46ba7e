import { EyeOutlined, LockOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useParams, useSearchParams } from 'react-router';
import type { Purpose, Role } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useGet } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState, State } from '../parts/states';
import { paths } from '../paths';
import { useRole } from '../session/session';
import { useDesk } from '../strings';
import { AccessList } from './AccessList';
import { FactTimeline } from './FactTimeline';
import { IdentityColumn } from './IdentityColumn';
import { Lanes } from './Lanes';
import { StatusBand } from './StatusBand';
import './people.css';

/** Why somebody of this role usually opens a file; they may say otherwise. */
export const USUAL_PURPOSE: Record<Role, Purpose> = {
  administrator: 'other', command: 'other', enterprise: 'roster', guard: 'roster', health_authority: 'trace', auditor: 'audit', reviewer: 'other', officer: 'other',
};

const PURPOSES: Purpose[] = ['trace', 'correct', 'own_request', 'roster', 'audit', 'other'];

export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const words = useCommon();
  const role = useRole();
  const [search, setSearch] = useSearchParams();
  const purpose = PURPOSES.find((it) => it === search.get('purpose')) ?? USUAL_PURPOSE[role];
  // Each look is recorded: the file is read once, not again on every return to the window.
  const { data: file, error, refetch } = useGet('/people/{id}', { path: { id }, query: { purpose } }, { staleTime: Infinity, keep: true });
  const choose = (next: Purpose) => setSearch({ purpose: next }, { replace: true });

  if (error?.code === 'purpose_required') {
    const buttons = <>{PURPOSES.map((it) => <Button key={it} onClick={() => choose(it)}>{words.purpose[it]}</Button>)}</>;
    return <State icon={<LockOutlined />} title={t.file.askPurpose} text={t.file.askPurposeHint} action={buttons} />;
  }
  if (!file) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <div className="file">
      <Crumbs label={t.file.title} trail={[{ to: paths.people(), text: t.people.title }]} here={file.masked_name}>
        <span className="muted"><EyeOutlined aria-hidden /> {t.file.purposeNote}</span>
        <Select<Purpose> size="small" variant="borderless" aria-label={t.file.purpose} value={purpose} onChange={choose} options={optionsOf(words.purpose, PURPOSES)} popupMatchSelectWidth={false} />
      </Crumbs>
      <IdentityColumn file={file} />
      <StatusBand status={file.status} />
      <div className="file-mid">
        <Lanes personId={id} status={file.status} />
        <FactTimeline personId={id} counts={file.fact_counts} />
      </div>
      <AccessList personId={id} file={file} />
    </div>
  );
}
