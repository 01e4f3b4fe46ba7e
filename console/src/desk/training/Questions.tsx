import { App, Button, Pagination } from 'antd';
import { useState } from 'react';
import { put, type CourseView, type Question, type QuestionBank } from '../../api';
import { useGet, useInvalidate, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { Stale } from '../parts/Stale';
import { StateTag } from '../parts/StateTag';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useEdited } from '../parts/useEdited';
import { useDesk } from '../strings';
import { BANK_MOST, BANK_PAGE, EMPTY_QUESTION, faultOf, moved, onPage, pageOf } from './model';
import { QuestionFields } from './QuestionFields';
import { QuestionImport } from './QuestionImport';

/** The bank: written in a draft, afterwards only looked at. */
export function Questions({ course, draft }: { course: CourseView; draft: boolean }) {
  const { data, error, refetch } = useGet('/courses/{id}/questions', { path: { id: course.id } });
  return (
    <div className="course-body">
      {data ? (draft ? <Editor course={course} bank={data} /> : <Shown bank={data} />) : error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
    </div>
  );
}

function Shown({ bank }: { bank: QuestionBank }) {
  const t = useDesk();
  const w = t.training;
  if (bank.questions.length === 0) return <EmptyState title={w.bankNone} />;
  return (
    <ol className="bank">
      {bank.questions.map((it, at) => (
        <li key={at} className="block">
          <h3>{at + 1}. {it.text} {it.correct.length > 1 ? <StateTag tone="plain">{w.several}</StateTag> : null}</h3>
          <ul>{it.options.map((option, index) => <li key={index}>{it.correct.includes(index) ? <><b>{option}</b> <StateTag tone="good">{w.right}</StateTag></> : option}</li>)}</ul>
        </li>
      ))}
    </ol>
  );
}

function Editor({ course, bank }: { course: CourseView; bank: QuestionBank }) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.training;
  const invalidate = useInvalidate();
  const [checked, setChecked] = useState(false);
  const [importing, setImporting] = useState(false);
  const [page, setPage] = useState(0);
  const edited = useEdited(`course-bank.${course.id}`, bank.questions, bank.version);
  const questions = edited.value;
  const { page: here, from, shown } = onPage(questions, page);
  /** Once its page is there. */
  const focusOn = (at: number, part: string) => {
    setPage(pageOf(at));
    setTimeout(() => document.getElementById(`question-${at}-${part}`)?.focus());
  };
  const { submit, pending, error } = useSubmit<{ version: number; questions: Question[] }, CourseView>((body, idempotencyKey) => put('/courses/{id}/questions', { path: { id: course.id }, body, idempotencyKey }), {
    invalidates: ['courses'],
    onDone: (it, { questions: stored }) => { setChecked(false); edited.saved(stored, it.version); void message.success(w.bankSaved); },
    onError: (failure) => { if (failure.code === 'state') invalidate('courses'); },
  });
  const save = () => {
    const wrong = questions.findIndex((it) => faultOf(it) !== null);
    setChecked(true);
    if (wrong >= 0) {
      focusOn(wrong, 'text');
      setTimeout(() => document.getElementById(`question-${wrong}`)?.scrollIntoView({ block: 'center' }));
      return;
    }
    void submit({ version: edited.version, questions: questions.map((it) => ({ ...it, text: it.text.trim(), options: it.options.map((option) => option.trim()) })) });
  };
  const change = (at: number, next: Question) => edited.set(questions.map((it, index) => (index === at ? next : it)));
  const add = () => {
    edited.set([...questions, EMPTY_QUESTION]);
    focusOn(questions.length, 'text');
  };
  const move = (at: number, by: -1 | 1) => {
    const to = at + by;
    edited.set(moved(questions, at, by));
    // The same key goes on with the same question; at an end with the other way.
    focusOn(to, to === 0 ? 'down' : to === questions.length - 1 ? 'up' : by < 0 ? 'up' : 'down');
  };
  const remove = (at: number) => {
    edited.set(questions.filter((_, index) => index !== at));
    if (questions.length > 1) focusOn(Math.max(0, at - 1), 'text');
    else document.getElementById('question-add')?.focus();
  };
  return (
    <>
      <div className="bank-lead">
        <p className="form-lead">{w.bankLead}</p>
        <Button size="small" aria-expanded={importing} onClick={() => setImporting(!importing)}>{w.importing.open}</Button>
      </div>
      {importing ? <QuestionImport course={course.id} version={edited.version} dirty={edited.dirty} /> : null}
      <Stale edited={edited} words={w} />
      {edited.stale || error?.code === 'state' ? null : <ErrorAlert error={error} />}
      {questions.length === 0 ? <EmptyState title={w.bankNone} text={w.bankNoneHint} /> : null}
      <ol className="bank">
        {shown.map((it, index) => {
          const at = from + index;
          return (
            <QuestionFields
              key={at} at={at} question={it} isLast={at === questions.length - 1} fault={checked ? faultOf(it) : null}
              onChange={(next) => change(at, next)} onMove={(by) => move(at, by)} onRemove={() => remove(at)}
            />
          );
        })}
      </ol>
      {questions.length > BANK_PAGE ? <Pagination size="small" align="end" showSizeChanger={false} pageSize={BANK_PAGE} total={questions.length} current={here + 1} onChange={(next) => setPage(next - 1)} showTotal={(n) => w.bankCount(n)} /> : null}
      <div className="form-foot bank-foot">
        <Button id="question-add" onClick={add} disabled={questions.length >= BANK_MOST}>{w.addQuestion}</Button>
        <Button type="primary" loading={pending} disabled={!edited.dirty || edited.stale} onClick={save}>{w.saveBank}</Button>
        {edited.dirty ? <span className="muted" role="status">{w.unsaved}</span> : null}
      </div>
    </>
  );
}
