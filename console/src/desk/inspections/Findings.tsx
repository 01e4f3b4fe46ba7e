import { Image } from 'antd';
import { downloadHref, type InspectionFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { fullTime } from '../../shared/format';
import { Signature } from '../applications/SignaturePad';
import { useDesk } from '../strings';
import { itemLabel } from './parts';

type Report = NonNullable<InspectionFile['report']>;

/** A report as it was signed, with its pictures. */
export function Findings({ file, report, title }: { file: InspectionFile; report: Report; title: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.inspections;
  return (
    <section className="block">
      <h2>{title}</h2>
      <p className="muted">{fullTime(report.begun_at)} – {fullTime(report.ended_at)}{report.position ? `${t.gap}${w.position(report.position.lat_deg.toFixed(5), report.position.lon_deg.toFixed(5), Math.round(report.position.accuracy_m))}` : ''}</p>
      <ul className="inspection-items">
        {report.findings.map((it) => (
          <li key={it.item}>
            <b>{itemLabel(file, it.item, lang)}</b><span className={it.finding === 'defect' ? 'bad' : ''}>{w.findings[it.finding]}</span>
            {it.note ? <p>{it.note}</p> : null}
            <Pictures file={file} item={it.item} />
          </li>
        ))}
      </ul>
      {report.summary ? <p>{report.summary}</p> : null}
      <div className="inspection-names">
        {[[w.officer, report.officer], [w.witness, report.witness]].map(([label, drawn]) => (
          typeof label === 'string' && typeof drawn === 'object' ? <figure key={label}><Signature strokes={drawn.strokes} label={drawn.name} /><figcaption>{label}{t.gap}{drawn.name}</figcaption></figure> : null
        ))}
      </div>
      {report.digest ? <><small>{w.digest}</small><code className="review-digest">{report.digest}</code></> : null}
    </section>
  );
}

function Pictures({ file, item }: { file: InspectionFile; item: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const shown = file.photos.filter((it) => it.item === item);
  if (shown.length === 0) return null;
  return (
    <div className="inspection-pictures">
      {shown.map((it, at) => (
        <Image
          key={it.id} width={96} height={96} src={downloadHref('/inspections/{id}/photos/{photo_id}/content', { path: { id: file.inspection.id, photo_id: it.id } })}
          alt={t.inspections.photo(itemLabel(file, item, lang), at + 1, fullTime(it.taken_at))}
        />
      ))}
    </div>
  );
}
