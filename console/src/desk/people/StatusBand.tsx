import type { HealthStatus, StatusReason, StatusView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day, dayTime } from '../../shared/format';
import { allowedShape, StatusShape } from '../../shared/StatusShape';
import { useDesk } from '../strings';

const KNOCK: Record<HealthStatus, string> = { green: 'var(--admit-wash)', amber: 'var(--recheck-wash)', red: 'var(--deny-wash)', unknown: 'var(--hold-wash)' };
const HARMLESS: StatusReason['code'][] = ['attested_well'];

/** The status with its reasons, for those who may see it; for the others only whether the person may go in. */
export function StatusBand({ status }: { status: StatusView }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const shape = status.status ?? allowedShape[status.allowed];
  const word = status.status ? words.status[status.status] : words.allowed[status.allowed];
  return (
    <section className={`band ${shape}`} aria-label={t.people.status}>
      <div className="band-head">
        <StatusShape status={shape} size={36} knock={KNOCK[shape]} />
        <h2>{word}{status.valid_until && status.status !== 'green' ? `${t.gap}${t.file.status.until(day(status.valid_until, lang))}` : ''}</h2>
        <p className="band-rule"><b>{t.file.status.rule(status.rule_version)}</b><br />{t.file.status.computed(dayTime(status.computed_at, lang))}</p>
      </div>
      {status.status === null ? <p className="muted">{t.file.status.onlyAllowed}</p> : (
        <ul className="band-reasons">
          {status.reasons.length === 0 ? <li><span className="band-dot" />{t.file.status.noReasons}</li> : null}
          {status.reasons.map((reason) => (
            <li key={`${reason.code}${reason.since ?? ''}`} className={HARMLESS.includes(reason.code) ? '' : 'counts'}>
              <span className="band-dot" aria-hidden />
              {words.statusReason[reason.code]}
              <em>{[reason.since ? t.file.status.since(day(reason.since, lang)) : null, reason.until ? t.file.status.reasonUntil(day(reason.until, lang)) : null].filter(Boolean).join(t.gap)}</em>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
