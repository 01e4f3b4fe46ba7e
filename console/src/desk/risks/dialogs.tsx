import { useQueries } from '@tanstack/react-query';
import { App, Form } from 'antd';
import { useState } from 'react';
import { del, get, post, type AreaRisk, type RiskLevel } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { RISKS } from '../forms/applicant';
import { getKey } from '../data';
import { Choice } from '../parts/Choice';
import { optionsOf } from '../parts/FilterControls';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { followers, holdingOf, keepers } from './model';

export interface Area { code: string; name: string }
interface Props { area: Area; set: AreaRisk[]; onClose: () => void }

/** How many areas below follow this one; null while they are counted. */
function useFollowers(code: string, set: AreaRisk[]): { follow: number | null; kept: number } {
  const kept = keepers(code, set);
  const counts = useQueries({
    // A code finds what begins with it: the area and all below.
    queries: [code, ...kept.map((it) => it.area_code)].map((search) => ({ queryKey: getKey('/areas/count', { query: { search } }), queryFn: ({ signal }: { signal: AbortSignal }) => get('/areas/count', { query: { search }, signal }) })),
  }).map((it) => it.data?.count);
  const [here, ...others] = counts;
  const known = counts.every((it) => it !== undefined);
  return { follow: known && here !== undefined ? followers(here, others.map((it) => it ?? 0)) : null, kept: kept.length };
}

function Follow({ code, set }: { code: string; set: AreaRisk[] }) {
  const t = useDesk();
  const { lang } = useLang();
  const { follow, kept } = useFollowers(code, set);
  const w = t.risks;
  return (
    <>
      <p role="status">{follow === null ? w.counting : follow === 0 ? w.followNone : w.follow(number(follow, lang))}</p>
      {kept > 0 ? <p>{w.keepOwn(number(kept, lang))}</p> : null}
      <p>{w.fromNow}</p>
    </>
  );
}

export function SetDialog({ area, set, onClose }: Props) {
  const t = useDesk();
  const { message } = App.useApp();
  const own = set.find((it) => it.area_code === area.code)?.level ?? null;
  const [level, setLevel] = useState<RiskLevel | null>(own);
  const w = t.risks;
  return (
    <GraveDialog<AreaRisk>
      title={w.changeTitle(area.name)} consequence={<Follow code={area.code} set={set} />} confirmText={w.confirm} danger={false} needsReason={false} invalidates={['area-risks']} onClose={onClose}
      send={(_, idempotencyKey) => post('/area-risks', { body: { area_code: area.code, level: level ?? 'low' }, idempotencyKey })}
      onDone={(it) => { void message.success(w.changed(it.area_name, w.levels[it.level])); onClose(); }}
    >
      <Form.Item name="level" label={w.levelOf} initialValue={own ?? undefined} rules={[{ required: true, message: w.levelRule }, { validator: (_, value) => (value !== undefined && value === own ? Promise.reject(new Error(w.sameLevel)) : Promise.resolve()) }]}>
        <Choice<RiskLevel> label={w.levelOf} options={optionsOf(w.levels, RISKS)} onChange={setLevel} />
      </Form.Item>
    </GraveDialog>
  );
}

export function TakeBackDialog({ area, set, onClose }: Props) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.risks;
  const after = holdingOf(area.code, set.filter((it) => it.area_code !== area.code));
  return (
    <GraveDialog<AreaRisk>
      title={w.takeBackTitle(area.name)} consequence={<><p>{w.takeBackText(w.levels[after.level])}</p><Follow code={area.code} set={set} /></>} confirmText={w.takeBack} danger={false} needsReason={false} invalidates={['area-risks']} onClose={onClose}
      send={(_, idempotencyKey) => del('/area-risks/{code}', { path: { code: area.code }, idempotencyKey })}
      onDone={() => { void message.success(w.taken(area.name)); onClose(); }}
    />
  );
}
