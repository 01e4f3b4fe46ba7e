import { App, Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { post, type Answers, type LegKind, type PersonFile, type Symptom } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { dayKey } from '../../shared/format';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';

interface Values {
  symptoms?: Symptom[]; contact: boolean; family_unwell: boolean; temperature_c?: number | null;
  places?: { place: string; from: string; until: string; affected?: boolean }[];
  legs?: { kind: LegKind; number: string; on: string; carriage?: string; seat?: string; from: string; to: string }[];
}

function answersOf(values: Values): Answers {
  return {
    symptoms: values.symptoms ?? [], contact: values.contact, family_unwell: values.family_unwell, temperature_c: values.temperature_c ?? null,
    places: (values.places ?? []).map((it) => ({ ...it, affected: it.affected ?? false })),
    legs: (values.legs ?? []).map((it) => ({ ...it, carriage: it.carriage?.trim() || null, seat: it.seat?.trim() || null })),
  };
}

/** Writes down what a worker without a phone declares. */
export function DeclareDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const today = dayKey(Date.now());
  const { submit, pending, error } = useSubmit<Values, PersonFile>(
    (values, idempotencyKey) => post('/people/{id}/declarations', { path: { id: file.id }, body: { answers: answersOf(values) }, idempotencyKey }),
    { invalidates: ['people', 'accesses', 'duties'], onDone: () => { void message.success(t.file.attestDone); onClose(); } },
  );
  const yesNo = [{ value: false, label: t.declare.no }, { value: true, label: t.declare.yes }];
  const needed = [{ required: true, whitespace: true, message: t.declare.needed }];
  const symptoms = Object.entries(words.symptom).map(([value, label]) => ({ value, label }));
  const kinds = Object.entries(words.legKind).map(([value, label]) => ({ value, label }));
  return (
    <FormDrawer<Values> title={t.file.attestTitle} lead={t.file.attestLead} submitText={t.file.attestSubmit} pending={pending} error={error} onClose={onClose} initial={{ contact: false, family_unwell: false }} onSubmit={(values) => void submit(values)}>
      <Form.Item name="symptoms" label={t.declare.symptoms}><Checkbox.Group options={symptoms} /></Form.Item>
      <Form.Item name="contact" label={t.declare.contact}><Radio.Group options={yesNo} /></Form.Item>
      <Form.Item name="family_unwell" label={t.declare.family}><Radio.Group options={yesNo} /></Form.Item>
      <Form.Item name="temperature_c" label={t.declare.temperature}><InputNumber min={30} max={45} step={0.1} precision={1} /></Form.Item>
      <Form.List name="places">
        {(rows, { add, remove }) => (
          <fieldset className="declare-part"><legend>{t.declare.places}</legend>
            {rows.map((row) => (
              <div key={row.key} className="declare-row">
                <Form.Item name={[row.name, 'place']} label={t.declare.place} rules={needed}><Input maxLength={120} /></Form.Item>
                <Form.Item name={[row.name, 'from']} label={t.declare.from} rules={needed}><Input type="date" max={today} /></Form.Item>
                <Form.Item name={[row.name, 'until']} label={t.declare.until} rules={needed}><Input type="date" max={today} /></Form.Item>
                <Form.Item name={[row.name, 'affected']} valuePropName="checked"><Checkbox>{t.declare.affected}</Checkbox></Form.Item>
                <Button size="small" onClick={() => remove(row.name)}>{t.declare.remove}</Button>
              </div>
            ))}
            <Button size="small" onClick={() => add()}>{t.declare.addPlace}</Button>
          </fieldset>
        )}
      </Form.List>
      <Form.List name="legs">
        {(rows, { add, remove }) => (
          <fieldset className="declare-part"><legend>{t.declare.legs}</legend>
            {rows.map((row) => (
              <div key={row.key} className="declare-row">
                <Form.Item name={[row.name, 'kind']} label={t.declare.kind} rules={[{ required: true, message: t.declare.needed }]}><Select options={kinds} /></Form.Item>
                <Form.Item name={[row.name, 'number']} label={t.declare.number} rules={needed}><Input maxLength={20} /></Form.Item>
                <Form.Item name={[row.name, 'on']} label={t.declare.on} rules={needed}><Input type="date" max={today} /></Form.Item>
                <Form.Item name={[row.name, 'from']} label={t.declare.legFrom} rules={needed}><Input maxLength={60} /></Form.Item>
                <Form.Item name={[row.name, 'to']} label={t.declare.legTo} rules={needed}><Input maxLength={60} /></Form.Item>
                <Form.Item name={[row.name, 'carriage']} label={t.declare.carriage}><Input maxLength={20} /></Form.Item>
                <Form.Item name={[row.name, 'seat']} label={t.declare.seat}><Input maxLength={20} /></Form.Item>
                <Button size="small" onClick={() => remove(row.name)}>{t.declare.remove}</Button>
              </div>
            ))}
            <Button size="small" onClick={() => add({ kind: 'train' })}>{t.declare.addLeg}</Button>
          </fieldset>
        )}
      </Form.List>
    </FormDrawer>
  );
}
