import { useState } from 'react';
import type { FormEvent } from 'react';
import { post } from '../../api';
import { codeOf, statusOf } from '../backend';
import { Icon } from '../board/Icon';
import { usePage } from '../context';
import { Field, Problem } from '../dialogs/fields';
import { rememberEnrolled } from '../storage/kept';
import type { GateBrief } from '../wire';

interface Props {
  onEnrolled: (gate: GateBrief) => void;
  onAlready: () => void;
}

/** Once per tablet: the code ties it to one gate. */
export function Enrol({ onEnrolled, onAlready }: Props) {
  const { t } = usePage();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || code.trim() === '') return;
    setBusy(true);
    try {
      const gate = await post('/gate-enrolments', { body: { code: code.trim() } });
      rememberEnrolled(gate);
      onEnrolled(gate);
    } catch (error) {
      const wrong = [401, 403, 404, 409, 422].includes(statusOf(error));
      setProblem(t.error(wrong ? 'enrolment_code_wrong' : codeOf(error)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="g-door">
      <form className="g-door-card" onSubmit={(event) => void submit(event)}>
        <span className="g-door-icon"><Icon name="tablet" /></span>
        <h1>{t.enrol.title}</h1>
        <p>{t.enrol.lead}</p>
        <Field label={t.enrol.code}>
          {({ id }) => (
            <input id={id} autoFocus className="g-input g-input-huge g-input-code" value={code} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={(event) => setCode(event.target.value)} />
          )}
        </Field>
        <Problem text={problem} />
        <button type="submit" className="g-key g-key-go g-submit" disabled={busy || code.trim() === ''}><b>{t.enrol.submit}</b></button>
        <button type="button" className="g-link" onClick={onAlready}>{t.enrol.already}</button>
      </form>
    </main>
  );
}
