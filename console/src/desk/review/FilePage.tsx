import { DownloadOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { downloadHref, type ApplicationFile, type ApplicationView } from '../../api';
import type { ReviewAsk } from '../../i18n/desk';
import { useLang } from '../../i18n/LangProvider';
import { useGet, useInvalidate, useList, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { usePhone } from '../parts/useMedia';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { SpotCheck } from '../inspections/SpotCheck';
import { Acts } from './Acts';
import { Answers } from './Answers';
import { AskDialog, CHANGED, move } from './AskDialog';
import { Applicant, Pledge, Record } from './Facts';
import { Opinions } from './Opinions';
import { nextOf, queryOf, sortOf } from './model';
import { StateOf } from './StateOf';
import { useKeys } from './useKeys';
import './review.css';

/** One application: what was answered beside who applies, what happened, and the decision. */
export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGet('/applications/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return <Whole key={id} file={data} />;
}

function Whole({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const phone = usePhone();
  const it = file.application;
  const work = useWork(file);
  const [checking, setChecking] = useState(false);
  return (
    <div className="page review-page">
      <Crumbs label={t.review.title} trail={[{ to: paths.review(), text: t.review.title }]} here={it.number}>
        {phone ? <Button size="small" href="#acts">{t.review.toActs}</Button> : null}
        <Button size="small" icon={<DownloadOutlined />} href={downloadHref('/applications/{id}/pdf', { path: { id: it.id }, query: { lang } })}>{t.review.pdf}</Button>
      </Crumbs>
      <div className="review-head"><h1>{it.enterprise_name}</h1><StateOf state={it.state} /><span className="muted">{it.sites.map((site) => site.name).join(lang === 'zh' ? '、' : ', ')}</span></div>
      <div role="status">{work.notice ? <Alert type="warning" showIcon className="review-alert" title={work.notice} closable={{ onClose: work.unsay }} /> : null}</div>
      <div className="review-split">
        <Answers file={file} marked={work.marked} mark={work.mark} />
        <div className="review-side">
          <ErrorAlert error={work.error} />
          <Acts file={file} marked={work.marked} claiming={work.claiming} claim={work.claim} ask={work.ask} spotCheck={() => setChecking(true)} next={work.next} onNext={work.goOn} />
          <Opinions file={file} />
          <Applicant file={file} />
          <Record file={file} />
          <Pledge file={file} />
        </div>
      </div>
      {checking ? <SpotCheck it={it} onClose={() => setChecking(false)} /> : null}
      {work.asking ? <AskDialog act={work.asking} file={file} marked={work.marked} onClose={() => work.ask(null)} onDone={work.done} onSlower={work.slower} /> : null}
    </div>
  );
}

/** Marks, acts and keys of one application. */
function useWork(file: ApplicationFile) {
  const t = useDesk();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const it = file.application;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [asking, ask] = useState<ReviewAsk | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const waiting = useList('/applications', queryOf('waiting', ''), sortOf('waiting'));
  const next = nextOf(waiting.items, it.id);
  const slower = (by: string) => {
    ask(null);
    setNotice(by ? t.review.conflict(by) : t.review.conflictUnknown);
    invalidate(...CHANGED);
  };
  const claim = useSubmit<ApplicationView, ApplicationView>((view, key) => move(view, 'claim', null, [], key, slower), {
    invalidates: CHANGED, onDone: () => { setNotice(null); void message.success(t.review.done.claim); },
  });
  const goOn = () => { if (next) void navigate(paths.reviewFile(next.id)); };
  const mayMark = file.acts.includes('send_back') || file.acts.includes('claim');
  useKeys({
    c: () => { if (file.acts.includes('claim') && !claim.pending) void claim.submit(it); },
    b: () => { if (file.acts.includes('send_back')) ask('send_back'); },
    a: () => { if (file.acts.includes('approve')) ask('approve'); },
    n: goOn,
  });
  return {
    marked, asking, ask, notice, next, goOn, slower, claiming: claim.pending, error: claim.error?.code === 'state' ? null : claim.error,
    claim: () => void claim.submit(it), unsay: () => setNotice(null),
    mark: mayMark ? (key: string, on: boolean) => setMarked((before) => new Set(on ? [...before, key] : [...before].filter((other) => other !== key))) : null,
    done: (act: ReviewAsk) => {
      ask(null);
      setNotice(null);
      if (act === 'send_back') setMarked(new Set());
      void message.success(t.review.done[act]);
    },
  };
}
