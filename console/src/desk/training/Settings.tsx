import { App, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useEffect } from 'react';
import { patch, type CourseDraft, type CourseView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useInvalidate, useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { ErrorAlert } from '../parts/ErrorAlert';
import { Facts } from '../parts/SidePanel';
import { Stale } from '../parts/Stale';
import { useFieldErrors } from '../parts/useApiForm';
import { useEdited } from '../parts/useEdited';
import { useDesk } from '../strings';
import { Length } from './Length';
import { draftOf, LIMITS } from './model';

export function Settings({ course, draft }: { course: CourseView; draft: boolean }) {
  return <div className="course-body">{draft ? <SettingsForm course={course} /> : <SettingsShown course={course} />}</div>;
}

type Numbers = keyof typeof LIMITS;

function SettingsForm({ course }: { course: CourseView }) {
  const t = useDesk();
  const words = useCommon();
  const { message } = App.useApp();
  const w = t.training;
  const invalidate = useInvalidate();
  const [form] = Form.useForm<CourseDraft>();
  const edited = useEdited(`course.${course.id}`, draftOf(course), course.version);
  const { submit, pending, error } = useSubmit<{ version: number; course: CourseDraft }, CourseView>((body, idempotencyKey) => patch('/courses/{id}', { path: { id: course.id }, body, idempotencyKey }), {
    invalidates: ['courses'],
    onDone: (it) => { edited.saved(draftOf(it), it.version); void message.success(w.saved); },
    // Somebody was faster: what there is now is read, and said above what was typed.
    onError: (failure) => { if (failure.code === 'state') invalidate('courses'); },
  });
  const general = useFieldErrors(form, error);
  useEffect(() => form.setFieldsValue(edited.value), [form, edited.value]);
  const number = (name: Numbers, label: string, hint: string) => {
    const [least, most] = LIMITS[name];
    return <Form.Item name={name} label={label} extra={hint} rules={[{ required: true, type: 'integer', min: least, max: most, message: w.range(least, most) }]}><InputNumber min={least} max={most} precision={0} style={{ width: 160 }} /></Form.Item>;
  };
  return (
    <section className="block">
      <Stale edited={edited} words={w} />
      {edited.stale ? null : <ErrorAlert error={general?.code === 'state' ? null : general} />}
      <Form<CourseDraft>
        form={form} layout="vertical" initialValues={edited.value} scrollToFirstError={{ focus: true }} onValuesChange={(_, all) => edited.set({ ...edited.value, ...all })}
        onFinish={(values) => void submit({ version: edited.version, course: { ...edited.value, ...values, title: values.title.trim(), description: values.description.trim() } })}
      >
        <Form.Item name="title" label={w.name} rules={[{ required: true, whitespace: true, message: t.form.required(w.name) }, { max: 120, message: t.form.tooLong(120) }]}><Input autoComplete="off" /></Form.Item>
        <Form.Item name="description" label={w.description} extra={w.descriptionHint} rules={[{ required: true, whitespace: true, message: t.form.required(w.description) }, { max: 1000, message: t.form.tooLong(1000) }]}><Input.TextArea rows={4} /></Form.Item>
        <div className="form-row">
          <Form.Item name="required" label={w.mustDo} extra={w.mustDoHint} valuePropName="checked"><Switch /></Form.Item>
          {number('due_days', w.dueDays, w.dueHint)}
        </div>
        <Form.Item name="occupations" label={w.occupations} extra={w.occupationsHint}><Select mode="multiple" options={optionsOf(words.occupation)} placeholder={w.everybody} optionFilterProp="label" aria-label={w.occupations} /></Form.Item>
        <div className="form-row">{number('question_count', w.asked, w.askedHint)}{number('pass_percent', w.pass, w.passHint)}</div>
        <div className="form-row">{number('check_count', w.checks, w.checksHint)}{number('valid_days', w.valid, w.validHint)}</div>
        <div className="form-foot">
          <Button type="primary" htmlType="submit" loading={pending} disabled={!edited.dirty || edited.stale}>{t.actions.save}</Button>
          {edited.dirty ? <span className="muted" role="status">{w.unsaved}</span> : null}
        </div>
      </Form>
    </section>
  );
}

function SettingsShown({ course }: { course: CourseView }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const w = t.training;
  const occupations = course.occupations.map((it) => words.occupation[it]).join(t.gap);
  return (
    <section className="block course-facts">
      <Facts
        items={[
          [w.description, course.description],
          [w.requiredCol, course.required ? `${w.required}${t.gap}${occupations || w.everybody}` : w.optional],
          [w.dueDays, course.required ? w.days(course.due_days) : null],
          [w.length, course.kind ? <Length key="l" ms={course.length_ms} /> : null],
          [w.asked, course.question_count], [w.pass, w.percent(course.pass_percent)], [w.checks, w.times(course.check_count)], [w.valid, w.days(course.valid_days)],
          [w.published, course.published_at ? dayTime(course.published_at, lang) : null], [w.madeBy, course.created_by],
        ]}
      />
    </section>
  );
}
