import { Button, QRCode } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { post, type CoachFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useGet } from '../data';
import { CopyField } from '../parts/CopyField';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { Facts } from '../parts/SidePanel';
import { StateTag } from '../parts/cells';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { ManifestBlock } from './ManifestBlock';
import { COACH_TONE } from './model';

type Act = 'check' | 'reopening' | 'arrival' | 'cancellation';

/** One coach: what it shows, who sits in it, and how far it is. */
export function Component() {
  const t = useDesk();
  const w = t.visitors.coach;
  const { lang } = useLang();
  const id = useParams().id ?? '';
  const [act, setAct] = useState<Act | null>(null);
  const { data, error, refetch } = useGet('/coaches/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const at = (it: string | null) => (it ? dayTime(it, lang) : null);
  const lives = data.state === 'planned' || data.state === 'checked';
  return (
    <div className="page">
      <Crumbs label={w.title} trail={[{ to: paths.coaches(), text: w.title }]} here={data.plate} heading>
        {data.state === 'planned' ? <Button type="primary" disabled={data.aboard === 0} onClick={() => setAct('check')}>{w.sign}</Button> : null}
        {data.state === 'checked' ? <><Button type="primary" onClick={() => setAct('arrival')}>{w.arrive}</Button><Button onClick={() => setAct('reopening')}>{w.reopen}</Button></> : null}
        {lives ? <Button danger onClick={() => setAct('cancellation')}>{w.cancel}</Button> : null}
      </Crumbs>
      <div className="page-body">
        <section className="block coach-head">
          <Facts
            items={[
              [t.common.state, <StateTag key="s" tone={COACH_TONE[data.state]}>{w.state[data.state]}</StateTag>], [w.site, data.site_name], [w.fromPlace, data.from_place], [w.departs, at(data.departs_at)], [w.carrier, data.carrier],
              [w.seats, `${number(data.seats, lang)}${t.gap}${w.fill(number(data.seats_to_fill, lang))}`], [w.crew, number(data.crew, lang)], [w.leader, `${data.leader}${t.gap}${data.phone}`],
              [w.sign, data.checked_by && data.checked_at ? w.checkedBy(data.checked_by, dayTime(data.checked_at, lang)) : null], [w.receivedBy, data.received_by], [w.ended, at(data.ended_at)], [t.visitors.note, data.note],
            ]}
          />
          {lives ? (
            <div className="coach-code">
              <div aria-hidden><QRCode value={data.code} size={132} bordered={false} type="svg" /></div>
              <CopyField label={w.code} value={data.code} />
              <p className="muted">{w.codeHint}</p>
            </div>
          ) : null}
        </section>
        <ManifestBlock coach={data} />
      </div>
      {act ? <ActDialog act={act} coach={data} onClose={() => setAct(null)} /> : null}
    </div>
  );
}

function ActDialog({ act, coach, onClose }: { act: Act; coach: CoachFile; onClose: () => void }) {
  const w = useDesk().visitors.coach;
  const { lang } = useLang();
  const path = { id: coach.id };
  const send = (text: string, idempotencyKey: string): Promise<CoachFile> => {
    switch (act) {
      case 'check': return post('/coaches/{id}/check', { path, idempotencyKey });
      case 'reopening': return post('/coaches/{id}/reopening', { path, idempotencyKey });
      case 'arrival': return post('/coaches/{id}/arrival', { path, body: { received_by: text, note: null }, idempotencyKey });
      case 'cancellation': return post('/coaches/{id}/cancellation', { path, body: { note: text }, idempotencyKey });
    }
  };
  const words = {
    check: [w.signTitle, w.signConsequence(number(coach.aboard, lang)), w.sign], reopening: [w.reopenTitle, w.reopenConsequence, w.reopen],
    arrival: [w.arriveTitle, w.arriveConsequence, w.arrive], cancellation: [w.cancelTitle, w.cancelConsequence, w.cancel],
  } as const;
  const [title, consequence, confirm] = words[act];
  return (
    <GraveDialog<CoachFile>
      title={title} danger={act === 'cancellation'} needsReason={act === 'arrival' || act === 'cancellation'} reasonLabel={act === 'arrival' ? w.receivedBy : undefined}
      consequence={consequence} confirmText={confirm} invalidates={['coaches']} send={send} onDone={onClose} onClose={onClose}
    />
  );
}
