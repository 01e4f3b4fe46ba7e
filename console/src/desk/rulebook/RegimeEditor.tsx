import type { Regime, Running } from '../../api';
import { Choice } from '../parts/Choice';
import { Row, WordsRow } from '../parts/edit/inputs';
import { useDesk } from '../strings';
import { withRegime } from './edit';
import { GroupEditor } from './GroupEditor';
import type { PartProps } from './SpotPane';

const REGIMES: Regime[] = ['approval', 'filing', 'closed'];
const RUNNINGS: Running[] = ['stay', 'follow'];

/** How a group is dealt with, and what becomes of what is under way. */
export function RegimeEditor({ editing, at, wrong, says }: PartProps) {
  const t = useDesk();
  const { book, change } = editing;
  const { w } = says;
  const it = book.regimes[at];
  if (!it) return null;
  const put = (next: Partial<typeof it>, mark?: string) => change(withRegime(book, at, { ...it, ...next }), mark && `regime.${at}.${mark}`);
  return (
    <>
      <GroupEditor group={it.group} wrong={wrong('group')} says={says} hint={w.edit.groupHint} onChange={(group) => put({ group })} />
      <Row label={w.edit.regime} hint={w.regimeSays[it.regime]} wrong={null} group>
        {() => <Choice<Regime> label={w.edit.regime} value={it.regime} options={REGIMES.map((value) => ({ value, label: t.review.regimes[value] }))} onChange={(regime) => put({ regime })} />}
      </Row>
      <Row label={w.edit.running} hint={w.edit.runningHint[it.regime]} wrong={null} group>
        {() => <Choice<Running> label={w.edit.running} value={it.running} options={RUNNINGS.map((value) => ({ value, label: w.edit.runnings[value] }))} onChange={(running) => put({ running })} />}
      </Row>
      <small>{w.edit.reasonHint}</small>
      <WordsRow name="reason" label={w.edit.reason} long value={it.reason} wrong={wrong} onChange={(reason, mark) => put({ reason }, mark)} />
    </>
  );
}
