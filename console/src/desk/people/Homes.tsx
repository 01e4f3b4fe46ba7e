import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type HomeView, type PersonFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { address } from '../../shared/address';
import { day, number } from '../../shared/format';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { HomeDialog } from './HomeDialog';

export const HOME_TOUCHES = ['people', 'accesses', 'homes'];

type Dialog = { kind: 'add' } | { kind: 'leave' | 'household'; home: HomeView };

/** Where she lives and lived, and with whom. */
export function Homes({ file }: { file: PersonFile }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  // Each look is recorded: read once, not again on every return to the window.
  const homes = useGet('/people/{id}/homes', { path: { id: file.id }, query: { limit: 100 } }, { staleTime: Infinity });
  // Whoever's employee has left in this moment may not read on; the file above says it.
  if (homes.error?.status === 404) return null;
  return (
    <div className="file-jobs">
      <h2>{t.homes.block}{can('attest') ? <Button type="link" size="small" onClick={() => setDialog({ kind: 'add' })}>{t.homes.add}</Button> : null}</h2>
      {homes.error ? <ErrorState error={homes.error} retry={() => void homes.refetch()} /> : null}
      {homes.isPending ? <LoadingState /> : null}
      {homes.data?.items.length === 0 ? <p className="muted">{t.homes.blockNone}</p> : null}
      {homes.data?.items.map((it) => (
        <div key={it.id} className={it.until ? 'file-job past' : 'file-job'}>
          <div>{address(it, words)}</div>
          <small>{words.homeKind[it.kind]}{t.gap}{it.area_name}{t.gap}{it.until ? t.homes.until(day(it.from, lang), day(it.until, lang)) : t.homes.from(day(it.from, lang))}{it.recorded_by ? `${t.gap}${it.recorded_by}` : ''}</small>
          {it.until ? null : (
            <div className="acts">
              {it.household === null ? null : <Button size="small" onClick={() => setDialog({ kind: 'household', home: it })}>{t.homes.household(number(it.household, lang))}</Button>}
              {can('attest') && (can('read_homes') || it.recorded_by) ? <Button size="small" onClick={() => setDialog({ kind: 'leave', home: it })}>{t.homes.leave}</Button> : null}
            </div>
          )}
        </div>
      ))}
      {dialog?.kind === 'add' ? <HomeDialog file={file} onClose={close} /> : null}
      {dialog?.kind === 'household' ? <HouseholdDrawer file={file} home={dialog.home} onClose={close} /> : null}
      {dialog?.kind === 'leave' ? (
        <GraveDialog<HomeView>
          title={t.homes.leaveTitle(file.masked_name)} consequence={<>{address(dialog.home, words)}<br />{t.homes.leaveConsequence}</>} confirmText={t.homes.leave} danger={false} needsReason={false} invalidates={HOME_TOUCHES} onClose={close}
          onDone={() => { void message.success(t.homes.left); close(); }} send={(_, idempotencyKey) => post('/people/{id}/homes/{home_id}/leave', { path: { id: file.id, home_id: dialog.home.id }, idempotencyKey })}
        />
      ) : null}
    </div>
  );
}

function HouseholdDrawer({ file, home, onClose }: { file: PersonFile; home: HomeView; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const household = useGet('/people/{id}/homes/{home_id}/household', { path: { id: file.id, home_id: home.id } }, { staleTime: Infinity });
  return (
    <Drawer open title={t.homes.householdTitle} onClose={onClose} size={480}>
      <p><b>{address(home, words)}</b>{t.gap}{home.area_name}</p>
      <p className="muted">{t.homes.lead}</p>
      {household.error ? <ErrorState error={household.error} retry={() => void household.refetch()} /> : null}
      {household.isPending ? <LoadingState /> : null}
      <ul className="household">
        {household.data?.members.map((it) => (
          <li key={it.person_id}>
            <div><Link to={paths.person(it.person_id)} onClick={onClose}>{it.masked_name}</Link>{it.person_id === file.id ? `${t.gap}${t.homes.herself}` : ''}</div>
            <small>{t.people.tail(it.tail)}{t.gap}{words.homeKind[it.kind]}{t.gap}{t.homes.from(day(it.from, lang))}</small>
          </li>
        ))}
      </ul>
      {household.data && household.data.others > 0 ? <p>{t.homes.others(number(household.data.others, lang))}</p> : null}
    </Drawer>
  );
}
