import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { PersonFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day } from '../../shared/format';
import { useNow } from '../parts/useNow';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Employments } from './Employments';
import { Homes } from './Homes';
import { PersonActions } from './PersonActions';
import { RevealButton } from './RevealButton';
import type { RevealField, Shown } from './reveal';

/** Who it is: masked, unless somebody says why they must see it. */
export function IdentityColumn({ file }: { file: PersonFile }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const [shown, setShown] = useState<Partial<Record<RevealField, Shown>>>({});
  const facts = [file.sex ? t.file.sex[file.sex] : null, file.age === null ? null : t.file.age(file.age)].filter(Boolean).join(t.gap);
  const lines: { field: RevealField; label: string; masked: string }[] = [
    { field: 'name', label: t.file.name, masked: file.masked_name },
    { field: 'document_number', label: t.file.document, masked: file.masked_document },
    { field: 'phone', label: t.file.phone, masked: file.masked_phone },
  ];
  const hide = (field: RevealField) => setShown((before) => ({ ...before, [field]: undefined }));
  return (
    <section className="file-left" aria-label={t.file.title}>
      <div className="file-who">
        <div className="file-face"><EyeInvisibleOutlined aria-hidden /></div>
        <div><h1>{file.masked_name}</h1>{facts ? <p>{facts}</p> : null}<p>{t.file.created} {day(file.created_at, lang)}</p></div>
      </div>
      <dl className="file-kv">
        {lines.map((line) => (
          <RevealLine
            key={line.field} {...line} shown={shown[line.field]} allowed={can('reveal_identity')} personId={file.id}
            onShown={(value) => setShown((before) => ({ ...before, [line.field]: value }))} onHide={() => hide(line.field)}
          />
        ))}
        <div><dt>{t.file.documentKind}</dt><dd>{words.documentKind[file.document_kind]}</dd></div>
        {file.other_documents.map((it) => <div key={it.masked_document}><dt>{t.duplicates.others}</dt><dd>{words.documentKind[it.document_kind]}{t.gap}{it.masked_document}</dd></div>)}
      </dl>
      <Employments file={file} />
      <Homes file={file} />
      <PersonActions file={file} />
    </section>
  );
}

interface LineProps { personId: string; field: RevealField; label: string; masked: string; shown?: Shown; allowed: boolean; onShown: (value: Shown) => void; onHide: () => void }

function RevealLine({ personId, field, label, masked, shown, allowed, onShown, onHide }: LineProps) {
  const visible = shown && shown.until > Date.now() ? shown : undefined;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span>{visible ? <Visible shown={visible} onOver={onHide} /> : masked}</span>
        {visible ? <HideButton label={label} onHide={onHide} /> : allowed ? <RevealButton personId={personId} field={field} label={label} onShown={onShown} /> : null}
      </dd>
    </div>
  );
}

function HideButton({ label, onHide }: { label: string; onHide: () => void }) {
  const t = useDesk();
  return <Button size="small" icon={<EyeInvisibleOutlined />} aria-label={t.file.hideOf(label)} onClick={onHide}>{t.file.hide}</Button>;
}

function Visible({ shown, onOver }: { shown: Shown; onOver: () => void }) {
  const t = useDesk();
  const now = useNow(1000);
  const left = Math.max(0, Math.ceil((shown.until - now) / 1000));
  if (left === 0) queueMicrotask(onOver);
  return (
    <>
      <span className="revealed">{shown.value}</span>
      <span className="left"><EyeOutlined aria-hidden /> {t.file.left(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`)}</span>
    </>
  );
}
