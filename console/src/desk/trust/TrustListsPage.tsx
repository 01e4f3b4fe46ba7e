import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { Fragment, useState } from 'react';
import { downloadHref, get, post, type TrustListView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { PageHead } from '../parts/PageHead';
import { StateTag } from '../parts/StateTag';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { LeftOut } from './LeftOut';
import { TrustImportDialog } from './TrustImportDialog';
import { NAMED_MOST, namesAll, type Kind } from './trustModel';
import './trust.css';

type Asking = { act: 'import'; kind: Kind } | { act: 'restore'; list: TrustListView };

/** Whose certificates gates believe, and every list they believed before. */
export function Component() {
  const t = useDesk();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<Asking | null>(null);
  const lists = usePages<TrustListView>(['trust-lists', 'versions'], (cursor, signal) => get('/trust-lists', { query: { cursor, limit: PAGE_SIZE }, signal }));
  const close = () => setAsking(null);
  if (lists.loading) return <LoadingState />;
  if (lists.error && lists.items.length === 0) return <ErrorState error={lists.error} retry={lists.retry} />;
  const has = lists.items.length > 0;
  return (
    <div className="page">
      <PageHead title={t.trust.title}>
        <Button disabled={!has} title={has ? undefined : t.trust.keysFirst} onClick={() => setAsking({ act: 'import', kind: 'revocations' })}>{t.trust.importRevocations}</Button>
        <Button type="primary" onClick={() => setAsking({ act: 'import', kind: 'keys' })}>{t.trust.importKeys}</Button>
      </PageHead>
      <div className="page-body">
        <p className="form-lead trust-lead">{t.trust.lead}</p>
        {has ? (
          <>
            <Versions lists={lists.items} onRestore={(list) => setAsking({ act: 'restore', list })} />
            {lists.more ? <div><Button onClick={lists.more} loading={lists.loadingMore}>{t.list.more}</Button></div> : null}
          </>
        ) : <EmptyState title={t.trust.none} text={t.trust.noneHint} />}
      </div>
      {asking?.act === 'import' ? (
        <TrustImportDialog kind={asking.kind} onClose={close} onDone={({ version }) => { close(); void message.success(t.trust.imported(version ?? 0)); }} />
      ) : null}
      {asking?.act === 'restore' ? <Restore list={asking.list} onClose={close} /> : null}
    </div>
  );
}

function Versions({ lists, onRestore }: { lists: TrustListView[]; onRestore: (list: TrustListView) => void }) {
  const t = useDesk();
  const [open, setOpen] = useState<number | null>(null);
  const heads = [t.trust.version, t.trust.dcc, t.trust.shc, t.trust.revoked, t.trust.skipped, t.trust.who, t.trust.file, t.trust.acts];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on the phone
    <section className="block scroll-x" aria-label={t.trust.versions} tabIndex={0}>
      <table className="plain-table trust-table">
        <thead><tr>{heads.map((it, at) => <th key={it} className={at > 0 && at < 4 ? 'num' : undefined}>{it}</th>)}</tr></thead>
        <tbody>
          {lists.map((it, at) => (
            <Fragment key={it.version}>
              <Version list={it} holds={at === 0} isOpen={open === it.version} onOpen={() => setOpen(open === it.version ? null : it.version)} onRestore={() => onRestore(it)} />
              {open === it.version ? <tr><td colSpan={heads.length}><LeftOut label={t.trust.skippedOf(it.version)} entries={it.skipped} /></td></tr> : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface VersionProps { list: TrustListView; holds: boolean; isOpen: boolean; onOpen: () => void; onRestore: () => void }

function Version({ list, holds, isOpen, onOpen, onRestore }: VersionProps) {
  const t = useDesk();
  const { lang } = useLang();
  const count = namesAll(list) ? number(list.skipped.length, lang) : t.trust.atLeast(NAMED_MOST);
  return (
    <tr>
      <td><b>{t.trust.versionOf(list.version)}</b>{holds ? <>{' '}<StateTag tone="good">{t.trust.inForce}</StateTag></> : null}</td>
      <td className="num">{number(list.dcc_count, lang)}</td>
      <td className="num">{number(list.shc_count, lang)}</td>
      <td className="num">{number(list.revoked_count, lang)}</td>
      <td>{list.skipped.length === 0 ? <span className="muted">{number(0, lang)}</span> : <Button size="small" icon={isOpen ? <UpOutlined aria-hidden /> : <DownOutlined aria-hidden />} iconPlacement="end" aria-expanded={isOpen} onClick={onOpen}>{t.trust.skippedShow(count)}</Button>}</td>
      <td>{list.imported_by}<br /><small>{dayTime(list.imported_at, lang)}</small></td>
      <td><span className="trust-file">{list.note}<br /><small>{list.file_name}</small></span></td>
      <td>
        <span className="trust-acts">
          <a href={downloadHref('/trust-lists/keys', { query: { version: list.version } })} download aria-label={t.trust.downloadOf(list.version)}>{t.trust.download}</a>
          {holds ? null : <Button size="small" aria-label={t.trust.restoreOf(list.version)} onClick={onRestore}>{t.trust.restore}</Button>}
        </span>
      </td>
    </tr>
  );
}

function Restore({ list, onClose }: { list: TrustListView; onClose: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const what = t.trust.counts(number(list.dcc_count, lang), number(list.shc_count, lang), number(list.revoked_count, lang));
  return (
    <GraveDialog<TrustListView>
      title={t.trust.restoreTitle(list.version)} consequence={t.trust.restoreConsequence(list.version, what)} confirmText={t.trust.restore} reasonLabel={t.trust.note} danger={false}
      send={(note, idempotencyKey) => post('/trust-lists/restore', { body: { version: list.version, note }, idempotencyKey })} invalidates={['trust-lists']}
      onDone={({ version }) => { onClose(); void message.success(t.trust.restored(version)); }} onClose={onClose}
    />
  );
}
