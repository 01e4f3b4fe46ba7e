import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useDesk } from '../../strings';

interface Props { title: string; up: boolean; down: boolean; onMove: (by: -1 | 1) => void; onRemove: () => void; children?: ReactNode }

/** Up, down, elsewhere, away. */
export function Standing({ title, up, down, onMove, onRemove, children }: Props) {
  const t = useDesk();
  const e = t.editing;
  return (
    <div className="edit-acts">
      <Button size="small" icon={<ArrowUpOutlined />} aria-label={e.upOf(title)} aria-keyshortcuts="Alt+ArrowUp" disabled={!up} onClick={() => onMove(-1)}>{e.up}</Button>
      <Button size="small" icon={<ArrowDownOutlined />} aria-label={e.downOf(title)} aria-keyshortcuts="Alt+ArrowDown" disabled={!down} onClick={() => onMove(1)}>{e.down}</Button>
      {children}
      <Button size="small" danger icon={<DeleteOutlined />} aria-label={e.removeOf(title)} onClick={onRemove}>{e.remove}</Button>
    </div>
  );
}
