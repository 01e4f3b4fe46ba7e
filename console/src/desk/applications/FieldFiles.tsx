import { Alert, App, Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { downloadHref, post, type ApplicationFile, type AttachmentView, type FormField } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { FilePicker } from '../parts/FilePicker';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { interruptedOf, percentOf } from '../training/upload';
import { ACCEPTED, FILE_MOST } from './model';
import { useAttachment } from './useAttachment';

interface Props { file: ApplicationFile; field: FormField; most: number; open: boolean; onBusy: (field: string, busy: boolean) => void }

/** The files of a question: those that are there, one that is being sent, and room for more. */
export function FieldFiles({ file, field, most, open, onBusy }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications.files;
  const { id } = file.application;
  const sending = useAttachment(id, field.key);
  const [problem, setProblem] = useState<'form' | 'tooLarge' | null>(null);
  const here = file.attachments.filter((it) => it.field === field.key);
  const ready = here.filter((it) => it.state === 'ready');
  const left = here.filter((it) => it.state === 'uploading');
  const busy = sending.phase === 'sending';
  useEffect(() => {
    onBusy(field.key, busy);
    return () => onBusy(field.key, false);
  }, [onBusy, field.key, busy]);
  const choose = (chosen: File) => {
    const wrong = !ACCEPTED.split(',').some((it) => chosen.name.toLowerCase().endsWith(it)) ? 'form' : FILE_MOST < chosen.size ? 'tooLarge' : null;
    setProblem(wrong);
    if (!wrong) sending.start(chosen, interruptedOf(left, chosen));
  };
  return (
    <div className="ask-files">
      <FileList application={id} files={ready} removable={open} />
      {busy ? null : left.map((it) => <p key={it.id} role="note" className="muted">{w.sameFile(it.file_name, percentOf(it))} {open ? <Remove application={id} file={it} /> : null}</p>)}
      <Progressing sending={sending} left={left} />
      {problem ? <p className="ask-fault" role="alert">{w[problem]}</p> : null}
      {!open || busy ? null : most <= ready.length ? <p className="muted">{w.full(most)}</p> : (
        <FilePicker key={`${ready.length}-${sending.phase}`} label={`${w.add}${t.gap}${field.label[lang]}`} accept={ACCEPTED} onFile={choose} chosen={false}>{w.hint(most)}</FilePicker>
      )}
    </div>
  );
}

function Progressing({ sending, left }: { sending: ReturnType<typeof useAttachment>; left: AttachmentView[] }) {
  const t = useDesk();
  const words = useCommon();
  const w = t.applications.files;
  const { file, attachment, phase } = sending;
  const name = file?.name ?? '';
  const percent = attachment ? percentOf(attachment) : 0;
  if (phase === 'sending') {
    return (
      <div className="ask-sending">
        <p role="status">{name}{t.gap}{w.sending(percent)}</p>
        <Progress percent={percent} aria-label={w.progress(name)} />
        <Button size="small" onClick={sending.stop}>{w.stop}</Button>
      </div>
    );
  }
  if (phase === 'refused') return <Alert type="error" showIcon role="alert" title={w.refused(name)} description={w.why[sending.refused ?? ''] ?? words.error(sending.refused ?? 'internal', {})} />;
  if (phase !== 'broken' || !sending.error || !file) return null;
  const again = left.find((it) => it.id === attachment?.id) ?? attachment;
  return (
    <Alert
      type="warning" showIcon role="alert" title={sending.error.isUncertain ? w.brokeOff : w.refused(name)} description={words.error(sending.error.code, sending.error.params)}
      action={sending.error.isUncertain ? <Button size="small" onClick={() => sending.start(file, again)}>{w.goOn}</Button> : undefined}
    />
  );
}

export function FileList({ application, files, removable }: { application: string; files: AttachmentView[]; removable: boolean }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.applications.files;
  if (files.length === 0) return removable ? null : <p className="muted">{t.applications.unanswered}</p>;
  return (
    <ul className="file-list">
      {files.map((it) => (
        <li key={it.id}>
          <a href={downloadHref('/applications/{id}/attachments/{attachment_id}/content', { path: { id: application, attachment_id: it.id } })} download aria-label={w.download(it.file_name)}>{it.file_name}</a>
          <small>{bytes(it.byte_count, lang)}</small>
          {removable ? <Remove application={application} file={it} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Remove({ application, file }: { application: string; file: AttachmentView }) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.applications.files;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" danger aria-label={w.remove(file.file_name)} onClick={() => setAsking(true)}>{w.removeConfirm}</Button>
      {asking ? (
        <GraveDialog
          title={w.removeTitle(file.file_name)} consequence={w.removeConsequence} confirmText={w.removeConfirm} needsReason={false} invalidates={['applications']} onClose={() => setAsking(false)}
          send={(_, idempotencyKey) => post('/applications/{id}/attachments/{attachment_id}/remove', { path: { id: application, attachment_id: file.id }, idempotencyKey })}
          onDone={() => { void message.success(w.removed); setAsking(false); }}
        />
      ) : null}
    </>
  );
}
