import { Link } from 'react-router';
import type { MyFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { address } from '../../shared/address';
import { day } from '../../shared/format';
import { useMine } from '../data';
import { Icon } from '../parts/Icon';
import { SubScreen } from '../parts/Screen';
import { Failed, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';

export function FilePage() {
  const t = useWords();
  const file = useMine('/me/file');
  return (
    <SubScreen title={t.file.title}>
      {file.isPending ? <Waiting /> : null}
      {file.error ? <Failed error={file.error} retry={() => void file.refetch()} /> : null}
      {file.data ? <Whole file={file.data} /> : null}
    </SubScreen>
  );
}

function Whole({ file }: { file: MyFile }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const { session } = useMySession();
  const rows: [string, string | null][] = [
    [t.file.name, file.name],
    [words.documentKind[file.document_kind], file.document_number],
    [t.file.birth, file.birth_date],
    [t.file.sexLabel, file.sex ? t.file.sex[file.sex] : null],
    [t.file.phone, file.phone],
    [t.file.since, day(file.created_at, lang)],
  ];
  return (
    <>
      <section className="m-card"><h2 className="sr-only">{t.file.identity}</h2><Pairs rows={rows} />{session?.phone_proved === false ? <p className="m-hint">{t.file.masked}</p> : null}</section>
      <h2 className="m-section">{t.file.work}</h2>
      {file.employments.length === 0 ? <p className="m-card m-note">{t.file.nowhere}</p> : null}
      {file.employments.map((it) => (
        <section className="m-card" key={it.id}>
          <div className="m-card-head"><h3>{it.site_name}</h3></div>
          <p className="m-note">{it.employer_name ?? it.enterprise_name}</p>
          <Pairs rows={[
            [t.file.employeeNo, it.employee_no], [t.file.team, it.team], [t.file.post, it.post ?? it.trade], [t.file.shift, it.shift],
            [t.file.from, day(it.from, lang)], [t.file.until, it.until ? day(it.until, lang) : null],
          ]} />
        </section>
      ))}
      <Homes proved={session?.phone_proved === true} />
      {file.other_documents.length > 0 ? <h2 className="m-section">{t.file.others}</h2> : null}
      {file.other_documents.map((it) => <p className="m-card" key={it.masked_document}>{words.documentKind[it.document_kind]} {it.masked_document}</p>)}
      <div className="m-row-buttons"><Link to="/training" className="m-link">{t.training.title}</Link><Link to="/corrections" className="m-link">{t.file.wrong}</Link></div>
    </>
  );
}

/** Where she lives now; the page behind it has the rest. */
function Homes({ proved }: { proved: boolean }) {
  const t = useWords();
  const words = useCommon();
  const homes = useMine('/me/homes', proved);
  const current = homes.data?.items.filter((it) => !it.until) ?? [];
  return (
    <>
      <h2 className="m-section">{t.homes.title}</h2>
      <ul className="m-list">
        {current.map((it) => <li key={it.id}><b>{address(it, words)}</b><small>{words.homeKind[it.kind]}{words.gap}{it.area_name}</small></li>)}
        <li className="m-nav"><Link to="/homes">{current.length > 0 ? t.homes.title : t.homes.add}<Icon name="next" /></Link></li>
      </ul>
    </>
  );
}

function Pairs({ rows }: { rows: [string, string | null][] }) {
  return <dl className="m-pairs">{rows.filter(([, value]) => value).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>;
}
