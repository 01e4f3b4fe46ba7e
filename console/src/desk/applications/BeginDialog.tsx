import { Button, Checkbox, Form } from 'antd';
import { Link } from 'react-router';
import { post, type ApplicationView, type SiteView } from '../../api';
import { useList, useSubmit } from '../data';
import { OpenStateTag } from '../sites/OpenStateTag';
import { FormDrawer } from '../parts/FormDrawer';
import { LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useDesk } from '../strings';

interface Values { site_ids?: string[] }

/** Chooses among the sites that are not open, and begins an application for them. */
export function BeginDialog({ onClose, onBegun }: { onClose: () => void; onBegun: (it: ApplicationView) => void }) {
  const t = useDesk();
  const w = t.applications.begin;
  const closed = useList('/sites', { open_state: 'not_open' });
  const suspended = useList('/sites', { open_state: 'suspended' });
  const sites = [...closed.items, ...suspended.items];
  const loading = closed.loading || suspended.loading;
  const more = closed.more ?? suspended.more;
  const { submit, pending, error } = useSubmit<string[], ApplicationView>((site_ids, idempotencyKey) => post('/applications', { body: { site_ids }, idempotencyKey }), {
    invalidates: ['applications'], onDone: onBegun,
  });
  const open = error?.code === 'application_open' ? error.params['number'] : undefined;
  return (
    <FormDrawer<Values> title={w.title} lead={w.lead} submitText={w.submit} pending={pending} error={error} disabled={sites.length === 0} onClose={onClose} initial={{ site_ids: [] }} onSubmit={({ site_ids }) => void submit(site_ids ?? [])}>
      {open ? <p className="begin-open"><Link to={paths.applications({ search: open })} onClick={onClose}>{w.open(open)}</Link></p> : null}
      {loading ? <LoadingState /> : null}
      {!loading && sites.length === 0 ? <p role="status">{w.none}</p> : (
        <Form.Item name="site_ids" label={w.sites} rules={[{ required: true, type: 'array', min: 1, message: w.required }]}>
          <Sites sites={sites} label={w.sites} />
        </Form.Item>
      )}
      {more ? <Button onClick={more} loading={closed.loadingMore || suspended.loadingMore}>{w.loadMore}</Button> : null}
    </FormDrawer>
  );
}

/** The form's item gives it a value, and marks that a group may not bear. */
function Sites({ sites, label, value = [], onChange }: { sites: SiteView[]; label: string; value?: string[]; onChange?: (ids: string[]) => void }) {
  return (
    <div role="group" aria-label={label}>
      <Checkbox.Group className="begin-sites" value={value} onChange={onChange}>
        {sites.map((it) => <Checkbox key={it.id} value={it.id}><span>{it.name}</span> <small>{it.area_name}</small> <OpenStateTag state={it.open_state} /></Checkbox>)}
      </Checkbox.Group>
    </div>
  );
}
