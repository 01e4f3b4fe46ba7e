import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ShiftPlanFile, TeamStart } from '../../api';
import { useDesk } from '../strings';
import { clock, rangeOf, share, type Range } from './model';
import { useBarDrag, type BarDrag } from './useBarDrag';

interface Props {
  file: ShiftPlanFile;
  starts: TeamStart[];
  editable: boolean;
  onMove: (team: string, by: number) => void;
  /** All starts as they are while a bar is held, and as they were if it is let go of. */
  onDrag: (starts: TeamStart[]) => void;
}

/** The hours of each team: a bar to be moved by its buttons, or taken by mouse or finger. */
export function Bars({ file, starts, editable, onMove, onDrag }: Props) {
  const w = useDesk().shiftPlan;
  const drag = useBarDrag(starts, file.plan.slot_minutes, onDrag);
  // Hours do not slide away from under the hand.
  const range = drag.held?.range ?? rangeOf(file.plan, starts);
  const hours = Array.from({ length: (range.until - range.from) / 60 + 1 }, (_, n) => range.from + n * 60).filter((_, n) => n % 2 === 0);
  return (
    <div className="shift-bars">
      <div className="shift-axis" aria-hidden="true">{hours.map((it) => <span key={it} style={{ left: `${share(it, range) * 100}%` }}>{clock(it)}</span>)}</div>
      <ol>{starts.map((it) => <Bar key={it.team} it={it} file={file} range={range} drag={editable ? drag : null} onMove={onMove} />)}</ol>
      <p className="shift-key"><i className="is-work" />{w.start}–{w.end}<i className="is-pause" />{w.pause}{editable ? <span>{w.dragHint}</span> : null}</p>
    </div>
  );
}

/** Without a drag it only shows. */
function Bar({ it, file, range, drag, onMove }: { it: TeamStart; file: ShiftPlanFile; range: Range; drag: BarDrag | null; onMove: Props['onMove'] }) {
  const w = useDesk().shiftPlan;
  const team = file.plan.teams.find((one) => one.name === it.team);
  if (!team) return null;
  const slot = file.plan.slot_minutes;
  const part = (from: number, minutes: number) => ({ left: `${share(from, range) * 100}%`, width: `${(share(from + minutes, range) - share(from, range)) * 100}%` });
  const outside = it.start < team.earliest || team.latest < it.start;
  const hours = `${clock(it.start)}–${clock(it.start + team.work_minutes)}`;
  const held = drag?.held?.team === it.team;
  const className = `shift-track${drag ? ' is-movable' : ''}${held ? ' is-held' : ''}`;
  return (
    <li className="shift-bar">
      <span className="shift-name">{it.team}<small>{team.headcount}</small></span>
      <span className="shift-hours">
        {drag ? <Button type="text" size="small" icon={<LeftOutlined />} aria-label={w.earlier(it.team)} onClick={() => onMove(it.team, -slot)} /> : null}
        <span>{hours}</span>
        {drag ? <Button type="text" size="small" icon={<RightOutlined />} aria-label={w.later(it.team)} onClick={() => onMove(it.team, slot)} /> : null}
        {outside ? <em>{w.outside}</em> : null}
      </span>
      <span className={className} aria-hidden="true" {...drag?.handlers(it.team, range)}>
        <i className="is-work" style={part(it.start, team.work_minutes)} />
        {team.pause && it.pause_at !== null && it.pause_at !== undefined ? <i className="is-pause" style={part(it.pause_at, team.pause.minutes)} /> : null}
        {held ? <b className="shift-held" style={{ left: `${share(it.start, range) * 100}%` }}>{hours}</b> : null}
      </span>
    </li>
  );
}
