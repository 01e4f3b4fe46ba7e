import { CloseOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useDesk } from '../strings';
import { withView, type SavedView } from './listMemory';

const NAME_MAX = 30;

interface Props { views: SavedView[]; current: string; onApply: (view: string) => void; onChange: (views: SavedView[]) => void }

/** Filters worth keeping, by name: taken up again with one click. */
export function ViewMenu({ views, current, onApply, onChange }: Props) {
  const t = useDesk();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const using = views.find((it) => it.view === current);
  const save = () => {
    if (!name.trim() || !current) return;
    onChange(withView(views, { name: name.trim(), view: current }));
    setName('');
    setOpen(false);
  };
  return (
    <Popover
      trigger="click" placement="bottomLeft" open={open} onOpenChange={setOpen}
      content={
        <div className="view-menu">
          {views.length === 0 ? <p className="muted">{t.list.noViews}</p> : (
            <ul aria-label={t.list.views}>
              {views.map((it) => (
                <li key={it.name}>
                  <Button type="link" size="small" aria-current={it === using} onClick={() => { onApply(it.view); setOpen(false); }}>{it.name}</Button>
                  <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t.list.deleteView(it.name)} onClick={() => onChange(views.filter((other) => other !== it))} />
                </li>
              ))}
            </ul>
          )}
          <div className="view-new">
            <Input size="small" maxLength={NAME_MAX} aria-label={t.list.viewName} placeholder={t.list.viewName} value={name} disabled={!current} onChange={(event) => setName(event.target.value)} onPressEnter={save} />
            <Button size="small" disabled={!current || !name.trim()} onClick={save}>{t.list.saveView}</Button>
          </div>
          {current ? null : <small className="muted">{t.list.viewHint}</small>}
        </div>
      }
    >
      <Button size="small" icon={<StarOutlined />} className={using ? 'chip-view set' : 'chip-view'}>{using?.name ?? t.list.views}</Button>
    </Popover>
  );
}
