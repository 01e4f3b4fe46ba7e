import { App } from 'antd';
import { useNavigate } from 'react-router';
import { post, type ApplicationView, type InspectionView } from '../../api';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { PlanFields, planOf, type Values } from './PlanDialog';

/** Has sites visited that are open already. */
export function SpotCheck({ it, onClose }: { it: Pick<ApplicationView, 'id' | 'enterprise_name'>; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const w = t.inspections;
  const { submit, pending, error } = useSubmit<Values, InspectionView>((values, idempotencyKey) => post('/inspections', { body: { application_id: it.id, plan: planOf(values) }, idempotencyKey }), {
    invalidates: ['inspections', 'applications'], onDone: (visit) => { void message.success(w.ordered); onClose(); void navigate(paths.inspection(visit.id)); },
  });
  return (
    <FormDrawer<Values> title={w.spotCheckOf(it.enterprise_name)} lead={w.spotCheckText} initial={{ mode: 'on_site' }} submitText={w.spotCheck} pending={pending} error={error} onSubmit={(values) => void submit(values)} onClose={onClose}>
      <PlanFields known={null} />
    </FormDrawer>
  );
}
