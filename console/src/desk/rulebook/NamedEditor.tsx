import { NameRow, WordsRow } from '../parts/edit/inputs';
import { renamed, withCategory, withDepartment } from './edit';
import type { PartProps } from './SpotPane';

export function DepartmentEditor({ editing, at, wrong, says: { w, e } }: PartProps) {
  const { book, change } = editing;
  const it = book.departments[at];
  if (!it) return null;
  return (
    <>
      <p className="form-lead">{w.leads.departments}</p>
      <WordsRow name="name" label={w.edit.name} value={it.name} wrong={wrong} onChange={(name, mark) => change(withDepartment(book, at, { ...it, name }), `department.${at}.${mark}`)} />
      <NameRow label={e.key} value={it.key} hint={w.edit.keyHint} wrong={wrong('key')} onChange={(key) => change(renamed(book, at, key))} />
    </>
  );
}

export function CategoryEditor({ editing, at, wrong, says: { w, e } }: PartProps) {
  const { book, change } = editing;
  const it = book.categories[at];
  if (!it) return null;
  return (
    <>
      <p className="form-lead">{w.leads.categories}</p>
      <WordsRow name="name" label={w.edit.name} value={it.name} wrong={wrong} onChange={(name, mark) => change(withCategory(book, at, { ...it, name }), `category.${at}.${mark}`)} />
      <NameRow label={e.key} value={it.key} hint={w.edit.keyHint} wrong={wrong('key')} onChange={(key) => change(withCategory(book, at, { ...it, key }))} />
    </>
  );
}
