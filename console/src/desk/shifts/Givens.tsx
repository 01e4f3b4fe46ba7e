import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { PlanGate, PlanTeam, ShiftPlan } from '../../api';
import { useDesk } from '../strings';
import { CountField, NamesField, PickField, TextField, TimeField } from './inputs';
import { newTeam, pastedTeams } from './model';

interface Props { plan: ShiftPlan; editable: boolean; onChange: (plan: ShiftPlan) => void }

const at = <V,>(list: V[], index: number, to: V) => list.map((it, n) => (n === index ? to : it));
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Everything that is given. */
export function Givens({ plan, editable, onChange }: Props) {
  const w = useDesk().shiftPlan;
  return (
    <section className="shift-givens">
      <h2>{w.givens}</h2>
      <Limits plan={plan} editable={editable} onChange={onChange} />
      <Gates plan={plan} editable={editable} onChange={onChange} />
      <Teams plan={plan} editable={editable} onChange={onChange} />
    </section>
  );
}

function Limits({ plan, editable, onChange }: Props) {
  const t = useDesk();
  const w = t.shiftPlan;
  const off = !editable;
  const set = (part: Partial<ShiftPlan>) => onChange({ ...plan, ...part });
  const canteen = plan.canteen;
  const setCanteen = (part: Partial<NonNullable<ShiftPlan['canteen']>>) => canteen && set({ canteen: { ...canteen, ...part } });
  return (
    <>
      <h3>{w.limits}</h3>
      <div className="shift-fields">
        <PickField label={w.slot} value={plan.slot_minutes} disabled={off} options={[5, 10, 15, 30].map((value) => ({ value, label: `${value} ${w.minutes}` }))} onChange={(slot_minutes) => set({ slot_minutes })} />
        <CountField label={w.gateWait} min={0} max={120} value={plan.gate_wait_minutes} disabled={off} onChange={(gate_wait_minutes) => set({ gate_wait_minutes })} />
        <CountField label={w.arrival} max={120} value={plan.arrival_minutes} disabled={off} onChange={(arrival_minutes) => set({ arrival_minutes })} />
        <CountField label={w.leaving} max={120} value={plan.leaving_minutes} disabled={off} onChange={(leaving_minutes) => set({ leaving_minutes })} />
        <CountField label={w.changing} min={0} max={60} value={plan.changing_minutes} disabled={off} onChange={(changing_minutes) => set({ changing_minutes })} />
      </div>
      <Checkbox.Group aria-label={w.days} value={plan.days} disabled={off} options={WEEK.map((value) => ({ value, label: t.shifts.day[value] ?? '' }))} onChange={(days) => set({ days })} />
      <Checkbox checked={canteen !== null && canteen !== undefined} disabled={off} onChange={(event) => set({ canteen: event.target.checked ? { seats: 120, per_minute: 20, wait_minutes: 5 } : null })}>{w.canteen}</Checkbox>
      {canteen ? (
        <div className="shift-fields">
          <CountField label={w.seats} max={10_000} value={canteen.seats} disabled={off} onChange={(seats) => setCanteen({ seats })} />
          <CountField label={w.counter} max={1_000} value={canteen.per_minute} disabled={off} onChange={(per_minute) => setCanteen({ per_minute })} />
          <CountField label={w.counterWait} min={0} max={120} value={canteen.wait_minutes} disabled={off} onChange={(wait_minutes) => setCanteen({ wait_minutes })} />
        </div>
      ) : null}
    </>
  );
}

function Gates({ plan, editable, onChange }: Props) {
  const w = useDesk().shiftPlan;
  const off = !editable;
  const set = (index: number, part: Partial<PlanGate>) => {
    const gate = plan.gates[index];
    if (gate) onChange({ ...plan, gates: at(plan.gates, index, { ...gate, ...part }) });
  };
  const ways = (['both', 'in', 'out'] as const).map((value) => ({ value, label: w.ways[value] }));
  return (
    <>
      <h3>{w.gates}</h3>
      {plan.gates.map((gate, index) => (
        <fieldset key={index} className="shift-row-edit">
          <legend className="sr-only">{gate.name || w.gate}</legend>
          <TextField label={w.gate} value={gate.name} disabled={off} onChange={(name) => set(index, { name })} />
          <PickField label={w.way} value={gate.way} disabled={off} options={ways} onChange={(way) => set(index, { way })} />
          <CountField label={w.lanes} max={50} value={gate.lanes} disabled={off} onChange={(lanes) => set(index, { lanes })} />
          <CountField label={w.perMinute} max={120} value={gate.per_minute} disabled={off} onChange={(per_minute) => set(index, { per_minute })} />
          {editable ? <Button type="text" icon={<DeleteOutlined />} aria-label={w.remove(gate.name)} onClick={() => onChange({ ...plan, gates: plan.gates.filter((_, n) => n !== index) })} /> : null}
        </fieldset>
      ))}
      {editable ? <Button icon={<PlusOutlined />} onClick={() => onChange({ ...plan, gates: [...plan.gates, { name: '', way: 'both', lanes: 2, per_minute: 10 }] })}>{w.addGate}</Button> : null}
    </>
  );
}

