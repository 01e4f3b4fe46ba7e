import { App, Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { post, type InspectionRoutes } from '../../api';
import { dayKey } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';

const DAY_MS = 86_400_000;

/** Days of visits for every officer: looked at first, then set. */
export function RoutesDialog({ onClose }: { onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.inspections;
  const [from, setFrom] = useState(() => dayKey(Date.now() + DAY_MS));
  const [aDay, setADay] = useState(6);
  const [shown, setShown] = useState<InspectionRoutes | null>(null);
  const visits = (routes: InspectionRoutes) => routes.items.reduce((sum, it) => sum + it.stops.length, 0);
  const { submit, pending, error } = useSubmit<boolean, InspectionRoutes>((apply, idempotencyKey) => post('/inspections/routes', { body: { from, a_day: aDay, apply }, idempotencyKey }), { invalidates: ['inspections'] });
  const look = async (apply: boolean) => {
    const routes = await submit(apply);
    if (!routes) return;
    setShown(routes);
    if (apply) {
      void message.success(w.applied(visits(routes)));
      onClose();
    }
  };
  return (
    <Modal
      open title={w.routesTitle} onCancel={onClose}
      footer={<><Button onClick={onClose}>{t.actions.cancel}</Button><Button loading={pending} onClick={() => void look(false)}>{w.show}</Button><Button type="primary" disabled={!shown || visits(shown) === 0} loading={pending} onClick={() => void look(true)}>{w.apply}</Button></>}
    >
      <p>{w.routesText}</p>
      <ErrorAlert error={error} />
      <Form layout="vertical">
        <Form.Item label={w.from} htmlFor="routes-from"><Input id="routes-from" type="date" value={from} onChange={(event) => { setFrom(event.target.value); setShown(null); }} /></Form.Item>
        <Form.Item label={w.aDay} htmlFor="routes-day"><InputNumber id="routes-day" min={1} max={30} value={aDay} onChange={(value) => { setADay(value ?? 6); setShown(null); }} /></Form.Item>
      </Form>
      {shown ? (
        <div role="status">
          {visits(shown) === 0 ? <p>{w.noRoutes}</p> : null}
          {shown.without_officer > 0 ? <p className="bad">{w.without(shown.without_officer)}</p> : null}
          {shown.items.map((it) => (
            <section key={`${it.officer_id}-${it.day}`}>
              <h3>{w.routeOf(it.officer_name, it.day)}</h3>
              <ol className="inspection-route">{it.stops.map((stop) => <li key={stop.id}>{stop.enterprise_name}<small>{t.gap}{stop.area_name}</small></li>)}</ol>
            </section>
          ))}
        </div>
      ) : null}
    </Modal>
  );
}
