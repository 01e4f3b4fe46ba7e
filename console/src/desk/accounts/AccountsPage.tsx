import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AccountInvited, AccountView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { AccountForm, ROLES } from './AccountForm';
import { AccountPanel } from './AccountPanel';
import { InvitedDialog } from './InvitedDialog';

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['search', 'role']);
  const [creating, setCreating] = useState(false);
  const [invited, setInvited] = useState<AccountInvited | null>(null);
  const { values, set } = filters;
  const scope = (it: AccountView) => it.grants.map((grant) => grant.label).join(t.gap) || t.accounts.noGrants;
  const create = <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t.accounts.add}</Button>;
  const columns: Column<AccountView>[] = [
    { key: 'name', title: t.accounts.displayName, render: (it) => <TwoLines first={<Link to={filters.href(it.id)}>{it.display_name}</Link>} second={it.login} /> },
    { key: 'role', title: t.accounts.role, width: 130, render: (it) => words.role[it.role] },
    { key: 'grants', title: t.accounts.grants, render: scope },
    { key: 'state', title: t.accounts.state, width: 110, render: (it) => <StateTag tone={it.disabled ? 'hold' : 'accent'}>{it.disabled ? t.accounts.disabled : t.accounts.enabled}</StateTag> },
    { key: 'last', title: t.accounts.lastSignIn, width: 150, render: (it) => (it.last_signed_in_at ? dayTime(it.last_signed_in_at, lang) : <span className="muted">{t.accounts.never}</span>) },
  ];
  return (
    <>
      <ListPage
        path="/accounts" title={t.accounts.title} countWords={t.accounts.count} filters={filters} columns={columns} rowId={(it) => it.id} actions={<><Link to={paths.officersImport()}><Button>{t.listImport.title.officers}</Button></Link>{create}</>}
        controls={
          <>
            <FilterText label={t.accounts.search} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={t.accounts.role} value={values.role} options={ROLES.map((value) => ({ value, label: words.role[value] }))} onChange={(role) => set({ role })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={filters.href(it.id)}>{it.display_name}<small>{t.gap}{it.login}</small></Link>
            <div className="card-line"><span>{words.role[it.role]}{t.gap}{scope(it)}</span>{it.disabled ? <StateTag tone="hold">{t.accounts.disabled}</StateTag> : null}</div>
          </>
        )}
        empty={<EmptyState title={t.accounts.none} text={t.accounts.noneHint} action={create} />}
        panel={filters.open ? { label: t.accounts.detail, content: <AccountPanel id={filters.open} filter={values} sort={filters.sort} onInvited={setInvited} /> } : null}
      />
      {creating ? <AccountForm onClose={() => setCreating(false)} onInvited={(made) => { setCreating(false); setInvited(made); }} /> : null}
      {invited ? <InvitedDialog invited={invited} onClose={() => setInvited(null)} /> : null}
    </>
  );
}
