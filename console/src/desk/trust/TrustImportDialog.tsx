import { Alert, Form, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { post, type TrustImport } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, number } from '../../shared/format';
import { useSubmit } from '../data';
import { FilePicker } from '../parts/FilePicker';
import { useFieldErrors } from '../parts/useApiForm';
import { useDesk } from '../strings';
import { LeftOut } from './LeftOut';
import { TrustRefusal } from './TrustRefusal';
import { comparison, difference, fileName, loses, MOST_BYTES, type Kind } from './trustModel';
import './trust.css';

/** `stamp` tells two files of one name apart, where it is asked whether the same is sent again. */
interface Run { file: File; stamp: string; note?: string }
interface Props { kind: Kind; onDone: (done: TrustImport) => void; onClose: () => void }

const PATHS = { keys: '/trust-lists/import', revocations: '/trust-lists/revocations/import' } as const;
const ACCEPT: Record<Kind, string> = { keys: '.json,.jwks,.pem,.crt,.cer,.txt', revocations: '.json,.txt' };
const NOTE_CHARS = 120;

function send(kind: Kind, { file, note }: Run, idempotencyKey: string): Promise<TrustImport> {
  const query = note === undefined ? { dry_run: 'true' as const } : { dry_run: 'false' as const, file_name: fileName(file.name), note };
  // Bytes, whatever the browser takes the file for.
  return post(PATHS[kind], { query, body: new Blob([file]), idempotencyKey });
}

/** A file is tried as soon as it is chosen; what it would change is seen before it holds. */
export function TrustImportDialog({ kind, onDone, onClose }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const words = t.trust.kinds[kind];
  const [form] = Form.useForm<{ note: string }>();
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState<TrustImport | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const chosen = useRef<File | null>(null);
  // Of two files chosen in haste, the answer to the first says nothing about the second.
  const keep = (answer: TrustImport, run: Run) => (run.file === chosen.current ? setTried(answer) : undefined);
  const trial = useSubmit<Run, TrustImport>((run, key) => send(kind, run, key), { onDone: keep });
  const real = useSubmit<Run, TrustImport>((run, key) => send(kind, run, key), { onDone, invalidates: ['trust-lists'] });
  const general = useFieldErrors(form, real.error);
  const run = (of: File): Run => ({ file: of, stamp: `${of.name} ${of.size} ${of.lastModified}` });
  const choose = (next: File) => {
    chosen.current = next;
    setFile(next);
    setTried(null);
    trial.clear();
    real.clear();
    setTooLarge(MOST_BYTES < next.size);
    if (next.size <= MOST_BYTES) void trial.submit(run(next));
  };
  return (
    <Modal
      open title={words.title} width={640} onCancel={onClose} onOk={() => form.submit()} okText={t.trust.run} cancelText={t.actions.cancel} destroyOnHidden
      okButtonProps={{ disabled: !tried, loading: real.pending }} classNames={{ body: 'trust-import' }}
    >
      <p className="form-lead">{words.lead}</p>
      <FilePicker label={words.file} accept={ACCEPT[kind]} onFile={choose} chosen={file !== null}>{file ? `${file.name}${t.gap}${bytes(file.size, lang)}` : words.hint}</FilePicker>
      <div className="trust-tried">
        {trial.pending ? <p role="status" className="muted">{t.trust.checking}</p> : null}
        {isTooLarge ? <Alert type="error" showIcon role="alert" title={t.trust.tooLarge(bytes(MOST_BYTES, lang))} /> : null}
        <TrustRefusal error={tried ? general : trial.error} />
        {tried ? <Tried tried={tried} /> : null}
      </div>
      {tried ? (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={({ note }: { note: string }) => (file ? void real.submit({ ...run(file), note: note.trim() }) : undefined)}>
          <Form.Item name="note" label={t.trust.note} extra={t.trust.noteHint} rules={[{ required: true, whitespace: true, message: t.trust.noteRule }, { max: NOTE_CHARS, message: t.form.tooLong(NOTE_CHARS) }]}><Input autoComplete="off" /></Form.Item>
        </Form>
      ) : null}
    </Modal>
  );
}

function Tried({ tried }: { tried: TrustImport }) {
  const t = useDesk();
  const { lang } = useLang();
  const rows = comparison(tried);
  const more = tried.skipped_count - tried.skipped.length;
  return (
    <>
      <table className="plain-table" aria-label={t.trust.compare}>
        <thead><tr><th>{t.trust.compare}</th><th className="num">{t.trust.now}</th><th className="num">{t.trust.after}</th><th className="num">{t.trust.change}</th></tr></thead>
        <tbody>
          {rows.map((it) => (
            <tr key={it.what}>
              <td>{t.trust[it.what]}</td><td className="num">{number(it.before, lang)}</td><td className="num"><b>{number(it.after, lang)}</b></td>
              <td className={it.after < it.before ? 'num warn' : 'num'}>{difference(it) ?? <span className="muted">{t.trust.same}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {loses(rows) ? <Alert type="warning" showIcon title={t.trust.loses} /> : null}
      {tried.skipped_count === 0 ? <p className="muted">{t.trust.nothingLeftOut}</p> : (
        <div>
          <p>{t.trust.leftOut(tried.skipped_count)}</p>
          <LeftOut label={t.trust.skipped} entries={tried.skipped} more={more > 0 ? t.trust.leftOutMore(more) : null} />
        </div>
      )}
    </>
  );
}
