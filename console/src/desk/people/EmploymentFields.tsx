import { Form, Input, Select } from 'antd';
import { useGet } from '../data';
import { SitePicker } from '../parts/PlacePicker';
import { daysInWords, hoursInWords } from '../sites/shiftWords';
import { useDesk } from '../strings';
import { CREW_ROLES, EMPLOYER_KINDS } from './employment';

interface Props {
  /** Where these fields live in the form: ['employment'] inside a bigger one. */
  prefix?: string[];
  siteId?: string;
  knownSite?: string;
  changing?: boolean;
}

export function EmploymentFields({ prefix = [], siteId, knownSite, changing }: Props) {
  const t = useDesk();
  const shifts = useGet('/sites/{id}/shift-windows', { path: { id: siteId ?? '' } }, { enabled: Boolean(siteId) });
  const site = useGet('/sites/{id}', { path: { id: siteId ?? '' } }, { enabled: Boolean(siteId) });
  const at = (name: string) => [...prefix, name];
  const options = (shifts.data ?? []).flatMap((it) => (it.id ? [{ value: it.id, label: `${it.name}${t.gap}${daysInWords(it.days, t.shifts, t.gap)} ${hoursInWords(it, t.shifts)}` }] : []));
  return (
    <>
      <Form.Item name={at('site_id')} label={t.personNew.site} rules={[{ required: true, message: t.form.pickRequired(t.personNew.site) }]}>
        <SitePicker label={t.personNew.site} disabled={changing} knownName={knownSite} />
      </Form.Item>
      <div className="form-row">
        <Form.Item name={at('employee_no')} label={t.personNew.employeeNo} extra={t.personNew.employeeNoHint} rules={[{ required: true, whitespace: true, message: t.form.required(t.personNew.employeeNo) }, { max: 40, message: t.form.tooLong(40) }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name={at('card_no')} label={t.personNew.cardNo}><Input autoComplete="off" /></Form.Item>
        <Form.Item name={at('team')} label={t.personNew.team}><Input autoComplete="off" /></Form.Item>
        <Form.Item name={at('post')} label={t.personNew.post}><Input autoComplete="off" /></Form.Item>
        <Form.Item name={at('shift_window_id')} label={t.personNew.shift}><Select allowClear options={options} placeholder={t.personNew.noShift} disabled={!siteId} /></Form.Item>
        {changing ? null : (
          <Form.Item name={at('starts_on')} label={t.personNew.startsOn} rules={[{ required: true, message: t.form.required(t.personNew.startsOn) }]}><Input type="date" /></Form.Item>
        )}
      </div>
      {site.data?.kind === 'construction_project' ? <CrewFields at={at} /> : null}
    </>
  );
}

/** What a building site's real-name roster says besides. */
function CrewFields({ at }: { at: (name: string) => string[] }) {
  const t = useDesk();
  const names = t.imports.columnNames;
  return (
    <div className="form-row">
      <Form.Item name={at('employer_name')} label={names.employer_name}><Input autoComplete="off" /></Form.Item>
      <Form.Item name={at('employer_credit_code')} label={names.employer_credit_code}><Input autoComplete="off" maxLength={18} /></Form.Item>
      <Form.Item name={at('employer_kind')} label={names.employer_kind}><Select allowClear options={EMPLOYER_KINDS.map((value) => ({ value, label: t.crew.employerKind[value] }))} /></Form.Item>
      <Form.Item name={at('trade')} label={names.trade}><Input autoComplete="off" /></Form.Item>
      <Form.Item name={at('crew_role')} label={names.crew_role}><Select allowClear options={CREW_ROLES.map((value) => ({ value, label: t.crew.role[value] }))} /></Form.Item>
    </div>
  );
}
