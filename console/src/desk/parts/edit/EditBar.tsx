import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useDesk } from '../../strings';
import { usePhone } from '../useMedia';

interface Props {
  edited: { dirty: boolean; stale: boolean };
  undo: (() => void) | null;
  redo: (() => void) | null;
  faults: number;
  /** What is known while nothing is wrong. */
  sound: string;
  listed: boolean;
  onList: () => void;
  onPublish: () => void;
  pending: boolean;
}

/** Steps, how the draft stands, and publishing it. */
export function EditBar({ edited, undo, redo, faults, sound, listed, onList, onPublish, pending }: Props) {
  const t = useDesk();
  const phone = usePhone();
  const e = t.editing;
  return (
    <div className="edit-bar">
      <Button size="small" icon={<UndoOutlined />} aria-label={e.undo} aria-keyshortcuts="Control+Z" disabled={!undo} onClick={undo ?? undefined}>{phone ? null : e.undo}</Button>
      <Button size="small" icon={<RedoOutlined />} aria-label={e.redo} aria-keyshortcuts="Control+Shift+Z" disabled={!redo} onClick={redo ?? undefined}>{phone ? null : e.redo}</Button>
      <span className="edit-state" role="status">{edited.dirty ? e.kept : e.clean}</span>
      {phone ? null : <small>{e.keys}</small>}
      <span className="edit-bar-end">
        {faults > 0 ? <Button size="small" danger aria-expanded={listed} onClick={onList}>▲ {e.faults(faults)}</Button> : <span className="edit-sound" role="status">{sound}</span>}
        <Button type="primary" size="small" loading={pending} disabled={!edited.dirty || edited.stale} title={edited.dirty ? undefined : e.nothingNew} onClick={onPublish}>{e.publish}</Button>
      </span>
    </div>
  );
}
