import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { post, type ReportTemplateView, type TemplateLook } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { FilePicker } from '../parts/FilePicker';
import { AreaPicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';
import { Names } from './Names';

const BYTES_MOST = 3 * 1024 * 1024;
interface Sent { dryRun: boolean; name: string; area: string; fileName: string; size: number; changed: number; file: File }
interface Props { /** A new version of it; without it, a new template. */ template?: ReportTemplateView; onClose: () => void; onKept: (template: ReportTemplateView) => void }

/** A workbook: chosen, its names looked at, then kept. */
export function UploadDialog({ template, onClose, onKept }: Props) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.templates;
  const [file, setFile] = useState<File | null>(null);
  const [look, setLook] = useState<TemplateLook | null>(null);
  const [name, setName] = useState('');
  const [area, setArea] = useState('');
  const { submit, pending, error, clear } = useSubmit<Sent, TemplateLook>(
    (it, idempotencyKey) => {
      const dry_run = it.dryRun ? 'true' : 'false';
      return template
        ? post('/report-templates/{id}/versions/content', { path: { id: template.id }, query: { dry_run, file_name: it.fileName }, body: it.file, idempotencyKey })
        : post('/report-templates/content', { query: { dry_run, file_name: it.fileName, name: it.name, area: it.area, lang }, body: it.file, idempotencyKey });
    },
    { invalidates: ['report-templates'], onDone: (it, sent) => (!sent.dryRun && it.template ? onKept(it.template) : setLook(it)) },
  );
  const choose = (next: File | null) => {
    setFile(next);
    setLook(null);
    clear();
  };
  const tooLarge = (file?.size ?? 0) > BYTES_MOST;
  const send = (dryRun: boolean) => {
    if (file) void submit({ dryRun, name: name.trim(), area, fileName: file.name, size: file.size, changed: file.lastModified, file });
  };
  const ready = template !== undefined || (name.trim() !== '' && area !== '');
  return (
    <Modal
      open destroyOnHidden width={760} title={template ? w.newVersion : w.upload} onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>{t.actions.cancel}</Button>,
        look ? <Button key="again" onClick={() => choose(null)}>{w.another}</Button> : null,
        look
          ? <Button key="keep" type="primary" loading={pending} disabled={!look.fit || !ready} onClick={() => send(false)}>{w.keep}</Button>
          : <Button key="look" type="primary" loading={pending} disabled={!file || tooLarge} onClick={() => send(true)}>{w.look}</Button>,
      ]}
    >
      {look ? null : (
        <FilePicker label={w.file} accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onFile={choose} chosen={file !== null}>
          {file ? w.chosen(file.name, bytes(file.size, lang)) : w.fileHint}
        </FilePicker>
      )}
      {tooLarge ? <p className="template-problem" role="alert">{w.tooLarge}</p> : null}
      <ErrorAlert error={error} />
      {look ? (
        <div className="template-look">
          <p role="status" className={look.fit ? '' : 'template-problem'}><b>{look.fit ? w.fit : w.unfit}</b></p>
          <Names names={look.names} />
          {look.fit && !template ? (
            <Form layout="vertical">
              <Form.Item label={w.name} htmlFor="template-name"><Input id="template-name" maxLength={60} placeholder={w.nameHint} value={name} onChange={(event) => setName(event.target.value)} /></Form.Item>
              <Form.Item label={w.area} htmlFor="template-area"><AreaPicker id="template-area" label={w.area} value={area} onChange={(next) => setArea(next ?? '')} /></Form.Item>
            </Form>
          ) : null}
        </div>
      ) : null}
    </Modal>
  );
}
