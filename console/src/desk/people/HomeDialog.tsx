import { App, Form, Input, Select } from 'antd';
import { post, type HomeKind, type HomeNew, type HomeView, type PersonFile } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker } from '../parts/PlacePicker';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { HOME_TOUCHES } from './Homes';

interface Values { area_code?: string; compound?: string; building?: string; unit?: string; room?: string; kind?: HomeKind }

/** Where she says that she lives, written down for her. */
export function HomeDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const can = useCan();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<HomeNew, HomeView>(
    (body, idempotencyKey) => post('/people/{id}/homes', { path: { id: file.id }, body, idempotencyKey }),
    { invalidates: HOME_TOUCHES, onDone: () => { void message.success(t.homes.saved); onClose(); } },
  );
  const send = (it: Values) => void submit({
    area_code: it.area_code ?? '', kind: it.kind ?? 'other', compound: it.compound ?? '', building: it.building?.trim() || null, unit: it.unit?.trim() || null, room: it.room ?? '',
  });
  const pick = (what: string) => [{ required: true, message: t.form.pickRequired(what) }];
  const fill = (what: string) => [{ required: true, whitespace: true, message: t.form.required(what) }];
  const lead = can('read_homes') ? t.homes.addLead : `${t.homes.addLead}${t.homes.roomHidden}`;
  return (
    <FormDrawer<Values> title={t.homes.addTitle(file.masked_name)} lead={lead} submitText={t.homes.add} pending={pending} error={error} onClose={onClose} initial={{}} onSubmit={send}>
      <Form.Item name="area_code" label={t.homes.area} extra={t.homes.areaHint} rules={pick(t.homes.area)}><AreaPicker label={t.homes.area} /></Form.Item>
      <Form.Item name="compound" label={t.homes.compound} extra={t.homes.compoundHint} rules={fill(t.homes.compound)}><Input maxLength={120} autoComplete="off" /></Form.Item>
      <Form.Item name="building" label={t.homes.building} extra={t.homes.optional}><Input maxLength={120} autoComplete="off" /></Form.Item>
      <Form.Item name="unit" label={t.homes.unit} extra={t.homes.optional}><Input maxLength={120} autoComplete="off" /></Form.Item>
      <Form.Item name="room" label={t.homes.room} rules={fill(t.homes.room)}><Input maxLength={120} autoComplete="off" /></Form.Item>
      <Form.Item name="kind" label={t.homes.kind} rules={pick(t.homes.kind)}><Select placeholder={t.list.pick} options={optionsOf(words.homeKind)} /></Form.Item>
    </FormDrawer>
  );
}
