import { Alert, Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import type { ApplicationFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { sectionsOf, type SectionState } from './model';
import { PledgeStep } from './PledgeStep';
import { Question } from './Question';
import { ReviewStep } from './ReviewStep';
import { SectionBlock } from './SectionBlock';
import { SectionNav } from './SectionNav';
import { useDraft } from './useDraft';

/** The form: its sections, one at a time, then what is missing, then the signature. */
export function FormPage({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { hash } = useLocation();
  const draft = useDraft(file);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const { id } = file.application;
  const w = t.applications;
  const sections = useMemo(() => sectionsOf(file.form, draft.checked, lang), [file.form, draft.checked, lang]);
  const step = search.get('step');
  const [strict, setStrict] = useState(step !== null);
  const asked = search.get('section');
  const at = Math.max(0, sections.findIndex((it) => it.key === asked));
  const here = sections[at];
  const onBusy = useCallback((field: string, is: boolean) => setBusy((it) => (it.has(field) === is ? it : new Set(is ? [...it, field] : [...it].filter((key) => key !== field)))), []);
  const top = useRef<HTMLDivElement>(null);
  const opened = useRef(false);
  useEffect(() => {
    if (hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView({ block: 'center' });
    else if (opened.current) top.current?.scrollIntoView({ block: 'start' });
    opened.current = true;
  }, [hash, asked, step]);
  const go = (query: { section?: string; step?: string }) => void navigate(paths.application(id, query));
  const review = () => {
    setStrict(true);
    void draft.saver.flush();
    go({ step: 'review' });
  };
  const ready = draft.checked.faults.length === 0 && busy.size === 0 && Object.keys(draft.clashes).length === 0;
  return (
    <div className="form-page">
      <Returned file={file} sections={sections} />
      <div className="form-body" ref={top}>
        <SectionNav id={id} sections={sections} here={step ? null : (here?.key ?? null)} onReview={() => setStrict(true)} draft={draft} />
        {step === 'sign' && ready ? <PledgeStep file={file} draft={draft} onBack={() => go({ step: 'review' })} /> : null}
        {step !== null && (step !== 'sign' || !ready) ? <ReviewStep file={file} draft={draft} sections={sections} busy={busy.size > 0} onSign={() => go({ step: 'sign' })} /> : null}
        {/* A section that is left stays: a file that is being sent in it goes on. */}
        {sections.map((it, index) => (
          <SectionBlock key={it.key} section={it} hidden={step !== null || it.key !== here?.key}>
            {it.fields.map((field) => <Question key={field.key} file={file} field={field} draft={draft} strict={strict} onBusy={onBusy} />)}
            <div className="form-foot">
              {index > 0 ? <Button onClick={() => go({ section: sections[index - 1]?.key })}>{w.previous}</Button> : null}
              {index + 1 < sections.length ? <Button type="primary" onClick={() => go({ section: sections[index + 1]?.key })}>{w.next}</Button> : <Button type="primary" onClick={review}>{w.toReview}</Button>}
            </div>
          </SectionBlock>
        ))}
      </div>
    </div>
  );
}

/** What the reviewer wants changed, with the way there. */
function Returned({ file, sections }: { file: ApplicationFile; sections: SectionState[] }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications.returned;
  const step = file.steps.filter((it) => it.act === 'send_back').sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (file.application.state !== 'returned' || !step) return null;
  const marked = sections.flatMap((section) => section.fields.filter((it) => step.fields.includes(it.key)).map((field) => ({ section, field })));
  return (
    <Alert
      className="returned" type="warning" showIcon role="note" title={w.title}
      description={
        <>
          <p className="returned-note">{step.note}</p>
          <small>{w.by(step.by, dayTime(step.at, lang))}</small>
          {file.open_fields.length > 0 ? <p>{w.only}</p> : null}
          <ul>{marked.map(({ section, field }) => <li key={field.key}><Link to={`${paths.application(file.application.id, { section: section.key })}#ask-${field.key}-box`}>{field.label[lang]}</Link></li>)}</ul>
        </>
      }
    />
  );
}
