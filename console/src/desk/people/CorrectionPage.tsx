import { App, Button, Descriptions } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { post, type CorrectionFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';
import './people.css';

/** One request in the clear: what stands there, what she wants, and the answer. */
export function Component() {
  const t = useDesk();
  const id = useParams().id ?? '';
  const { data, error, refetch } = useGet('/corrections/{id}', { path: { id } });
  return (
    <div className="page">
      <Crumbs heading label={t.corrections.title} trail={[{ to: paths.people(), text: t.people.title }, { to: paths.corrections(), text: t.corrections.title }]} here={data?.masked_name ?? '…'} />
      <div className="pairs-body">
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : data ? <Request it={data} /> : <LoadingState />}
      </div>
    </div>
  );
}

function Request({ it }: { it: CorrectionFile }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const { message } = App.useApp();
  const [deciding, setDeciding] = useState<'accept' | 'refuse' | null>(null);
  const field = words.correctionField[it.field];
  const items = [
    { key: 'field', label: t.corrections.field, children: field },
    { key: 'state', label: t.common.state, children: words.correctionState[it.state] },
    ...(it.current === null ? [] : [{ key: 'now', label: t.corrections.now, children: it.current }]),
    { key: 'wanted', label: t.corrections.wanted, children: <b>{it.wanted}</b> },
    ...(it.note ? [{ key: 'note', label: t.corrections.note, children: it.note }] : []),
    { key: 'asked', label: t.corrections.askedAt, children: dayTime(it.created_at, lang) },
    ...(it.answer ? [{ key: 'answer', label: t.corrections.answer, children: `${it.answer}${t.gap}${it.decided_by ?? ''}${t.gap}${dayTime(it.decided_at, lang)}` }] : []),
  ];
  const byHand = it.field === 'employment' || it.field === 'other';
  return (
    <>
      <Descriptions bordered size="small" column={1} items={items} />
      <div className="pair-acts">
        {it.state === 'open' ? <Button type="primary" onClick={() => setDeciding('accept')}>{t.corrections.accept}</Button> : null}
        {it.state === 'open' ? <Button onClick={() => setDeciding('refuse')}>{t.corrections.refuse}</Button> : null}
        <Link to={paths.person(it.person_id, { purpose: 'correct' })}><Button>{t.corrections.toFile}</Button></Link>
      </div>
      {deciding ? (
        <GraveDialog<CorrectionFile>
          title={deciding === 'accept' ? t.corrections.acceptTitle(field) : t.corrections.refuseTitle(field)}
          consequence={deciding === 'refuse' ? t.corrections.refuseConsequence : byHand ? t.corrections.acceptByHand : t.corrections.acceptConsequence}
          confirmText={deciding === 'accept' ? t.corrections.accept : t.corrections.refuse} danger={deciding === 'refuse'} reasonLabel={`${t.corrections.answer}（${t.corrections.answerHint}）`}
          send={(answer, idempotencyKey) => post(deciding === 'accept' ? '/corrections/{id}/accept' : '/corrections/{id}/refuse', { path: { id: it.id }, body: { answer }, idempotencyKey })}
          invalidates={['corrections', 'people']} onClose={() => setDeciding(null)}
          onDone={(answer) => { void message.success(answer.state === 'accepted' ? t.corrections.accepted : t.corrections.refused); setDeciding(null); }}
        />
      ) : null}
    </>
  );
}
