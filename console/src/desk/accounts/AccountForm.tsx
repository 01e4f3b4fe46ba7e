import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Form, Input, Select } from 'antd';
import { patch, post, type AccountInvited, type AccountNew, type AccountView, type GrantView, type Role } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker, EnterprisePicker, SitePicker } from '../parts/PlacePicker';
import { useDesk } from '../strings';

export const ROLES: Role[] = ['command', 'enterprise', 'guard', 'health_authority', 'reviewer', 'officer', 'auditor', 'administrator'];
/** What a role's scope is usually made of. */
const KINDS: Record<Role, GrantView['kind'][]> = {
  administrator: ['area'], auditor: ['area'], reviewer: ['area'], officer: ['area'], command: ['area'], health_authority: ['area'], enterprise: ['enterprise', 'site'], guard: ['site'],
};

interface Grant { kind: GrantView['kind']; value: string; label?: string }
interface Values { login: string; display_name: string; role: Role; grants?: Grant[] }
interface Props { account?: AccountView; onClose: () => void; onInvited?: (invited: AccountInvited) => void }

export function AccountForm({ account, onClose, onInvited }: Props) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const create = useSubmit<AccountNew, AccountInvited>((body, idempotencyKey) => post('/accounts', { body, idempotencyKey }), {
    invalidates: ['accounts'],
    onDone: (invited) => onInvited?.(invited),
  });
  const change = useSubmit<AccountNew, AccountView>(
    ({ display_name, grants }, idempotencyKey) => patch('/accounts/{id}', { path: { id: account?.id ?? '' }, body: { display_name, grants, disabled: null }, idempotencyKey }),
    { invalidates: ['accounts'], onDone: () => { void message.success(t.accounts.saved); onClose(); } },
  );
  const { submit, pending, error } = account ? change : create;
  const send = (values: Values) =>
    void submit({
      login: (values.login ?? '').trim(), display_name: values.display_name.trim(), role: values.role,
      grants: (values.grants ?? []).map(({ kind, value }) => ({ kind, value })),
    });
  return (
    <FormDrawer<Values>
      title={account ? t.accounts.edit : t.accounts.add} lead={account ? t.accounts.roleChanged : undefined} submitText={account ? t.actions.save : t.accounts.add} pending={pending} error={error} onClose={onClose}
      initial={account ?? { role: 'enterprise', grants: [{ kind: 'enterprise', value: '' }] }} onSubmit={send}
    >
      {(form) => (
        <>
          <Form.Item name="display_name" label={t.accounts.displayName} rules={[{ required: true, whitespace: true, message: t.form.required(t.accounts.displayName) }, { max: 60, message: t.form.tooLong(60) }]}><Input autoFocus autoComplete="off" /></Form.Item>
          <Form.Item name="login" label={t.accounts.login} extra={account ? null : t.accounts.loginHint} rules={account ? [] : [{ required: true, pattern: /^\s*[a-z0-9][a-z0-9._-]{2,39}\s*$/, message: t.accounts.loginRule }]}>
            <Input disabled={Boolean(account)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
          <Form.Item name="role" label={t.accounts.role} rules={[{ required: true, message: t.form.pickRequired(t.accounts.role) }]}>
            <Select
              disabled={Boolean(account)} options={ROLES.map((value) => ({ value, label: words.role[value] }))}
              onChange={(role: Role) => form.setFieldsValue({ grants: KINDS[role][0] ? [{ kind: KINDS[role][0], value: '' }] : [] })}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.role !== after.role}>
            {() => <Grants role={form.getFieldValue('role') as Role} known={account?.grants ?? []} />}
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

function Grants({ role, known }: { role: Role; known: GrantView[] }) {
  const t = useDesk();
  return (
    <>
      {role === 'officer' ? <Alert type="info" title={t.accounts.noteOfficer} className="error-alert" /> : null}
      {role === 'guard' ? <Alert type="info" title={t.accounts.noteGuard} className="error-alert" /> : null}
      <Form.List name="grants" rules={[{ validator: (_, grants: Grant[] | undefined) => (grants?.length ? Promise.resolve() : Promise.reject(new Error(t.accounts.grantsRule))) }]}>
        {(fields, { add, remove }, { errors }) => (
          <fieldset className="grants">
            <legend>{t.accounts.grants} <small>{t.accounts.grantsHint}</small></legend>
            {fields.map((field) => (
              <div key={field.key} className="grant-row">
                <Form.Item name={[field.name, 'kind']} label={t.accounts.grantKind}><KindSelect role={role} at={field.name} /></Form.Item>
                <GrantValue at={field.name} known={known} />
                <Button type="text" icon={<DeleteOutlined />} aria-label={t.accounts.grantRemove} onClick={() => remove(field.name)} />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button icon={<PlusOutlined />} onClick={() => add({ kind: KINDS[role][0] ?? 'area', value: '' })}>{t.accounts.addGrant}</Button>
          </fieldset>
        )}
      </Form.List>
    </>
  );
}

function KindSelect({ role, at, value, onChange, id }: { role: Role; at: number; value?: GrantView['kind']; onChange?: (kind: GrantView['kind']) => void; id?: string }) {
  const words = useCommon();
  const form = Form.useFormInstance<Values>();
  return (
    <Select
      id={id} value={value} options={KINDS[role].map((kind) => ({ value: kind, label: words.grantKind[kind] }))}
      onChange={(kind: GrantView['kind']) => {
        form.setFieldValue(['grants', at, 'value'], undefined);
        onChange?.(kind);
      }}
    />
  );
}

function GrantValue({ at, known }: { at: number; known: GrantView[] }) {
  const t = useDesk();
  const form = Form.useFormInstance<Values>();
  const kind = (Form.useWatch(['grants', at, 'kind'], form) as GrantView['kind'] | undefined) ?? 'area';
  const value = Form.useWatch(['grants', at, 'value'], form) as string | undefined;
  const name = known.find((it) => it.kind === kind && it.value === value)?.label;
  const label = t.accounts.grantValue;
  return (
    <Form.Item name={[at, 'value']} label={label} rules={[{ required: true, message: t.accounts.grantRule }]}>
      {kind === 'area' ? <AreaPicker label={label} knownName={name} /> : kind === 'enterprise' ? <EnterprisePicker label={label} knownName={name} /> : <SitePicker label={label} knownName={name} />}
    </Form.Item>
  );
}
