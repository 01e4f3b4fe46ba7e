import { useState } from 'react';
import { Link } from 'react-router';
import { del, downloadHref, get, isApiError, paper } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { useMyWrite } from '../data';
import { Icon } from '../parts/Icon';
import { TabScreen } from '../parts/Screen';
import { Problem } from '../parts/states';
import { Sheet } from '../parts/Sheet';
import { useMySession } from '../session';
import { sheetOf } from '../sheet';
import { useSend } from '../useSend';
import { useWords } from '../words';

export function MinePage() {
  const t = useWords();
  const words = useCommon();
  const { lang, setLang } = useLang();
  const { closed } = useMySession();
  const { waiting } = useSend();
  const [asking, setAsking] = useState(false);
  // A session that has ended already is signed out of all the same.
  const signOut = useMyWrite<void, undefined>(() => del('/me/session').catch((error: unknown) => {
    if (!isApiError(error) || error.status !== 401) throw error;
    return undefined;
  }), [], closed);
  const links: [string, string][] = [
    ['/pass', t.pass.title], ['/training', t.training.title], ['/declarations', t.declare.all], ['/file', t.mine.file], ['/homes', t.mine.homes], ['/visitors', t.visits.title], ['/timeline', t.mine.timeline], ['/accesses', t.looks.title], ['/corrections', t.mine.corrections], ['/consents', t.mine.consents], ['/phones', t.mine.phones],
  ];
  return (
    <TabScreen title={t.mine.title}>
      <ul className="m-list">{links.map(([to, label]) => <li key={to} className="m-nav"><Link to={to}>{label}<Icon name="next" /></Link></li>)}</ul>
      <ul className="m-list"><li className="m-nav"><Link to="/duty">{t.mine.officer}<Icon name="next" /></Link></li></ul>
      <h2 className="m-section">{t.mine.exportTitle}</h2>
      <ul className="m-list"><PaperRow /><li className="m-nav"><a href={downloadHref('/me/export.json', {})} download>{t.mine.json}<Icon name="next" /></a></li></ul>
      <h2 className="m-section">{t.mine.language}</h2>
      <ul className="m-list"><li className="m-nav"><button type="button" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button></li></ul>
      <button type="button" className="m-button m-wide" disabled={signOut.isPending} onClick={() => (waiting.length > 0 ? setAsking(true) : signOut.mutate())}>{t.mine.signOut}</button>
      {asking ? (
        <Sheet title={t.mine.signOut} onClose={() => setAsking(false)}>
          <p className="m-note">{t.declare.unsent(waiting.length)}</p>
          <button type="button" className="m-button m-button-grave" onClick={() => signOut.mutate()}>{t.mine.signOut}</button>
          <button type="button" className="m-button" onClick={() => setAsking(false)}>{t.cancel}</button>
        </Sheet>
      ) : null}
      {signOut.error && signOut.error.status !== 401 ? <Problem>{signOut.error.isOffline ? t.offline.title : words.error(signOut.error.code, signOut.error.params)}</Problem> : null}
    </TabScreen>
  );
}

/** Her file as a PDF, in the language of the page. */
function PaperRow() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const make = useMyWrite<void, Blob>(async () => paper(sheetOf(await get('/me/export.json'), t, words, lang)), ['/me/accesses'], (pdf) => saveBlob(pdf, 'my-file.pdf'));
  return (
    <li className="m-nav">
      <button type="button" disabled={make.isPending} onClick={() => make.mutate()}>{make.isPending ? t.waiting : t.mine.pdf}<Icon name="next" /></button>
      {make.error ? <Problem>{make.error.isOffline ? t.offline.title : words.error(make.error.code, make.error.params)}</Problem> : null}
    </li>
  );
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
