import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { post, type ApiError, type QuizAttempt, type QuizResult } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMyWrite } from '../data';
import { Icon } from '../parts/Icon';
import { SubScreen } from '../parts/Screen';
import { Sheet } from '../parts/Sheet';
import { Failed, Problem, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { chosen, playTime, unanswered } from '../training/course';
import { keepAnswers, keptAnswers } from '../training/quizDraft';
import { useWords, type PhoneWords } from '../words';
import { useCourse } from './CoursePage';
import { ProvePhone } from './ProvePhone';

/** The questions of one attempt, all on one page, and what it came to. */
export function QuizPage() {
  const t = useWords();
  const id = useParams().id ?? '';
  const { session } = useMySession();
  return (
    <SubScreen title={t.training.quiz.title} back={`/training/${id}`}>
      {session?.phone_proved === false ? <><p className="m-note">{t.training.closed}</p><ProvePhone /></> : <Attempts id={id} />}
    </SubScreen>
  );
}

function Attempts({ id }: { id: string }) {
  const t = useWords();
  const words = useCommon();
  const client = useQueryClient();
  const [result, setResult] = useState<{ it: QuizResult; attempt: QuizAttempt } | null>(null);
  // Asking again gives the attempt under way: a reload loses nothing.
  const attempt = useQuery<QuizAttempt, ApiError>({ queryKey: ['/me/courses/{id}/attempts', id], queryFn: ({ signal }) => post('/me/courses/{id}/attempts', { path: { id }, signal }), staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false });
  const again = () => {
    setResult(null);
    void client.resetQueries({ queryKey: ['/me/courses/{id}/attempts', id] });
  };
  if (result) return <Result id={id} result={result.it} attempt={result.attempt} onAgain={again} />;
  if (attempt.error) {
    const why = attempt.error.code === 'state' ? t.training.quiz.notYet : attempt.error.code === 'attempts_used' ? words.error('attempts_used', {}) : null;
    return why ? <div className="m-state" role="alert"><b>{why}</b><Link to={`/training/${id}`} className="m-button">{t.training.quiz.toCourse}</Link></div> : <Failed error={attempt.error} retry={() => void attempt.refetch()} />;
  }
  return attempt.data && !attempt.isFetching ? <Questions key={attempt.data.id} id={id} attempt={attempt.data} onDone={(it) => setResult({ it, attempt: attempt.data })} onAgain={again} /> : <Waiting />;
}

function Questions({ id, attempt, onDone, onAgain }: { id: string; attempt: QuizAttempt; onDone: (it: QuizResult) => void; onAgain: () => void }) {
  const t = useWords();
  const words = useCommon();
  const [answers, setAnswers] = useState<number[][]>(() => keptAnswers(attempt));
  const [asking, setAsking] = useState(false);
  const left = useTimeLeft(attempt.expires_at);
  const missing = unanswered(answers);
  const send = useMyWrite<number[][], QuizResult>(
    (it, idempotencyKey) => post('/me/courses/{id}/attempts/{attempt_id}/answers', { path: { id, attempt_id: attempt.id }, body: { answers: it }, idempotencyKey }), ['/me/courses', '/me/courses/{id}', '/me/certificates'], onDone,
  );
  const choose = (at: number, option: number) => {
    const next = answers.map((it, question) => (question === at ? chosen(it, option, attempt.questions[at]?.several ?? false) : it));
    setAnswers(next);
    keepAnswers(attempt.id, next);
  };
  const over = left === 0 || send.error?.code === 'attempt_over';
  if (over) return <div className="m-state" role="alert"><b>{t.training.quiz.over}</b><p>{t.training.quiz.overHint}</p><button type="button" className="m-button m-button-go" onClick={onAgain}>{t.training.quiz.again}</button></div>;
  return (
    <form className="m-form" onSubmit={(event) => { event.preventDefault(); if (missing > 0) setAsking(true); else send.mutate(answers); }}>
      <p className="m-timer" role="timer" aria-label={t.training.quiz.leftLabel}>{t.training.quiz.left(playTime(left))}</p>
      {attempt.questions.map((it, at) => (
        <fieldset key={at} className="m-card m-quiz">
          <legend><small>{t.training.quiz.question(at + 1, attempt.questions.length)} · {it.several ? t.training.quiz.several : t.training.quiz.single}</small>{it.text}</legend>
          {it.options.map((option, index) => {
            const on = answers[at]?.includes(index) ?? false;
            return <label key={index} className={on ? 'is-on' : ''}><input type={it.several ? 'checkbox' : 'radio'} name={`${attempt.id}-${at}`} checked={on} onChange={() => choose(at, index)} />{option}</label>;
          })}
        </fieldset>
      ))}
      {send.error ? <Problem>{send.error.isOffline ? t.offline.title : words.error(send.error.code, send.error.params)}</Problem> : null}
      <button type="submit" className="m-button m-button-go" disabled={send.isPending}>{t.training.quiz.submit}</button>
      {asking ? (
        <Sheet title={t.training.quiz.missing(missing)} onClose={() => setAsking(false)}>
          <p className="m-note">{t.training.quiz.missingHint}</p>
          <button type="button" className="m-button m-button-grave" disabled={send.isPending} onClick={() => { setAsking(false); send.mutate(answers); }}>{t.training.quiz.missingGo}</button>
          <button type="button" className="m-button" onClick={() => setAsking(false)}>{t.cancel}</button>
        </Sheet>
      ) : null}
    </form>
  );
}

function Result({ id, result, attempt, onAgain }: { id: string; result: QuizResult; attempt: QuizAttempt; onAgain: () => void }) {
  const t = useWords();
  return result.passed ? <Passed t={t} result={result} /> : <NotPassed t={t} id={id} result={result} attempt={attempt} onAgain={onAgain} />;
}

function Passed({ t, result }: { t: PhoneWords; result: QuizResult }) {
  return (
    <section className="m-card m-verdict is-holds" role="status">
      <Icon name="done" /><h2>{t.training.quiz.passed}</h2>
      <p>{t.training.quiz.score(result.right_count, result.question_count)}</p>
      {result.certificate_id ? <Link to={`/certificates/${result.certificate_id}`} className="m-button m-button-go m-wide">{t.training.toCertificate}</Link> : null}
    </section>
  );
}

function NotPassed({ t, id, result, attempt, onAgain }: { t: PhoneWords; id: string; result: QuizResult; attempt: QuizAttempt; onAgain: () => void }) {
  const course = useCourse(id).data;
  const left = course?.attempts_left ?? 0;
  const wrong = attempt.questions.map((it, at) => ({ text: it.text, no: at + 1, right: result.right[at] })).filter((it) => !it.right);
  return (
    <>
      <section className="m-card m-warn" role="status">
        <div className="m-card-head"><h2>{t.training.quiz.failed}</h2></div>
        <p>{t.training.quiz.score(result.right_count, result.question_count)}</p>
        {course ? <p className="m-note">{t.training.quiz.needed(course.pass_percent)}</p> : null}
      </section>
      <h2 className="m-section">{t.training.quiz.wrong}</h2>
      <ul className="m-list">{wrong.map((it) => <li key={it.no}><small>{t.training.quiz.question(it.no, result.question_count)}</small>{it.text}</li>)}</ul>
      {course ? <p className="m-note">{t.training.quiz.attemptsLeft(left)}</p> : null}
      <div className="m-row-buttons">
        <Link to={`/training/${id}`} className="m-button m-grow">{t.training.quiz.toCourse}</Link>
        {left > 0 ? <button type="button" className="m-button m-button-go m-grow" onClick={onAgain}>{t.training.quiz.again}</button> : null}
      </div>
    </>
  );
}

function useTimeLeft(until: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Date.parse(until) - now);
}
