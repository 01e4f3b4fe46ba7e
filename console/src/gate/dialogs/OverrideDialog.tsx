// A supervisor changes a verdict, at the gate, with their own secret. It is a grave act: it says so.
import { useState } from 'react';
import type { FormEvent } from 'react';
import { usePage } from '../context';
import { reasonText } from '../phrases';
import { isLocal } from '../rows';
import type { Row } from '../rows';
import type { Answer } from '../runtime';
import type { BoardState } from '../state';
import { leadingReason } from '../verdict';
import type { Override } from '../wire';
import { Dialog } from './Dialog';
import { Choice, Field, Problem } from './fields';
import { PersonChoice } from './PersonChoice';

interface Props {
  state: BoardState;
  first: Row | null;
  onSubmit: (row: Row, body: Override) => Promise<Answer>;
  onClose: () => void;
}
const MOST_CHOICES = 4;

export function OverrideDialog({ state, first, onSubmit, onClose }: Props) {
  const { t, lang } = usePage();
  const [rows] = useState(() => candidates(state, first));
  const [key, setKey] = useState(rows[0]?.key ?? '');
  const [outcome, setOutcome] = useState<Override['outcome']>(opposite(rows[0]));
  const [reason, setReason] = useState('');
  const [login, setLogin] = useState('');
  const [secret, setSecret] = useState('');
  const [errors, setErrors] = useState<{ reason?: string; supervisor?: string; form?: string }>({});
  const [busy, setBusy] = useState(false);
  const row = rows.find((it) => it.key === key);
  if (!row) return <Dialog title={t.override.title} onClose={onClose}><p className="g-note">{t.override.nobody}</p></Dialog>;
  const chosen = row;
  if (state.net.kind === 'offline') return <Dialog title={t.override.title} onClose={onClose}><p className="g-note">{t.override.offline}</p></Dialog>;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (reason.trim() === '') return setErrors({ reason: t.override.reasonMissing });
    if (login.trim() === '' || secret === '') return setErrors({ supervisor: t.override.supervisorMissing });
    setBusy(true);
    const answer = await onSubmit(chosen, { outcome, reason: reason.trim(), supervisor_login: login.trim(), supervisor_secret: secret });
    setBusy(false);
    setSecret('');
    if (answer.ok) onClose();
    else setErrors({ form: t.error(answer.code) });
  }

  function choose(next: string): void {
    setKey(next);
    setOutcome(opposite(rows.find((it) => it.key === next)));
  }

  function describe(it: Row): string {
    const leading = leadingReason(it.outcome, it.reasons, state.rules);
    return leading ? reasonText(lang, leading, { temperature: it.temperature_c?.toFixed(1) ?? null, byHand: it.byHand }).what : '';
  }

  return (
    <Dialog title={t.override.title} wide onClose={onClose}>
      <form className="g-form g-form-two" onSubmit={(event) => void submit(event)} noValidate>
        <div className="g-fields">
          <PersonChoice label={t.override.who} rows={rows} value={row.key} onChange={choose} detail={describe} />
          {row.reasons.includes('not_allowed') && <p className="g-note">{t.override.medical}</p>}
          <Choice label={t.override.to} value={outcome} onChange={setOutcome} options={(['admit', 'deny'] as const).map((value) => ({ value, label: t.override.outcomes[value] }))} />
        </div>
        <div className="g-fields">
          <Field label={t.override.reason} error={errors.reason ?? null} hint={t.override.reasonLead}>
            {({ id, describedBy, invalid }) => (
              <textarea id={id} data-autofocus autoFocus className="g-input" rows={2} maxLength={500} value={reason} aria-describedby={describedBy} aria-invalid={invalid} aria-required onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
          <div className="g-pair">
            <Field label={t.override.login} error={errors.supervisor ?? null}>
              {({ id, describedBy, invalid }) => (
                <input id={id} className="g-input" value={login} autoComplete="off" autoCapitalize="none" spellCheck={false} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => setLogin(event.target.value)} />
              )}
            </Field>
            <Field label={t.override.secret}>
              {({ id }) => <input id={id} className="g-input" type="password" value={secret} autoComplete="one-time-code" onChange={(event) => setSecret(event.target.value)} />}
            </Field>
          </div>
          <p className="g-note">{t.override.recorded}</p>
          <Problem text={errors.form ?? null} />
          <button type="submit" className={outcome === 'deny' ? 'g-key g-key-deny g-submit' : 'g-key g-key-go g-submit'} disabled={busy}>
            <b>{t.override.submit}{t.gap}{t.override.outcomes[outcome]}</b>
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function opposite(row: Row | undefined): Override['outcome'] {
  return row?.outcome === 'admit' ? 'deny' : 'admit';
}

/** Who stands here, who waits, and who was stopped lately. What the server has not seen cannot be overridden. */
function candidates(state: BoardState, first: Row | null): Row[] {
  const { current } = state;
  const stopped = state.rows.filter((it) => it.outcome !== 'admit');
  const before = current && current.outcome !== 'admit' ? current : null;
  const all = [first, before, ...state.waiting, ...stopped, current].filter((it): it is Row => it !== null && !isLocal(it) && it.overridden === null);
  const unique = all.filter((it, i) => all.findIndex((other) => other.key === it.key) === i);
  return unique.slice(0, MOST_CHOICES);
}
