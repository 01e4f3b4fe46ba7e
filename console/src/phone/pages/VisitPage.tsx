import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, post, type VisitDeclaration, type VisitView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { Icon } from '../parts/Icon';
import { QrCode } from '../parts/QrCode';
import { Choice, TextField } from '../parts/fields';
import { Problem } from '../parts/states';
import { useWords } from '../words';

/** A visitor's own page: her code stands behind the #, which no server sees until she opens the page. */
export function VisitPage() {
  const t = useWords();
  const m = t.visits.mine;
  const words = useCommon();
  const { lang, setLang } = useLang();
  const [code, setCode] = useState(() => window.location.hash.slice(1));
  const [visit, setVisit] = useState<VisitView | null>(null);
  const open = useMutation<VisitView, ApiError, string>({ mutationFn: (it) => post('/visits', { body: { code: it } }), onSuccess: setVisit, networkMode: 'always' });
  const { mutate } = open;
  useEffect(() => { if (window.location.hash.length > 1) mutate(window.location.hash.slice(1)); }, [mutate]);
  return (
    <div className="m-screen">
      <header className="m-head"><h1>{m.title}</h1></header>
      <main className="m-main">
        {visit ? <Visit visit={visit} onChange={setVisit} /> : (
          <form className="m-form m-card" onSubmit={(event) => { event.preventDefault(); mutate(code); }}>
            <TextField label={m.ask} hint={m.askHint} value={code} autoCapitalize="characters" autoComplete="off" problem={open.error?.field === 'code' ? words.error(open.error.code, open.error.params) : null} onChange={setCode} />
            {open.error && open.error.field !== 'code' ? <Problem>{open.error.isOffline ? t.offline.title : words.error(open.error.code, open.error.params)}</Problem> : null}
            <button type="submit" className="m-button m-button-go" disabled={open.isPending || code.trim() === ''}>{m.find}</button>
          </form>
        )}
        <button type="button" className="m-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{words.language.other}</button>
      </main>
    </div>
  );
}

type Standing = 'fit' | 'unfit' | 'pending' | 'ended' | 'owes';
const SHAPES = { fit: 'done', unfit: 'cross', pending: 'question', ended: 'late' } as const;
const VERDICTS = { fit: 'holds', unfit: 'revoked', pending: 'unknown', ended: 'expired' } as const;

function standing(it: VisitView): Standing {
  if (it.state === 'requested') return 'pending';
  if (it.state !== 'announced') return 'ended';
  if (!it.declared_today) return 'owes';
  return it.fit ? 'fit' : 'unfit';
}

function Visit({ visit, onChange }: { visit: VisitView; onChange: (next: VisitView) => void }) {
  const t = useWords();
  const v = t.visits;
  const stands = standing(visit);
  return (
    <>
      {stands === 'owes' ? null : (
        <section className={`m-card m-verdict is-${VERDICTS[stands]}`} role="status" data-standing={stands}>
          <Icon name={SHAPES[stands]} /><h2>{v.mine[stands]}</h2><p>{v.mine[`${stands}Hint`]}</p>
        </section>
      )}
      <section className="m-card">
        <h2>{v.mine.at(visit.site_name)}</h2>
        <p>{visit.masked_name}{'　'}{v.hours(visit.from, visit.until, visit.start, visit.end)}</p>
        <p>{v.mine.host(visit.host)}</p>
        {stands === 'fit' ? <><QrCode text={visit.code} label={v.mine.label} /><p className="m-code">{visit.code}</p></> : null}
      </section>
      {stands === 'owes' ? <Declare visit={visit} onDone={onChange} /> : null}
    </>
  );
}

const ASKED = ['symptoms', 'affected', 'contact'] as const;
type Asked = (typeof ASKED)[number];
type Said = 'yes' | 'no';

function Declare({ visit, onDone }: { visit: VisitView; onDone: (next: VisitView) => void }) {
  const t = useWords();
  const m = t.visits.mine;
  const words = useCommon();
  const [said, setSaid] = useState<Partial<Record<Asked, Said>>>({});
  const [agrees, setAgrees] = useState(false);
  const send = useMutation<VisitView, ApiError, VisitDeclaration>({ mutationFn: (body) => post('/visits/declarations', { body }), onSuccess: onDone, networkMode: 'always' });
  const whole = agrees && ASKED.every((it) => said[it] !== undefined);
  const submit = () => send.mutate({ code: visit.code, symptoms: said.symptoms === 'yes', affected_area: said.affected === 'yes', contact: said.contact === 'yes', agrees });
  const options = [{ value: 'no' as const, label: m.no }, { value: 'yes' as const, label: m.yes }];
  return (
    <form className="m-form m-card" onSubmit={(event) => { event.preventDefault(); if (whole) submit(); }}>
      <h2>{m.declare}</h2>
      <p>{m.lead}</p>
      {ASKED.map((it) => <Choice<Said> key={it} label={m[it]} options={options} value={said[it] ?? null} onChange={(value) => setSaid((before) => ({ ...before, [it]: value }))} />)}
      <label className="m-agree"><input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />{m.agrees}</label>
      {send.error ? <Problem>{send.error.isOffline ? t.offline.title : words.error(send.error.code, send.error.params)}</Problem> : null}
      <button type="submit" className="m-button m-button-go" disabled={!whole || send.isPending}>{m.send}</button>
      {whole ? null : <p className="m-hint">{m.needed}</p>}
    </form>
  );
}
