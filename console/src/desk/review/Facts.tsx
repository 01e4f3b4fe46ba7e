import { Link } from 'react-router';
import type { ApplicationFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { fullTime, number } from '../../shared/format';
import { Facts } from '../parts/SidePanel';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { deadlineOf, heightOf, labelOf, pathOf } from './model';
import { Due } from './StateOf';
import { useRulebook } from './useRulebook';

/** Who applies for what. */
export function Applicant({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const now = useNow();
  const { departmentName, categoryName } = useRulebook();
  const it = file.application;
  const w = t.review;
  return (
    <section className="block">
      <h2>{w.applicant}</h2>
      <Facts
        items={[
          [w.enterprise, <Link key="e" to={paths.enterprises({ open: it.enterprise_id })}>{it.enterprise_name}</Link>],
          [w.sites, <ul key="s">{it.sites.map((site) => <li key={site.id}><Link to={paths.sites({ open: site.id })}>{site.name}</Link></li>)}</ul>],
          [w.area, `${it.area_name}${t.gap}${w.risks[it.risk]}`],
          [w.industry, `${it.industry}${t.gap}${words.sizeClass[it.size_class as keyof typeof words.sizeClass] ?? it.size_class}`],
          it.regime ? [w.regime, it.visit_wanted ? `${w.regimes[it.regime]}${t.gap}${w.visitWanted}` : w.regimes[it.regime]] : null,
          it.regime === 'approval' ? [w.department, it.department ? departmentName(it.department, lang) : w.anyDepartment] : null,
          it.category && it.batch ? [w.whitelist, w.batch(categoryName(it.category, lang), number(it.batch, lang))] : null,
          it.planned === null ? null : [w.planned, w.people(number(it.planned, lang))],
          it.submitted_at ? [w.submitted, fullTime(it.submitted_at)] : null,
          deadlineOf(it, now) ? [w.due, <Due key="d" it={it} now={now} />] : null,
          it.state === 'submitted' && it.decision_due_at ? [w.decisionDue, fullTime(it.decision_due_at)] : null,
          it.decided_at ? [w.decidedAt, fullTime(it.decided_at)] : null,
          it.claimed_name ? [w.reviewer, it.claimed_by_me ? w.me : it.claimed_name] : null,
        ]}
      />
    </section>
  );
}

/** What was signed for, by whom, and the signature as it was drawn. */
export function Pledge({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const { pledge } = file;
  return (
    <section className="block">
      <h2>{t.review.pledge}</h2>
      {pledge ? (
        <>
          <p className="review-pledge">{pledge.text[lang]}</p>
          <svg className="review-signature" viewBox={`0 0 1000 ${heightOf(pledge.strokes)}`} role="img" aria-label={t.review.signature(pledge.signer)}>
            {pledge.strokes.map((stroke, at) => <path key={at} d={pathOf(stroke)} />)}
          </svg>
          <p>{pledge.signer}{t.gap}{fullTime(pledge.at)}</p>
          <small>{t.review.digest}</small>
          <code className="review-digest">{pledge.digest}</code>
        </>
      ) : <p className="muted">{t.review.noPledge}</p>}
    </section>
  );
}

/** What happened to it, oldest first. */
export function Record({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const { lang } = useLang();
  if (file.steps.length === 0) return null;
  const look = (act: string) => (act === 'send_back' ? 'up' : act === 'reject' || act === 'suspend' || act === 'revoke' ? 'alert' : '');
  return (
    <section className="block">
      <h2>{t.review.record}</h2>
      <ol className="steps review-steps">
        {file.steps.map((step) => (
          <li key={step.id} className={look(step.act)}>
            <time dateTime={step.at}>{fullTime(step.at)}</time>
            <span className="m" aria-hidden />
            <div>
              <b>{t.review.acts[step.act]}</b>{t.gap}{step.by}
              {step.note ? <p className="review-text">{step.note}</p> : null}
              {step.fields.length > 0 ? <p>{t.review.about}{step.fields.map((it) => labelOf(file, it, lang)).join(lang === 'zh' ? '、' : ', ')}</p> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