function Teams({ plan, editable, onChange }: Props) {
  const w = useDesk().shiftPlan;
  const set = (index: number, team: PlanTeam) => onChange({ ...plan, teams: at(plan.teams, index, team) });
  return (
    <>
      <h3>{w.teams} <small>{plan.teams.length}</small></h3>
      {plan.teams.length === 0 ? <p className="muted">{w.noTeams}</p> : null}
      {plan.teams.map((team, index) => <Team key={index} team={team} plan={plan} editable={editable} onChange={(next) => set(index, next)} onRemove={() => onChange({ ...plan, teams: plan.teams.filter((_, n) => n !== index) })} />)}
      {editable ? <Button icon={<PlusOutlined />} onClick={() => onChange({ ...plan, teams: [...plan.teams, newTeam('', plan.teams.at(-1))] })}>{w.addTeam}</Button> : null}
      {editable ? <Paste plan={plan} onChange={onChange} /> : null}
    </>
  );
}

function Team({ team, plan, editable, onChange, onRemove }: { team: PlanTeam; plan: ShiftPlan; editable: boolean; onChange: (team: PlanTeam) => void; onRemove: () => void }) {
  const w = useDesk().shiftPlan;
  const off = !editable;
  const set = (part: Partial<PlanTeam>) => onChange({ ...team, ...part });
  const pause = team.pause;
  const setPause = (part: Partial<NonNullable<PlanTeam['pause']>>) => pause && set({ pause: { ...pause, ...part } });
  return (
    <fieldset className="shift-row-edit">
      <legend className="sr-only">{team.name || w.team}</legend>
      <TextField label={w.team} value={team.name} disabled={off} onChange={(name) => set({ name })} />
      <TextField label={w.post} value={team.post ?? ''} disabled={off} onChange={(post) => set({ post })} />
      <CountField label={w.people} value={team.headcount} disabled={off} onChange={(headcount) => set({ headcount })} />
      <TimeField label={w.earliest} value={team.earliest} disabled={off} onChange={(earliest) => set({ earliest })} />
      <TimeField label={w.latest} value={team.latest} disabled={off} onChange={(latest) => set({ latest })} />
      <CountField label={w.work} min={60} max={960} value={team.work_minutes} disabled={off} onChange={(work_minutes) => set({ work_minutes })} />
      {pause ? (
        <>
          <CountField label={w.breakLength} min={5} max={120} value={pause.minutes} disabled={off} onChange={(minutes) => setPause({ minutes })} />
          <CountField label={w.breakFrom} min={0} max={960} value={pause.from_minutes} disabled={off} onChange={(from_minutes) => setPause({ from_minutes })} />
          <CountField label={w.breakUntil} min={0} max={960} value={pause.until_minutes} disabled={off} onChange={(until_minutes) => setPause({ until_minutes })} />
        </>
      ) : null}
      <NamesField label={w.usesGates} value={team.gates ?? []} placeholder={w.allGates} disabled={off} options={plan.gates.map((it) => it.name)} onChange={(gates) => set({ gates })} />
      <NamesField label={w.together} value={team.with ?? []} disabled={off} options={plan.teams.map((it) => it.name).filter((it) => it !== team.name)} onChange={(others) => set({ with: others })} />
      {editable ? <Checkbox checked={Boolean(pause)} onChange={(event) => set({ pause: event.target.checked ? { minutes: 30, from_minutes: 180, until_minutes: 300 } : null })}>{w.pause}</Checkbox> : null}
      {editable ? <Button type="text" icon={<DeleteOutlined />} aria-label={w.remove(team.name)} onClick={onRemove} /> : null}
    </fieldset>
  );
}

function Paste({ plan, onChange }: { plan: ShiftPlan; onChange: (plan: ShiftPlan) => void }) {
  const w = useDesk().shiftPlan;
  const [text, setText] = useState('');
  const teams = pastedTeams(text, plan.teams.at(-1));
  return (
    <details className="shift-paste">
      <summary>{w.paste}</summary>
      <p className="muted">{w.pasteHint}</p>
      <Input.TextArea aria-label={w.paste} rows={4} value={text} onChange={(event) => setText(event.target.value)} />
      <Button disabled={teams.length === 0} onClick={() => { onChange({ ...plan, teams }); setText(''); }}>{w.pasteTake}{teams.length > 0 ? ` (${teams.length})` : ''}</Button>
    </details>
  );
}
