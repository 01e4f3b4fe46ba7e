import { Link, useParams } from 'react-router';
import { downloadHref, type CertificateView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayKey } from '../../shared/format';
import { useMine } from '../data';
import { QrCode } from '../parts/QrCode';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';
import { ProvePhone } from './ProvePhone';

type State = 'holds' | 'expired' | 'revoked';

function stateOf(it: CertificateView): State {
  return it.revoked_at ? 'revoked' : it.holds ? 'holds' : 'expired';
}

const TAGS: Record<State, string> = { holds: 'given', expired: 'plain', revoked: 'refused' };

function StateWord({ it }: { it: CertificateView }) {
  const t = useWords();
  const state = stateOf(it);
  return <span className={`m-tag is-${TAGS[state]}`}>{t.training.certificate[state]}</span>;
}

/** Every certificate of hers. */
export function CertificatesPage() {
  const t = useWords();
  const certificates = useMine('/me/certificates');
  return (
    <SubScreen title={t.training.certificate.all} back="/training">
      {certificates.isPending ? <Waiting /> : null}
      {certificates.error ? <Failed error={certificates.error} retry={() => void certificates.refetch()} /> : null}
      {certificates.data?.items.length === 0 ? <Empty title={t.training.certificate.none} hint={t.training.certificate.noneHint} /> : null}
      {certificates.data && certificates.data.items.length > 0 ? (
        <ul className="m-list">
          {certificates.data.items.map((it) => (
            <li key={it.id} className="m-nav">
              <Link to={`/certificates/${it.id}`}><span className="m-course"><b>{it.title}</b><small>{t.training.certificate.good} {dayKey(it.expires_at)}</small></span><StateWord it={it} /></Link>
            </li>
          ))}
        </ul>
      ) : null}
    </SubScreen>
  );
}

/** One certificate, to be shown. */
export function CertificatePage() {
  const t = useWords();
  const id = useParams().id ?? '';
  const certificates = useMine('/me/certificates');
  const it = certificates.data?.items.find((one) => one.id === id);
  return (
    <SubScreen title={t.training.certificate.title} back="/certificates">
      {certificates.isPending ? <Waiting /> : null}
      {certificates.error ? <Failed error={certificates.error} retry={() => void certificates.refetch()} /> : null}
      {certificates.data && !it ? <Empty title={t.training.certificate.none1} /> : null}
      {it ? <Certificate it={it} /> : null}
    </SubScreen>
  );
}

function Certificate({ it }: { it: CertificateView }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const { session } = useMySession();
  const c = t.training.certificate;
  const how = it.recorded_by ? `${c.channel[it.channel]}${words.gap}${c.by(it.recorded_by)}` : c.channel[it.channel];
  const rows: [string, string | null][] = [
    [c.issued, dayKey(it.issued_at)], [c.good, dayKey(it.expires_at)], [c.score, it.question_count ? `${it.right_count} / ${it.question_count}` : null], [c.how, how],
  ];
  return (
    <>
      <section className="m-card m-pass" aria-label={it.title}>
        <h2 className="m-certificate-title">{it.title}</h2>
        <StateWord it={it} />
        <QrCode text={`${window.location.origin}/m/certificate/${it.id}`} label={c.code} />
        <p className="m-note">{c.scan}</p>
      </section>
      <section className="m-card">
        <dl className="m-pairs">{rows.filter(([, value]) => value).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      </section>
      {session?.phone_proved === false ? <ProvePhone /> : <a className="m-button m-wide" href={downloadHref('/me/certificates/{id}/paper', { path: { id: it.id }, query: { lang } })} download>{c.download}</a>}
    </>
  );
}
