import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type Page, type PersonRow, type PersonSearch } from '../../api';
import { useSubmit } from '../data';
import { Choice } from '../parts/Choice';
import { ErrorAlert } from '../parts/ErrorAlert';
import { SitePicker } from '../parts/PlacePicker';
import { EmptyState } from '../parts/states';
import { useFieldErrors } from '../parts/useApiForm';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { AllowedTag } from './StatusTag';

type By = 'name' | 'document_number' | 'phone' | 'employee_no' | 'card_no';
const BY: By[] = ['name', 'document_number', 'phone', 'employee_no', 'card_no'];
const NOTHING: PersonSearch = { name: null, document_number: null, phone: null, employee_no: null, card_no: null, site_id: null };
interface Values { by: By; text: string; site_id?: string }

/** Names, documents and phones are sealed: only the whole, exact value finds somebody. It goes in the body, never in the address. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const t = useDesk();
  const [form] = Form.useForm<Values>();
  const [found, setFound] = useState<PersonRow[] | null>(null);
  const by = (Form.useWatch('by', form) as By | undefined) ?? 'name';
  const { submit, pending, error } = useSubmit<PersonSearch, Page<PersonRow>>((body) => post('/people/search', { body }), { onDone: (page) => setFound(page.items) });
  const general = useFieldErrors(form, error);
  const send = (values: Values) => {
    setFound(null);
    void submit({ ...NOTHING, [values.by]: values.text.trim(), site_id: values.site_id ?? null });
  };
  return (
    <Modal open onCancel={onClose} title={t.search.title} footer={null} width={560} destroyOnHidden>
      <p className="form-lead">{t.search.lead} {t.search.recorded}</p>
      <ErrorAlert error={general} />
      <Form<Values> form={form} layout="vertical" initialValues={{ by: 'name' }} onFinish={send} requiredMark={false}>
        <Form.Item name="by" label={t.search.by}>
          <Choice<By> label={t.search.by} options={BY.map((value) => ({ value, label: t.search.fields[value] }))} />
        </Form.Item>
        <Form.Item name="text" label={t.search.fields[by]} rules={[{ required: true, whitespace: true, message: t.form.required(t.search.fields[by]) }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="site_id" label={t.search.site}><SitePicker label={t.search.site} /></Form.Item>
        <Button type="primary" htmlType="submit" loading={pending}>{t.search.submit}</Button>
      </Form>
      <div role="status">
        {found?.length === 0 ? <EmptyState title={t.search.none} text={t.search.noneHint} /> : null}
        {found && found.length > 0 ? (
          <>
            <p className="muted" style={{ marginTop: 16 }}>{t.search.found(found.length)}</p>
            <ul className="lines">
              {found.map((it) => (
                <li key={`${it.id}${it.employee_no ?? ''}`}>
                  <Link to={paths.person(it.id)} onClick={onClose}>{it.masked_name}{t.gap}{t.people.tail(it.tail)}{t.gap}{it.site_name}{it.employee_no ? `${t.gap}${it.employee_no}` : ''}</Link>
                  <AllowedTag allowed={it.allowed} />
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </Modal>
  );
}
