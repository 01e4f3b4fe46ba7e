import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { get, post, type ApiError, type AreaChoice, type HomeKind, type HomeNew, type HomeView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useMyWrite } from '../data';
import { Choice, Field, TextField } from '../parts/fields';
import { Sheet } from '../parts/Sheet';
import { Problem } from '../parts/states';
import { useWords } from '../words';

const KINDS: HomeKind[] = ['family', 'rented', 'dormitory', 'other'];

/** Where she lives: an area level by level, then the address inside it. */
export function HomeSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const words = useCommon();
  const [street, setStreet] = useState('');
  const [community, setCommunity] = useState('');
  const [grid, setGrid] = useState('');
  const [kind, setKind] = useState<HomeKind | null>(null);
  const [said, setSaid] = useState({ compound: '', building: '', unit: '', room: '' });
  const names = useId();
  const compounds = useQuery<{ names: string[] }, ApiError>({
    queryKey: ['/me/compounds', community], queryFn: ({ signal }) => get('/me/compounds', { query: { area: community }, signal }), enabled: community !== '', staleTime: Infinity,
  });
  const body: HomeNew = { area_code: grid || community, kind: kind ?? 'other', compound: said.compound, building: said.building.trim() || null, unit: said.unit.trim() || null, room: said.room };
  const save = useMyWrite<void, HomeView>((_, idempotencyKey) => post('/me/homes', { body, idempotencyKey }), ['/me/homes', '/me/accesses'], onClose);
  const refused = (field: string) => (save.error?.field === field ? words.error(save.error.code, save.error.params) : null);
  const general = save.error && !['area_code', 'compound', 'building', 'unit', 'room'].includes(save.error.field ?? '') ? save.error : null;
  const ready = community !== '' && kind !== null && said.compound.trim() !== '' && said.room.trim() !== '';
  const text = (name: keyof typeof said) => ({ value: said[name], onChange: (next: string) => setSaid((before) => ({ ...before, [name]: next })), problem: refused(name), maxLength: 60, autoComplete: 'off' });
  return (
    <Sheet title={t.homes.add} onClose={onClose}>
      <div className="m-form">
        <AreaField label={t.homes.street} parent="" value={street} first={t.homes.pick} onChange={(next) => { setStreet(next); setCommunity(''); setGrid(''); }} />
        {street ? <AreaField label={t.homes.community} parent={street} value={community} first={t.homes.pick} onChange={(next) => { setCommunity(next); setGrid(''); }} problem={refused('area_code')} /> : null}
        {community ? <AreaField label={t.homes.grid} parent={community} value={grid} first={t.homes.anyGrid} onChange={setGrid} /> : null}
        <TextField label={t.homes.compound} hint={t.homes.compoundHint} list={names} {...text('compound')} />
        <datalist id={names}>{compounds.data?.names.map((it) => <option key={it} value={it}>{it}</option>)}</datalist>
        <div className="m-two">
          <TextField label={t.homes.building} hint={t.homes.optional} {...text('building')} />
          <TextField label={t.homes.unit} hint={t.homes.optional} {...text('unit')} />
        </div>
        <TextField label={t.homes.room} {...text('room')} />
        <Choice label={t.homes.kind} options={KINDS.map((it) => ({ value: it, label: words.homeKind[it] }))} value={kind} onChange={setKind} />
      </div>
      {general ? <Problem>{general.isOffline ? t.offline.title : words.error(general.code, general.params)}</Problem> : null}
      <button type="button" className="m-button m-button-go" disabled={!ready || save.isPending} onClick={() => save.mutate()}>{t.homes.save}</button>
      <button type="button" className="m-button" onClick={onClose}>{t.cancel}</button>
    </Sheet>
  );
}

/** All children of an area, page by page: a street has more communities than a page has rows. */
async function childrenOf(parent: string, signal: AbortSignal): Promise<AreaChoice[]> {
  const all: AreaChoice[] = [];
  let cursor: string | undefined;
  do {
    const page = await get('/me/areas', { query: { parent, limit: 200, cursor }, signal });
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

interface AreaProps { label: string; parent: string; value: string; first: string; onChange: (code: string) => void; problem?: string | null }

function AreaField({ label, parent, value, first, onChange, problem }: AreaProps) {
  const t = useWords();
  const words = useCommon();
  const choices = useQuery<AreaChoice[], ApiError>({ queryKey: ['/me/areas', parent], queryFn: ({ signal }) => childrenOf(parent, signal), staleTime: Infinity });
  const failed = choices.error ? (choices.error.isOffline ? t.offline.title : words.error(choices.error.code, choices.error.params)) : null;
  return (
    <>
      <Field label={label} problem={failed ?? problem}>
        {({ id, describedBy, invalid }) => (
          <select id={id} className="m-input" value={value} disabled={!choices.data} aria-describedby={describedBy} aria-invalid={invalid} onChange={(event) => onChange(event.target.value)}>
            <option value="">{choices.isPending ? t.waiting : first}</option>
            {choices.data?.map((it) => <option key={it.code} value={it.code}>{it.name}</option>)}
          </select>
        )}
      </Field>
      {choices.error ? <button type="button" className="m-link" onClick={() => void choices.refetch()}>{t.again}</button> : null}
    </>
  );
}
