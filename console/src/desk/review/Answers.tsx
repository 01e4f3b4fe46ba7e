import { Checkbox } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import { downloadHref, type ApplicationFile, type FormField } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { useDesk } from '../strings';
import { answerText, askedOf, needsLook } from './model';

interface Props { file: ApplicationFile; marked: ReadonlySet<string>; mark: ((key: string, on: boolean) => void) | null }

/** Every question that is asked with its answer; what is worth a look says so; what is wrong is marked here. */
export function Answers({ file, marked, mark }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const looks = file.asked.filter((it) => needsLook(it, file.answers)).length;
  return (
    <section className="review-answers" aria-label={t.review.answers}>
      {looks > 0 || mark ? <p className="review-note" role="note">{looks > 0 ? <b>▲ {t.review.lookCount(looks)}</b> : null}{mark ? <span>{t.review.markHint}</span> : null}</p> : null}
      {askedOf(file).map((section) => (
        <section className="block" key={section.key}>
          <h2>{section.title[lang]}</h2>
          <dl className="review-fields">
            {section.fields.map((field) => <Row key={field.key} file={file} field={field} marked={marked.has(field.key)} mark={mark} />)}
          </dl>
        </section>
      ))}
    </section>
  );
}

function Row({ file, field, marked, mark }: { file: ApplicationFile; field: FormField; marked: boolean; mark: Props['mark'] }) {
  const t = useDesk();
  const { lang } = useLang();
  const label = field.label[lang];
  const text = answerText(field, file.answers[field.key], lang, t.review);
  const look = needsLook(field.key, file.answers);
  return (
    <div className={marked ? 'is-marked' : ''}>
      <dt>{mark ? <Checkbox checked={marked} onChange={(event) => mark(field.key, event.target.checked)} aria-label={t.review.mark(label)} /> : null}<span>{label}</span></dt>
      <dd>
        {field.takes.kind === 'files' ? <Files file={file} field={field.key} /> : text === null ? <span className="muted">{t.review.unanswered}</span> : <span className="review-text">{text}</span>}
        {look ? <b className="review-look">▲ {t.review.look}</b> : null}
      </dd>
    </div>
  );
}

/** Downloads only: nothing that somebody sent is opened inside the desk. */
function Files({ file, field }: { file: ApplicationFile; field: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const files = file.attachments.filter((it) => it.field === field);
  if (files.length === 0) return <span className="muted">{t.review.noFiles}</span>;
  return (
    <ul className="review-files">
      {files.map((it) => (
        <li key={it.id}>
          {it.state === 'ready'
            ? <a href={downloadHref('/applications/{id}/attachments/{attachment_id}/content', { path: { id: file.application.id, attachment_id: it.id } })} download={it.file_name} aria-label={t.review.download(it.file_name)}><DownloadOutlined aria-hidden /> {it.file_name}</a>
            : <span>{it.file_name}{t.gap}<span className="muted">{t.review.gone}</span></span>}
          <small>{bytes(it.byte_count, lang)}</small>
        </li>
      ))}
    </ul>
  );
}
