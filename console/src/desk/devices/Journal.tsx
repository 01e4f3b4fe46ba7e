import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { downloadHref, get, type JournalEntry } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { bytes, fullTime } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { StateTag, type Tone } from '../parts/cells';
import { DataTable, type Column } from '../parts/DataTable';
import { EmptyState } from '../parts/states';
import { useDesk } from '../strings';

type Shown = 'unparseable' | 'all';
const TONE: Record<JournalEntry['state'], Tone> = { pending: 'plain', decoded: 'accent', unparseable: 'recheck', erased: 'hold' };

/** What the terminal sent, byte for byte, as escaped hex; the whole body as a download. */
export function Journal({ id }: { id: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const [shown, setShown] = useState<Shown>('all');
  const list = usePages<JournalEntry>(['devices', 'journal', id, shown], (cursor, signal) => get('/devices/{id}/journal', { path: { id }, query: { state: shown, cursor, limit: PAGE_SIZE }, signal }));
  const href = (entry: JournalEntry) => downloadHref('/devices/{id}/journal/{entry}/body', { path: { id, entry: entry.id } });
  const download = (it: JournalEntry) => (it.state === 'erased' ? null : <Button size="small" icon={<DownloadOutlined />} href={href(it)} download>{t.journal.download}</Button>);
  const columns: Column<JournalEntry>[] = [
    { key: 'at', title: t.journal.received, width: 170, render: (it) => fullTime(it.received_at) },
    { key: 'state', title: t.journal.state, width: 100, render: (it) => <StateTag tone={TONE[it.state]}>{t.journal.states[it.state]}</StateTag> },
    { key: 'type', title: t.journal.type, width: 200, render: (it) => `${it.content_type}${t.gap}${bytes(it.bytes, lang)}` },
    { key: 'head', title: t.journal.head, render: (it) => <><Hex text={it.hex_head} />{it.warnings.length ? <small>{it.warnings.join(t.gap)}</small> : null}</> },
    { key: 'body', title: t.journal.download, width: 130, render: download },
  ];
  return (
    <div>
      <div className="device-lead">
        <span>{t.journal.lead}</span>
        <Segmented<Shown> value={shown} onChange={setShown} options={[{ value: 'all', label: t.journal.showAll }, { value: 'unparseable', label: t.journal.onlyBad }]} />
      </div>
      <DataTable
        list={list} columns={columns} rowId={(it) => it.id} label={t.devices.tabs.journal}
        card={(it) => (
          <>
            <div className="card-line"><span>{fullTime(it.received_at)}</span><StateTag tone={TONE[it.state]}>{t.journal.states[it.state]}</StateTag></div>
            <div className="card-line"><span>{it.content_type}</span><span>{bytes(it.bytes, lang)}</span></div>
            <Hex text={it.hex_head} />
            {download(it)}
          </>
        )}
        empty={shown === 'all' ? <EmptyState title={t.journal.none} text={t.journal.noneHint} /> : <EmptyState title={t.journal.noBad} text={t.journal.noBadHint} />}
      />
    </div>
  );
}

function Hex({ text }: { text: string | null }) {
  const t = useDesk();
  if (!text) return null;
  return (
    <details>
      <summary>{t.journal.show} <code className="muted">{text.slice(0, 32)}…</code></summary>
      <pre className="hex">{text}</pre>
    </details>
  );
}
