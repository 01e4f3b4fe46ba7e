import { App, Button } from 'antd';
import { useId, useState } from 'react';
import { del, put, type CaptionLang, type CourseView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { CAPTIONS_MOST } from './questionFile';

const LANGS: CaptionLang[] = ['zh', 'en'];
interface Chosen { lang: CaptionLang; name: string; size: number; changed: number; file: File }

/** What a film says, to be read: one text each in Chinese and English. */
export function Captions({ course, makes }: { course: CourseView; makes: boolean }) {
  const t = useDesk();
  const w = t.training.captioning;
  const { lang: shown } = useLang();
  const { message } = App.useApp();
  const [tooLarge, setTooLarge] = useState(false);
  const [removing, setRemoving] = useState<CaptionLang | null>(null);
  const { submit, pending, error, clear } = useSubmit<Chosen, CourseView>(
    ({ lang, name, file }, idempotencyKey) => put('/courses/{id}/captions', { path: { id: course.id }, query: { lang, file_name: name }, body: file, idempotencyKey }),
    { invalidates: ['courses'], onDone: () => void message.success(w.saved) },
  );
  const choose = (lang: CaptionLang, file: File) => {
    clear();
    setTooLarge(file.size > CAPTIONS_MOST);
    if (file.size <= CAPTIONS_MOST) void submit({ lang, name: file.name, size: file.size, changed: file.lastModified, file });
  };
  return (
    <section className="block">
      <h2>{w.title}</h2>
      <p className="muted">{w.lead}</p>
      <ul className="caption-list">
        {LANGS.map((lang) => {
          const known = course.captions.find((it) => it.lang === lang);
          return (
            <li key={lang}>
              <b>{w.langs[lang]}</b>
              <span>{known ? <>{known.file_name}<br /><small className="muted">{w.by(known.created_by, dayTime(known.created_at, shown))}</small></> : <span className="muted">{w.none}</span>}</span>
              {makes ? (
                <span className="acts">
                  <CaptionPicker label={known ? w.replace(w.langs[lang]) : w.add(w.langs[lang])} busy={pending} onFile={(file) => choose(lang, file)} />
                  {known ? <Button size="small" danger onClick={() => setRemoving(lang)}>{w.remove(w.langs[lang])}</Button> : null}
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {tooLarge ? <p className="course-problem" role="alert">{w.tooLarge}</p> : null}
      <ErrorAlert error={error} />
      {removing ? (
        <GraveDialog<CourseView>
          title={w.removeTitle(w.langs[removing])} consequence={w.removeConsequence} confirmText={w.remove(w.langs[removing])} needsReason={false} invalidates={['courses']} onClose={() => setRemoving(null)}
          send={(_, idempotencyKey) => del('/courses/{id}/captions', { path: { id: course.id }, query: { lang: removing }, idempotencyKey })}
          onDone={() => { void message.success(w.removed); setRemoving(null); }}
        />
      ) : null}
    </section>
  );
}

/** A button that chooses a file; the same one may be chosen again after it was put right. */
function CaptionPicker({ label, busy, onFile }: { label: string; busy: boolean; onFile: (file: File) => void }) {
  const id = useId();
  return (
    <>
      <input
        id={id} type="file" hidden aria-label={label} accept=".vtt,text/vtt"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <Button size="small" loading={busy} onClick={() => document.getElementById(id)?.click()}>{label}</Button>
    </>
  );
}
