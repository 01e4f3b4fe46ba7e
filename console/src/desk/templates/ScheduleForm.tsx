import { App, Button, Checkbox, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { patch, type ReportTemplatePatch, type ReportTemplateView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';
import { ALL_DAYS, bitsOf, clockOf, daysOf, minuteOf } from './schedule';

const USUAL_MINUTE = 17 * 60;
const KEEP_MOST = 366;

/** At which minute of the day, on which days, and how many files are kept. */
export function ScheduleForm({ template }: { template: ReportTemplateView }) {
  const { lang } = useLang();
  const w = useDesk().templates;
  const { message } = App.useApp();
  const [time, setTime] = useState(clockOf(template.schedule?.minute ?? USUAL_MINUTE));
  const [days, setDays] = useState(daysOf(template.schedule?.days ?? ALL_DAYS));
  const [keep, setKeep] = useState<number>(template.keep);
  const { submit, pending, error } = useSubmit<ReportTemplatePatch, ReportTemplateView>(
    (body, idempotencyKey) => patch('/report-templates/{id}', { path: { id: template.id }, body, idempotencyKey }),
    { invalidates: ['report-templates'], onDone: (it) => void message.success(it.schedule ? w.saved : w.stopped) },
  );
  const minute = minuteOf(time);
  const save = () => {
    if (minute !== null) void submit({ schedule: { minute, days: bitsOf(days) }, keep });
  };
  return (
    <section className="block" aria-label={w.plan}>
      <h2>{w.plan}{template.next_at ? <small>{w.next} {dayTime(template.next_at, lang)}</small> : null}</h2>
      <div className="template-schedule">
        <label htmlFor="template-time">{w.time}<Input id="template-time" type="time" value={time} onChange={(event) => setTime(event.target.value)} /></label>
        <label htmlFor="template-keep">{w.kept_}<InputNumber id="template-keep" min={1} max={KEEP_MOST} precision={0} value={keep} placeholder={w.keptHint} onChange={(value) => setKeep(value ?? template.keep)} /></label>
        <div role="group" aria-label={w.days}>
          <Checkbox.Group value={days} onChange={(next) => setDays([...next].sort())} options={w.weekdays.map((label, value) => ({ label, value }))} />
        </div>
      </div>
      {days.length === 0 ? <p className="template-problem" role="status">{w.noDay}</p> : null}
      <ErrorAlert error={error} />
      <div className="form-foot">
        <Button type="primary" loading={pending} disabled={minute === null || days.length === 0} onClick={save}>{w.save}</Button>
        {template.schedule ? <Button disabled={pending} onClick={() => void submit({ schedule: null })}>{w.stop}</Button> : null}
      </div>
    </section>
  );
}
