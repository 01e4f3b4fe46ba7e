import type { ApplicationFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, fullTime } from '../../shared/format';
import { useDesk } from '../strings';
import { FileList } from './FieldFiles';
import { answerWords, deadlineOf } from './model';
import { Signature } from './SignaturePad';

/** An application that was submitted: what happens next, what was answered, who signed, what was done. */
export function ReadView({ file }: { file: ApplicationFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications;
  const { application, pledge } = file;
  const asked = new Set(file.asked);
  const labels = new Map(file.form.sections.flatMap((it) => it.fields).map((it) => [it.key, it.label[lang]]));
  const due = deadlineOf(application, w, lang);
  return (
    <div className="page-body application-read">
      <section className="block">
        <h2>{w.view.next}</h2>
        <p>{w.nextStep[application.state]}</p>
        {due ? <p><b>{due}</b></p> : null}
      </section>
      <section className="block">
        <h2>{w.view.record}</h2>
        <ol className="record">
          {file.steps.map((it) => (
            <li key={it.id}>
              <b>{w.acts[it.act]}</b> <small>{it.by}{t.gap}{dayTime(it.at, lang)}</small>
              {it.note ? <p>{it.note}</p> : null}
              {it.fields.length > 0 ? <p className="muted">{w.view.fields}{it.fields.map((key) => labels.get(key) ?? key).join(lang === 'zh' ? '、' : ', ')}</p> : null}
            </li>
          ))}
        </ol>
        {file.steps.length === 0 ? <p className="muted">{w.view.noRecord}</p> : null}
      </section>
      {file.form.sections.map((section) => {
        const fields = section.fields.filter((it) => asked.has(it.key));
        return fields.length === 0 ? null : (
          <section className="block" key={section.key}>
            <h2>{section.title[lang]}</h2>
            <dl className="facts">
              {fields.map((field) => (
                <div key={field.key}>
                  <dt>{field.label[lang]}</dt>
                  <dd>{field.takes.kind === 'files' ? <FileList application={application.id} files={file.attachments.filter((it) => it.field === field.key && it.state === 'ready')} removable={false} /> : answerWords(field, file.answers[field.key], w, lang)}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      {pledge ? (
        <section className="block">
          <h2>{w.pledge.title}</h2>
          <blockquote className="pledge-text">{pledge.text[lang]}</blockquote>
          <Signature strokes={pledge.strokes} label={pledge.signer} />
          <dl className="facts">
            <div><dt>{w.pledge.signer}</dt><dd>{pledge.signer}</dd></div>
            <div><dt>{w.pledge.at}</dt><dd>{fullTime(pledge.at)}</dd></div>
            <div><dt>{w.pledge.digest}</dt><dd><code>{pledge.digest}</code></dd></div>
          </dl>
        </section>
      ) : null}
    </div>
  );
}
