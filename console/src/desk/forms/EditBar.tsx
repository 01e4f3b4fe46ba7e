import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { usePhone } from '../parts/useMedia';
import { useDesk } from '../strings';
import type { Editing } from './useEditing';

interface Props { editing: Editing; listed: boolean; onList: () => void; onPublish: () => void; pending: boolean }

/** Steps, how the draft stands, and publishing it. */
export function EditBar({ editing, listed, onList, onPublish, pending }: Props) {
  const t = useDesk();
  const phone = usePhone();
  const w = t.forms.edit;
  const { edited, undo, redo, faults, looked } = editing;
  return (
    <div className="edit-bar">
      <Button size="small" icon={<UndoOutlined />} aria-label={w.undo} aria-keyshortcuts="Control+Z" disabled={!undo} onClick={undo ?? undefined}>{phone ? null : w.undo}</Button>
      <Button size="small" icon={<RedoOutlined />} aria-label={w.redo} aria-keyshortcuts="Control+Shift+Z" disabled={!redo} onClick={redo ?? undefined}>{phone ? null : w.redo}</Button>
      <span className="edit-state" role="status">{edited.dirty ? w.kept : w.clean}</span>
      {phone ? null : <small>{w.keys}</small>}
      <span className="edit-bar-end">
        {faults.length > 0 ? <Button size="small" danger aria-expanded={listed} onClick={onList}>▲ {w.faults(faults.length)}</Button> : <span className="edit-sound" role="status">{looked.error ? w.uncheckable : looked.checking || looked.known === null ? w.checking : looked.known === 0 && edited.dirty ? w.sound : ''}</span>}
        <Button type="primary" size="small" loading={pending} disabled={!edited.dirty || edited.stale} title={edited.dirty ? undefined : w.nothingNew} onClick={onPublish}>{w.publish}</Button>
      </span>
    </div>
  );
}
