import { Button } from 'antd';
import { useState } from 'react';
import { patch, post, type AccountInvited, type AccountView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { fullTime } from '../../shared/format';
import { useList } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Facts, PanelHead } from '../parts/SidePanel';
import { StateTag } from '../parts/cells';
import { EmptyState, LoadingState } from '../parts/states';
import { useSession } from '../session/session';
import { useDesk } from '../strings';
import { AccountForm } from './AccountForm';

interface Props { id: string; filter: Partial<Record<string, string>>; sort: string | undefined; onInvited: (invited: AccountInvited) => void }

export function AccountPanel({ id, filter, sort, onInvited }: Props) {
  const t = useDesk();
  const words = useCommon();
  const [dialog, setDialog] = useState<'edit' | 'invite' | 'disable' | null>(null);
  const { account: own } = useSession();
  const list = useList('/accounts', filter, sort);
  const account = list.items.find((it) => it.id === id);
  if (!account) return list.loading ? <LoadingState /> : <EmptyState title={t.states.notFound} />;
  const close = () => setDialog(null);
  return (
    <>
      <PanelHead over={account.login} title={account.display_name}>
        <StateTag tone={account.disabled ? 'hold' : 'accent'}>{account.disabled ? t.accounts.disabled : t.accounts.enabled}</StateTag>{words.role[account.role]}
      </PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.accounts.role, words.role[account.role]],
            [t.accounts.grants, account.grants.length ? <ul key="g">{account.grants.map((grant) => <li key={grant.value}>{words.grantKind[grant.kind]}{t.gap}{grant.label}</li>)}</ul> : t.accounts.noGrants],
            [t.accounts.lastSignIn, account.last_signed_in_at ? fullTime(account.last_signed_in_at) : t.accounts.never],
            [t.common.created, fullTime(account.created_at)],
          ]}
        />
      </section>
      <div className="panel-acts">
        <Button onClick={() => setDialog('edit')}>{t.accounts.edit}</Button>
        <Button onClick={() => setDialog('invite')}>{t.accounts.reinvite}</Button>
        {account.id === own.id ? null : <Button onClick={() => setDialog('disable')}>{account.disabled ? t.accounts.enable : t.accounts.disable}</Button>}
      </div>
      {dialog === 'edit' ? <AccountForm account={account} onClose={close} /> : null}
      {dialog === 'invite' ? (
        <GraveDialog<AccountInvited>
          title={t.accounts.reinviteTitle(account.display_name)} consequence={t.accounts.reinviteConsequence} confirmText={t.accounts.reinviteConfirm} needsReason={false} invalidates={['accounts']} onClose={close}
          send={(_, idempotencyKey) => post('/accounts/{id}/invitation', { path: { id }, idempotencyKey })} onDone={(invited) => { close(); onInvited(invited); }}
        />
      ) : null}
      {dialog === 'disable' ? <DisableDialog account={account} onClose={close} /> : null}
    </>
  );
}

function DisableDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = useDesk();
  const off = account.disabled;
  return (
    <GraveDialog<AccountView>
      title={off ? t.accounts.enableTitle(account.display_name) : t.accounts.disableTitle(account.display_name)} confirmText={off ? t.accounts.enable : t.accounts.disable} danger={!off} needsReason={false}
      consequence={off ? t.accounts.enableConsequence(account.display_name) : t.accounts.disableConsequence(account.display_name)} invalidates={['accounts']} onClose={onClose} onDone={onClose}
      send={(_, idempotencyKey) => patch('/accounts/{id}', { path: { id: account.id }, body: { display_name: null, grants: null, disabled: !off }, idempotencyKey })}
    />
  );
}
