import { useState } from 'react';
import { Link } from 'react-router';
import { useCommon, useLang } from '../../../i18n/LangProvider';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { useWords } from '../../words';
import { DutyTabScreen } from '../parts';
import { useDutyAccount, useDutySession } from '../session';
import { useRound } from '../useRound';
import { useDutyWords } from '../words';

/** Who he is here, what lies on this phone, and the way out. */
export function DutyMe() {
  const t = useDutyWords().me;
  const words = useCommon();
  const { lang, setLang } = useLang();
  const account = useDutyAccount();
  const { round, reports } = useRound();
  const [asking, ask] = useState(false);
  const unsent = reports.filter((it) => it.done === null).length;
  return (
    <DutyTabScreen title={t.title}>
      <section className="m-card"><dl className="m-pairs"><dt>{t.account}</dt><dd>{account.name}</dd><dt>{t.login}</dt><dd>{account.login}</dd></dl></section>
      <h2 className="m-section">{t.phone}</h2>
      <section className="m-card"><p>{t.kept(round?.visits.length ?? 0, round?.firms.length ?? 0)}</p><p className="m-note">{t.keptHint}</p></section>
      <ul className="m-list">
        <li className="m-nav"><Link to="/?worker">{t.worker}<Icon name="next" /></Link></li>
        <li className="m-nav"><a href="/">{t.desk}<Icon name="next" /></a></li>
        <li className="m-nav"><button type="button" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button></li>
      </ul>
      <button type="button" className="m-button m-wide" onClick={() => ask(true)}>{t.signOut}</button>
      {asking ? <SignOut unsent={unsent} onClose={() => ask(false)} /> : null}
    </DutyTabScreen>
  );
}

function SignOut({ unsent, onClose }: { unsent: number; onClose: () => void }) {
  const t = useDutyWords().me;
  const phone = useWords();
  const { leave, state } = useDutySession();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const go = (all: boolean) => {
    setBusy(true);
    void leave(all).finally(() => setBusy(false));
  };
  return (
    <Sheet title={t.signOutTitle} onClose={onClose}>
      <p className="m-note">{unsent > 0 ? t.signOutUnsent(unsent) : t.signOutClean}</p>
      {state === 'away' || !navigator.onLine ? <p className="m-note">{t.signOutAway}</p> : null}
      <button type="button" className="m-button m-button-go" disabled={busy} onClick={() => go(false)}>{unsent > 0 ? t.keep : t.signOut}</button>
      {unsent > 0 && !sure ? <button type="button" className="m-button" disabled={busy} onClick={() => setSure(true)}>{t.remove}</button> : null}
      {sure ? <><p className="m-problem" role="alert">{t.removeSure(unsent)}</p><button type="button" className="m-button m-button-grave" disabled={busy} onClick={() => go(true)}>{t.remove}</button></> : null}
      <button type="button" className="m-button" disabled={busy} onClick={onClose}>{phone.cancel}</button>
    </Sheet>
  );
}
