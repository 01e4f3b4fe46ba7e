import { App, Button, Checkbox, Descriptions, Form } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post, type AppealFile, type StatusReason } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { StatusTag } from './StatusTag';
import './people.css';

type Code = StatusReason['code'];

/** One appeal: her words, what her status rests on, and the decision. */
export function Component() {
  const t = useDesk();
  const id = useParams().id ?? '';
  const { data, error, refetch } = useGet('/appeals/{id}', { path: { id } });
  return (
    <div className="page">
      <Crumbs heading label={t.appeals.title} trail={[{ to: paths.people(), text: t.people.title }, { to: paths.appeals(), text: t.appeals.title }]} here={data?.masked_name ?? '…'} />
      <div className="pairs-body">{error ? <ErrorState error={error} retry={() => void refetch()} /> : data ? <Appeal it={data} /> : <LoadingState />}</div>
    </div>
  );
}

function Appeal({ it }: { it: AppealFile }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const { message } = App.useApp();
  const [deciding, setDeciding] = useState(false);
  const [wrong, setWrong] = useState<Code[]>([]);
  const reasons = it.now.reasons.filter((reason) => reason.code !== 'attested_well' && reason.code !== 'no_attestation');
  const items = [
    { key: 'words', label: t.appeals.words, children: <b>{it.words}</b> },
    { key: 'against', label: t.appeals.against, children: <StatusTag status={it.status} /> },
    { key: 'now', label: t.appeals.now, children: <>{it.now.status ? <StatusTag status={it.now.status} /> : null} {it.now.reasons.map((reason) => words.statusReason[reason.code]).join(t.gap)}</> },
    { key: 'state', label: t.common.state, children: `${t.appeals.states[it.state]}${it.escalated_at ? `${t.gap}${t.appeals.late}` : ''}` },
    { key: 'asked', label: t.corrections.askedAt, children: `${dayTime(it.created_at, lang)}${t.gap}${t.appeals.due} ${dayTime(it.due_at, lang)}` },
    ...(it.answer ? [{ key: 'answer', label: t.corrections.answer, children: `${it.answer}${t.gap}${it.decided_by ?? ''}${t.gap}${dayTime(it.decided_at, lang)}` }] : []),
  ];
  return (
    <>
      <Descriptions bordered size="small" column={1} items={items} />
      <div className="pair-acts">
        {it.may_decide ? <Button type="primary" onClick={() => setDeciding(true)}>{t.appeals.decide}</Button> : it.state === 'open' ? <span className="muted">{t.appeals.notYou}</span> : null}
        <Link to={paths.person(it.person_id, { purpose: 'trace' })}><Button>{t.corrections.toFile}</Button></Link>
      </div>
      {deciding ? (
        <GraveDialog<AppealFile> maxReason={1000}
          title={t.appeals.decideTitle(it.masked_name)} consequence={wrong.length > 0 ? t.appeals.grants : t.appeals.refuses} confirmText={wrong.length > 0 ? t.appeals.grant : t.appeals.refuse} danger={false} reasonLabel={`${t.corrections.answer}（${t.appeals.answerHint}）`}
          send={(answer, idempotencyKey) => post('/appeals/{id}/decide', { path: { id: it.id }, body: { wrong, answer }, idempotencyKey })}
          invalidates={['appeals', 'people', 'red-orders']} onClose={() => setDeciding(false)} onDone={() => { void message.success(t.appeals.decided); setDeciding(false); }}
        >
          <Form.Item label={t.appeals.wrong}><Checkbox.Group value={wrong} onChange={(next) => setWrong(next as Code[])} options={reasons.map((reason) => ({ value: reason.code, label: words.statusReason[reason.code] }))} /></Form.Item>
        </GraveDialog>
      ) : null}
    </>
  );
}
