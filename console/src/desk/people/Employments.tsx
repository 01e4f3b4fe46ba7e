import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { patch, post, type EmploymentNew, type EmploymentView, type PersonFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { day, dayKey } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { GraveDialog } from '../parts/GraveDialog';
import { LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { employmentOf, valuesOf, type EmploymentValues } from './employment';
import { EmploymentFields } from './EmploymentFields';

const TOUCHES = ['people', 'accesses', 'enterprises'];

export function Employments({ file }: { file: PersonFile }) {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const editable = can('edit_people');
  const [dialog, setDialog] = useState<{ kind: 'add' } | { kind: 'edit' | 'end'; job: EmploymentView } | null>(null);
  const close = () => setDialog(null);
  const client = useQueryClient();
  /** An employer may not read the file of somebody who has left: the answer is the last it is shown of it. */
  const left = (answer: PersonFile) => {
    client.setQueriesData<PersonFile>({ queryKey: ['people', '/people/{id}'], predicate: ({ queryKey }) => (queryKey[2] as { path: { id: string } }).path.id === file.id }, answer);
    close();
  };
  return (
    <div className="file-jobs">
      <h2>{t.file.employments}{editable ? <Button type="link" size="small" onClick={() => setDialog({ kind: 'add' })}>{t.file.addEmployment}</Button> : null}</h2>
      {file.employments.length === 0 ? <p className="muted">{t.file.noEmployment}</p> : null}
      {file.employments.map((job) => (
        <div key={job.id} className={job.until ? 'file-job past' : 'file-job'}>
          <div><Link to={paths.sites({ open: job.site_id })}>{job.site_name}</Link>{[job.team, job.post, job.trade, job.employer_name].filter(Boolean).map((it) => `${t.gap}${it}`)}</div>
          <small>{job.employee_no}{job.card_no ? `${t.gap}${t.people.card(job.card_no)}` : ''}{job.shift ? `${t.gap}${job.shift}` : ''}{t.gap}{job.until ? t.file.until(day(job.from, lang), day(job.until, lang)) : t.file.from(day(job.from, lang))}</small>
          {editable && !job.until ? (
            <div className="acts">
              <Button size="small" onClick={() => setDialog({ kind: 'edit', job })}>{t.file.editEmployment}</Button>
              <Button size="small" onClick={() => setDialog({ kind: 'end', job })}>{t.file.endEmployment}</Button>
            </div>
          ) : null}
        </div>
      ))}
      {dialog?.kind === 'add' ? <EmploymentForm personId={file.id} onClose={close} /> : null}
      {dialog?.kind === 'edit' ? <EditEmployment personId={file.id} job={dialog.job} onClose={close} /> : null}
      {dialog?.kind === 'end' ? (
        <GraveDialog<PersonFile>
          title={t.file.endTitle(file.masked_name, dialog.job.site_name)} consequence={t.file.endConsequence(file.masked_name, dialog.job.site_name)} confirmText={t.file.endConfirm}
          invalidates={TOUCHES} onClose={close} onDone={left} send={(reason, idempotencyKey) => post('/employments/{id}/end', { path: { id: dialog.job.id }, body: { reason }, idempotencyKey })}
        />
      ) : null}
    </div>
  );
}

/** The form needs the shift's id; the file only names it. */
function EditEmployment({ personId, job, onClose }: { personId: string; job: EmploymentView; onClose: () => void }) {
  const shifts = useGet('/sites/{id}/shift-windows', { path: { id: job.site_id } });
  if (shifts.isPending) return <LoadingState />;
  const shift = shifts.data?.find((it) => it.name === job.shift)?.id ?? undefined;
  return <EmploymentForm personId={personId} job={job} shift={shift} onClose={onClose} />;
}

function EmploymentForm({ personId, job, shift, onClose }: { personId: string; job?: EmploymentView; shift?: string; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<EmploymentNew, PersonFile>(
    (body, idempotencyKey) => {
      if (!job) return post('/people/{id}/employments', { path: { id: personId }, body, idempotencyKey });
      const { site_id: _, starts_on: __, ...changes } = body;
      return patch('/employments/{id}', { path: { id: job.id }, body: changes, idempotencyKey });
    },
    { invalidates: TOUCHES, onDone: () => { void message.success(t.file.saved); onClose(); } },
  );
  const initial: Partial<EmploymentValues> = job ? valuesOf(job, shift) : { starts_on: dayKey(Date.now()) };
  return (
    <FormDrawer<EmploymentValues>
      title={job ? t.file.editEmployment : t.file.addEmployment} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} initial={initial}
      onSubmit={(values) => void submit(employmentOf({ ...values, starts_on: values.starts_on ?? job?.from ?? '' }))}
    >
      <Fields job={job} />
    </FormDrawer>
  );
}

function Fields({ job }: { job?: EmploymentView }) {
  const siteId = Form.useWatch('site_id') as string | undefined;
  return <EmploymentFields siteId={siteId} changing={Boolean(job)} knownSite={job?.site_name} />;
}
