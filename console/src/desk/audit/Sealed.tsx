import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { get, type ApiError } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { ago, number } from '../../shared/format';
import { useGet } from '../data';
import { CopyField } from '../parts/CopyField';
import { saveExactly } from '../parts/saveText';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';

/** How far the log is sealed, and what an auditor takes with her to verify it later. */
export function SealedLog() {
  const t = useDesk();
  const { lang } = useLang();
  const { data, error } = useGet('/audit/checkpoint', {}, { refetchInterval: 10_000 });
  if (error) return <ErrorAlert error={error} />;
  if (data === undefined) return null;
  if (data === null) return <p className="sealed">{t.audit.sealedNone}</p>;
  return (
    <section className="sealed" aria-label={t.audit.checkpoint}>
      <div className="sealed-line">
        <b>{t.audit.sealed(number(data.size, lang), ago(data.at, lang))}</b>
        <Button size="small" icon={<DownloadOutlined />} onClick={() => saveExactly(`checkpoint-${data.size}.txt`, data.note)}>{t.audit.checkpoint}</Button>
      </div>
      <p>{t.audit.sealedLead}</p>
      <CopyField label={t.audit.key} value={data.key} />
    </section>
  );
}

/** An entry's line and the proof that it stands in the log: two files that verify without the server. */
export function ProofButton({ id }: { id: string }) {
  const t = useDesk();
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const proof = await get('/audit/{id}/proof', { path: { id } });
      saveExactly(`${id}.line.txt`, proof.line);
      saveExactly(`${id}.proof.txt`, proof.proof);
    } catch (caught) {
      setError(caught as ApiError);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ErrorAlert error={error} />
      <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void save()}>{t.audit.proof}</Button>
    </>
  );
}
