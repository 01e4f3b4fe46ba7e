import { App, Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { post, type DocumentKind, type PersonFile, type PersonNew } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { documentProblem } from '../../shared/documents';
import { dayKey, fromLocalInput } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { optionsOf } from '../parts/FilterControls';
import { Crumbs } from '../parts/PageHead';
import { useFieldErrors } from '../parts/useApiForm';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { employmentOf, type EmploymentValues } from './employment';
import { EmploymentFields } from './EmploymentFields';
import './people.css';

interface Values {
  name: string; document_kind: DocumentKind; document_number: string; phone: string;
  employment?: EmploymentValues;
  attested_at?: string; left_affected_area_on?: string;
}

export function toWire(values: Values): PersonNew {
  return {
    name: values.name.trim(), document_kind: values.document_kind, document_number: values.document_number.trim().toUpperCase(), phone: values.phone.trim(),
    employment: values.employment ? employmentOf(values.employment) : null,
    attested_at: values.attested_at ? fromLocalInput(values.attested_at) : null, left_affected_area_on: values.left_affected_area_on || null,
  };
}

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const [withJob, setWithJob] = useState(true);
  const siteId = Form.useWatch(['employment', 'site_id'], form) as string | undefined;
  const { submit, pending, error } = useSubmit<PersonNew, PersonFile>((body, idempotencyKey) => post('/people', { body, idempotencyKey }), {
    invalidates: ['people', 'enterprises'],
    onDone: (file) => {
      void message.success(t.personNew.done(file.masked_name));
      void navigate(paths.person(file.id));
    },
  });
  const general = useFieldErrors(form, error);
  return (
    <div className="page">
      <Crumbs heading label={t.people.title} trail={[{ to: paths.people(), text: t.people.title }]} here={t.personNew.title} />
      <Form<Values>
        form={form} layout="vertical" className="person-new" scrollToFirstError={{ focus: true }}
        initialValues={{ document_kind: 'resident_id', employment: { site_id: search.get('site_id') ?? undefined, starts_on: dayKey(Date.now()) } }}
        onFinish={(values) => void submit(toWire(values))}
      >
        <ErrorAlert error={general} />
        <section className="block">
          <h2>{t.personNew.identity}</h2>
          <Form.Item name="name" label={t.personNew.name} extra={t.personNew.nameHint} rules={[{ required: true, whitespace: true, message: t.form.required(t.personNew.name) }, { max: 60, message: t.form.tooLong(60) }]}><Input autoFocus autoComplete="off" /></Form.Item>
          <div className="form-row">
            <Form.Item name="document_kind" label={t.personNew.documentKind}><Select options={optionsOf(words.documentKind)} /></Form.Item>
            <DocumentNumber />
            <Form.Item name="phone" label={t.personNew.phone} rules={[{ required: true, message: t.form.required(t.personNew.phone) }, { pattern: /^\s*1\d{10}\s*$/, message: t.personNew.phoneRule }]}><Input inputMode="tel" autoComplete="off" /></Form.Item>
          </div>
          <p className="muted">{t.personNew.exists}</p>
        </section>
        <section className="block">
          <h2>{t.personNew.employment} <Checkbox checked={!withJob} onChange={(event) => setWithJob(!event.target.checked)}>{t.personNew.noEmployment}</Checkbox></h2>
          {withJob ? <EmploymentFields prefix={['employment']} siteId={siteId} /> : null}
        </section>
        <section className="block">
          <h2>{t.personNew.health}</h2>
          <div className="form-row">
            <Form.Item name="attested_at" label={t.personNew.attestedAt} extra={t.personNew.attestedHint}><Input type="datetime-local" /></Form.Item>
            <Form.Item name="left_affected_area_on" label={t.personNew.leftArea} extra={t.personNew.leftAreaHint}><Input type="date" max={dayKey(Date.now())} /></Form.Item>
          </div>
        </section>
        <div className="form-foot"><Button type="primary" htmlType="submit" loading={pending}>{t.personNew.submit}</Button><Button onClick={() => void navigate(paths.people())}>{t.actions.cancel}</Button></div>
      </Form>
    </div>
  );
}

/** Says at once whether the number can be right, before the server is asked. */
function DocumentNumber() {
  const t = useDesk();
  const form = Form.useFormInstance<Values>();
  const kind = (Form.useWatch('document_kind', form) as DocumentKind | undefined) ?? 'resident_id';
  const number = (Form.useWatch('document_number', form) as string | undefined)?.trim() ?? '';
  const fine = number !== '' && documentProblem(kind, number) === null;
  return (
    <Form.Item
      name="document_number" label={t.personNew.documentNumber} dependencies={['document_kind']} validateTrigger={['onBlur', 'onSubmit']} extra={fine ? <span style={{ color: 'var(--admit)' }}>{t.personNew.documentOk}</span> : undefined}
      rules={[{ required: true, message: t.form.required(t.personNew.documentNumber) }, {
        validator: (_, value: string | undefined) => {
          const problem = value ? documentProblem(kind, value.trim()) : null;
          return problem ? Promise.reject(new Error(t.personNew.documentProblem[problem])) : Promise.resolve();
        },
      }]}
    >
      <Input autoComplete="off" />
    </Form.Item>
  );
}
