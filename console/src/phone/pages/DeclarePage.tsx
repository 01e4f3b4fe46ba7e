import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Answers, Symptom } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMine } from '../data';
import { dropDraft, loadDraft, onDraft, saveDraft, type Draft } from '../draft';
import { Choice, TextField } from '../parts/fields';
import { SubScreen } from '../parts/Screen';
import { Waiting } from '../parts/states';
import { lastPerson, useMySession } from '../session';
import { readTemperature } from '../temperature';
import { useSend } from '../useSend';
import { useWords } from '../words';
import { checkAnswers, type Problems } from '../answers';
import { LegFields } from './LegFields';
import { StayFields } from './StayFields';

/** The whole declaration on one screen, saved as it is filled in. */
export function DeclarePage() {
  const day = useMine('/me/today');
  const { session } = useMySession();
  const person = session?.person_id ?? lastPerson();
  // Without a network there are no last answers to offer; the draft is enough.
  if (day.isPending) return <SubScreen title="" back="/"><Waiting /></SubScreen>;
  return <Form key={person} person={person} last={day.data?.last?.answers ?? null} />;
}

function Form({ person, last }: { person: string; last: Answers | null }) {
  const t = useWords();
  const words = useCommon();
  const navigate = useNavigate();
  const { send } = useSend();
  const [draft, setDraft] = useState<Draft>(() => loadDraft(person, last));
  const [celsius, setCelsius] = useState(draft.answers.temperature_c === null ? '' : String(draft.answers.temperature_c));
  const [problems, setProblems] = useState<Problems>({});
  const { answers } = draft;

  useEffect(() => onDraft(person, () => setDraft(loadDraft(person, last))), [person, last]);
  function change(part: Partial<Answers>): void {
    const next = { ...draft, answers: { ...answers, ...part } };
    setDraft(next);
    saveDraft(person, next);
  }
  function toggle(symptom: Symptom): void {
    change({ symptoms: answers.symptoms.includes(symptom) ? answers.symptoms.filter((it) => it !== symptom) : [...answers.symptoms, symptom] });
  }
  function submit(): void {
    const temperature = celsius.trim() === '' ? null : readTemperature(celsius);
    const found = checkAnswers(answers, t, Date.now());
    if (celsius.trim() !== '' && temperature === null) found.temperature_c = t.measure.range;
    setProblems(found);
    const first = Object.keys(found)[0];
    if (first) {
      document.getElementById(`q-${first.split('.')[0]}`)?.scrollIntoView({ block: 'start' });
      return;
    }
    send({ kind: 'declaration', body: { at: new Date().toISOString(), unchanged: false, answers: { ...answers, temperature_c: temperature } } }, draft.key);
    dropDraft(person);
    void navigate('/');
  }
  const yesNo = [{ value: 'no', label: t.declare.no }, { value: 'yes', label: t.declare.yes }] as const;
  return (
    <SubScreen title={t.declare.title} back="/" foot={<button type="button" className="m-button m-button-go m-grow" onClick={submit}>{t.declare.submit}</button>}>
      <p className="m-note">{t.declare.lead}</p>
      <section className="m-card" id="q-symptoms">
        <fieldset className="m-choice">
          <legend>{t.declare.symptoms}</legend>
          <p className="m-hint">{t.declare.symptomsHint}</p>
          <div>
            {(Object.keys(words.symptom) as Symptom[]).map((it) => (
              <label key={it} className={answers.symptoms.includes(it) ? 'is-on' : ''}><input type="checkbox" checked={answers.symptoms.includes(it)} onChange={() => toggle(it)} />{words.symptom[it]}</label>
            ))}
          </div>
        </fieldset>
      </section>
      <section className="m-card" id="q-contact"><Choice label={t.declare.contact} options={[...yesNo]} value={answers.contact ? 'yes' : 'no'} onChange={(it) => change({ contact: it === 'yes' })} /></section>
      <section className="m-card" id="q-family"><Choice label={t.declare.family} options={[...yesNo]} value={answers.family_unwell ? 'yes' : 'no'} onChange={(it) => change({ family_unwell: it === 'yes' })} /></section>
      <section className="m-card" id="q-temperature_c"><TextField label={t.declare.temperature} hint={t.measure.hint} problem={problems.temperature_c ?? null} value={celsius} onChange={(it) => { setCelsius(it); change({ temperature_c: readTemperature(it) }); }} inputMode="decimal" autoComplete="off" /></section>
      <StayFields stays={answers.places} problems={problems} onChange={(places) => change({ places })} />
      <LegFields legs={answers.legs} problems={problems} onChange={(legs) => change({ legs })} />
    </SubScreen>
  );
}
