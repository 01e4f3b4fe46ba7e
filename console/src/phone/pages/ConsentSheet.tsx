import { useState } from 'react';
import { post, type Age, type ConsentDecision, type ConsentOffer, type ConsentView, type GuardianRelation } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { useMyWrite } from '../data';
import { Field, TextField } from '../parts/fields';
import { Sheet } from '../parts/Sheet';
import { Problem } from '../parts/states';
import { useWords } from '../words';

interface Guardian { name: string; relation: GuardianRelation; phone: string; code: string }

/** The whole text, and two answers of the same weight. */
export function ConsentSheet({ offer, age, onClose }: { offer: ConsentOffer; age: Age; onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const [adult, setAdult] = useState(false);
  const [guardian, setGuardian] = useState<Guardian>({ name: '', relation: 'parent', phone: '', code: '' });
  const withGuardian = age === 'minor' || (age === 'unknown' && !adult);
  const body = (given: boolean): ConsentDecision => ({
    purpose: offer.purpose, given, lang, text_digest: offer.text_digest, of_age: adult, guardian: given && withGuardian && guardian.code !== '' ? guardian : null,
  });
  // Two writes, each with a key of its own: after a yes whose answer was lost, no is another decision.
  const give = useDecision(body, true, onClose);
  const refuse = useDecision(body, false, onClose);
  const ready = !withGuardian || (guardian.name.trim() !== '' && guardian.phone.trim() !== '' && guardian.code.trim() !== '');
  const error = give.error ?? refuse.error;
  const busy = give.isPending || refuse.isPending;
  return (
    <Sheet title={words.consentPurpose[offer.purpose]} onClose={onClose}>
      <p className="m-consent-text">{offer.text}</p>
      <p className="m-hint">{t.consents.version(offer.text_version, offer.text_digest.slice(0, 12))}</p>
      {age === 'unknown' ? <label className="m-check"><input type="checkbox" checked={adult} onChange={(event) => setAdult(event.target.checked)} />{t.consents.adult}</label> : null}
      {withGuardian ? <GuardianFields offer={offer} value={guardian} onChange={setGuardian} problem={(name) => (error?.field === `guardian.${name}` ? words.error(error.code, error.params) : null)} /> : null}
      {error && !error.field?.startsWith('guardian.') ? <Problem>{error.isOffline ? t.offline.title : words.error(error.code, error.params)}</Problem> : null}
      <div className="m-row-buttons">
        <button type="button" className="m-button m-grow" disabled={busy} onClick={() => refuse.mutate()}>{t.consents.refuse}</button>
        <button type="button" className="m-button m-grow" disabled={busy || !ready} onClick={() => give.mutate()}>{t.consents.give}</button>
      </div>
      <button type="button" className="m-link" onClick={onClose}>{t.consents.later}</button>
    </Sheet>
  );
}

function useDecision(body: (given: boolean) => ConsentDecision, given: boolean, onDone: () => void) {
  return useMyWrite<void, ConsentView>((_, idempotencyKey) => post('/me/consents', { body: body(given), idempotencyKey }), ['/me/consents', '/me/consents/offers', '/me/accesses', '/me/face'], onDone);
}

const RELATIONS: GuardianRelation[] = ['parent', 'grandparent', 'sibling', 'appointed'];

function GuardianFields({ offer, value, onChange, problem }: { offer: ConsentOffer; value: Guardian; onChange: (next: Guardian) => void; problem: (name: string) => string | null }) {
  const t = useWords();
  const words = useCommon();
  const [sent, setSent] = useState('');
  const ask = useMyWrite<void, unknown>((_, idempotencyKey) => post('/me/guardian/codes', { body: { phone: value.phone, purpose: offer.purpose }, idempotencyKey }), [], () => setSent(value.phone));
  return (
    <fieldset className="m-form m-guardian">
      <legend>{t.consents.guardian}</legend>
      <p className="m-hint">{t.consents.guardianLead}</p>
      <TextField label={t.consents.guardianName} problem={problem('name')} value={value.name} onChange={(name) => onChange({ ...value, name })} maxLength={60} autoComplete="off" />
      <Field label={t.consents.relation}>
        {({ id }) => <select id={id} className="m-input" value={value.relation} onChange={(event) => onChange({ ...value, relation: event.target.value as GuardianRelation })}>{RELATIONS.map((it) => <option key={it} value={it}>{words.guardianRelation[it]}</option>)}</select>}
      </Field>
      <TextField label={t.consents.guardianPhone} problem={problem('phone') ?? (ask.error ? words.error(ask.error.code, ask.error.params) : null)} value={value.phone} onChange={(phone) => onChange({ ...value, phone })} inputMode="tel" autoComplete="off" maxLength={20} />
      <button type="button" className="m-button" disabled={ask.isPending || value.phone.trim() === ''} onClick={() => ask.mutate()}>{t.signIn.send}</button>
      <TextField label={t.signIn.code} hint={sent ? t.consents.guardianSent(sent) : undefined} problem={problem('code')} value={value.code} onChange={(code) => onChange({ ...value, code })} inputMode="numeric" autoComplete="off" maxLength={6} />
    </fieldset>
  );
}
