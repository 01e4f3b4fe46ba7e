import { useState } from 'react';
import { get, post } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMyWrite } from '../data';
import { Sheet } from '../parts/Sheet';
import { TextField } from '../parts/fields';
import { Problem } from '../parts/states';
import { useMySession } from '../session';
import { useWords } from '../words';

/** Opens health for a session that began with an activation code. */
export function ProvePhone() {
  const t = useWords();
  const words = useCommon();
  const { opened } = useMySession();
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState('');
  const send = useMyWrite<void, undefined>(() => post('/me/phone/codes'), [], () => setAsked(true));
  const prove = useMyWrite<string, undefined>((it) => post('/me/phone/proof', { body: { code: it } }), [], () => void get('/me/session').then(opened));
  const error = prove.error ?? send.error;
  return (
    <>
      <button type="button" className="m-button m-button-go m-wide" disabled={send.isPending} onClick={() => send.mutate()}>{t.status.prove}</button>
      {error && !asked ? <Problem>{words.error(error.code, error.params)}</Problem> : null}
      {asked ? (
        <Sheet title={t.prove.title} onClose={() => setAsked(false)}>
          <form className="m-form" onSubmit={(event) => { event.preventDefault(); prove.mutate(code); }}>
            <p className="m-note">{t.prove.lead}</p>
            <TextField label={t.prove.code} value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={6} problem={prove.error ? words.error(prove.error.code, prove.error.params) : null} />
            <button type="submit" className="m-button m-button-go" disabled={prove.isPending}>{t.prove.submit}</button>
            <button type="button" className="m-button" onClick={() => setAsked(false)}>{t.cancel}</button>
          </form>
        </Sheet>
      ) : null}
    </>
  );
}
