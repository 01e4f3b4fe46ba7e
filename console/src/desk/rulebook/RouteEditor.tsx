import { Checkbox, Select } from 'antd';
import { NumberRow, Row, WordsRow } from '../parts/edit/inputs';
import { titleOf } from '../parts/edit/words';
import { withRoute } from './edit';
import { GroupEditor } from './GroupEditor';
import { isEverybody } from './rules';
import type { PartProps } from './SpotPane';

const HOURS_MOST = 240;
const DAYS_MOST = 30;

/** Who reviews the applications of a group, and by when. */
export function RouteEditor({ editing, at, wrong, says }: PartProps) {
  const { book, change } = editing;
  const { w, e, lang } = says;
  const it = book.routes[at];
  if (!it) return null;
  const put = (next: Partial<typeof it>, mark?: string) => change(withRoute(book, at, { ...it, ...next }), mark && `route.${at}.${mark}`);
  const departments = book.departments.map((one) => ({ value: one.key, label: titleOf(one.name, e, lang) }));
  const last = at === book.routes.length - 1;
  return (
    <>
      <WordsRow name="name" label={w.edit.name} value={it.name} wrong={wrong} onChange={(name, mark) => put({ name }, mark)} />
      {last && isEverybody(it.group) ? <p className="form-lead">{w.edit.lastHint}</p> : <GroupEditor group={it.group} wrong={wrong('group')} says={says} hint={w.edit.groupHint} onChange={(group) => put({ group })} />}
      <Row label={w.edit.lead} wrong={wrong('lead')}>
        {(told) => <Select {...told} allowClear placeholder={w.leadNone} value={it.lead} options={departments} onChange={(lead: string | undefined) => put({ lead: lead ?? null })} />}
      </Row>
      <Row label={w.edit.opinions} wrong={wrong('opinions')}>
        {(told) => <Select {...told} mode="multiple" placeholder={w.opinionsNone} optionFilterProp="label" value={it.opinions} options={departments} onChange={(opinions: string[]) => put({ opinions })} />}
      </Row>
      <Row label={w.edit.visitLabel} wrong={null} group>
        {() => <Checkbox checked={it.visit} onChange={(event) => put({ visit: event.target.checked })}>{w.edit.visit}</Checkbox>}
      </Row>
      <div className="edit-three">
        <NumberRow label={w.edit.replyHours} value={it.reply_hours} least={1} most={HOURS_MOST} wrong={wrong('reply_hours')} onChange={(reply_hours) => put({ reply_hours }, 'reply_hours')} />
        <NumberRow label={w.edit.opinionHours} value={it.opinion_hours} least={1} most={HOURS_MOST} wrong={wrong('opinion_hours')} onChange={(opinion_hours) => put({ opinion_hours }, 'opinion_hours')} />
        <NumberRow label={w.edit.decisionDays} value={it.decision_working_days} least={1} most={DAYS_MOST} wrong={wrong('decision_working_days')} onChange={(decision_working_days) => put({ decision_working_days }, 'decision_working_days')} />
      </div>
    </>
  );
}
