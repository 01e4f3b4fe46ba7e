import { useDesk } from '../strings';
import { earlier } from './conditions';
import { renamed, sectionAt, withSection, type Spot } from './edit';
import { ShownWhen, type EditorProps } from './FieldEditor';
import { MaybeWordsRow, NameRow, WordsRow } from '../parts/edit/inputs';

/** A section: its words, and when its questions are asked. */
export function SectionEditor({ form, spot, wrong, says, onChange }: EditorProps & { spot: Extract<Spot, { on: 'section' }> }) {
  const t = useDesk();
  const w = t.forms.edit;
  const section = sectionAt(form, spot);
  if (!section) return null;
  const put = (next: typeof section, mark?: string) => onChange(withSection(form, spot.section, next), mark && `${spot.section}.${mark}`);
  return (
    <>
      {wrong('size') ? <p className="ask-fault" role="alert">{wrong('size')}</p> : null}
      <WordsRow name="title" label={w.name} value={section.title} wrong={wrong} onChange={(title, mark) => put({ ...section, title }, mark)} />
      <MaybeWordsRow name="lead" label={w.lead} long value={section.lead} wrong={wrong} onChange={(lead, mark) => put({ ...section, lead }, mark || undefined)} />
      <NameRow label={t.editing.key} value={section.key} hint={w.keyHint} wrong={wrong('key')} onChange={(key) => onChange(renamed(form, spot, key))} />
      <ShownWhen condition={section.shown_when} before={earlier(form, spot.section, null)} wrong={wrong('shown_when')} says={says} onChange={(shown_when) => put({ ...section, shown_when })} />
    </>
  );
}

/** What belongs to the form as a whole: the pledge. */
export function PledgeEditor({ form, wrong, onChange }: EditorProps) {
  const t = useDesk();
  const w = t.forms.edit;
  return (
    <>
      {wrong('size') ? <p className="ask-fault" role="alert">{t.forms.faults.sizeForm}</p> : null}
      <p className="form-lead">{w.pledgeHint}</p>
      <WordsRow name="pledge" label={w.pledge} long value={form.pledge} wrong={wrong} onChange={(pledge, mark) => onChange({ ...form, pledge }, mark)} />
    </>
  );
}
