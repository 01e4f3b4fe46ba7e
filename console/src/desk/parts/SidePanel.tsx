import { CloseOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useDesk } from '../strings';
import { usePhone, useWide } from './useMedia';

interface Props { label: string; onClose: () => void; onPrevious?: (() => void) | null; onNext?: (() => void) | null; children: ReactNode }

/** Details beside the table, which stays usable; below 1280 px it covers the table. */
export function SidePanel({ label, onClose, onPrevious, onNext, children }: Props) {
  const t = useDesk();
  const wide = useWide();
  const phone = usePhone();
  const tools = (
    <div className="panel-tools">
      {onPrevious !== undefined ? <Button type="text" size="small" icon={<UpOutlined />} aria-label={t.list.previous} disabled={!onPrevious} onClick={onPrevious ?? undefined} /> : null}
      {onNext !== undefined ? <Button type="text" size="small" icon={<DownOutlined />} aria-label={t.list.next} disabled={!onNext} onClick={onNext ?? undefined} /> : null}
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t.actions.close} onClick={onClose} />
    </div>
  );
  if (!wide) {
    return (
      <Drawer open onClose={onClose} placement="right" size={phone ? '100%' : 416} closable={false} aria-label={label} classNames={{ body: 'panel-drawer' }}>
        <div className="panel">{tools}{children}</div>
      </Drawer>
    );
  }
  return <Beside label={label} onClose={onClose} tools={tools}>{children}</Beside>;
}

function Beside({ label, onClose, tools, children }: { label: string; onClose: () => void; tools: ReactNode; children: ReactNode }) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      // Not while a dialog, a popover or a menu is above the panel.
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('.ant-modal-root .ant-modal-wrap, .ant-drawer-open, .ant-popover:not(.ant-popover-hidden), .ant-select-open')) onClose();
    };
    window.addEventListener('keydown', escape);
    return () => window.removeEventListener('keydown', escape);
  }, [onClose]);
  return <aside ref={panel} className="panel panel-beside" aria-label={label}>{tools}{children}</aside>;
}

interface HeadProps { over?: ReactNode; title: string; children?: ReactNode }

export function PanelHead({ over, title, children }: HeadProps) {
  return (
    <div className="panel-head">
      {over ? <div className="panel-over">{over}</div> : null}
      <h2>{title}</h2>
      {children ? <div className="panel-tags">{children}</div> : null}
    </div>
  );
}

/** Label and value, one fact a line. Empty values are left out. */
export function Facts({ items }: { items: ([label: string, value: ReactNode] | null)[] }) {
  return (
    <dl className="facts">
      {items.map((item) => (item && item[1] !== null && item[1] !== undefined && item[1] !== ''
        ? <div key={item[0]}><dt>{item[0]}</dt><dd>{item[1]}</dd></div> : null))}
    </dl>
  );
}
