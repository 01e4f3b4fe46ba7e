import { SearchOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Input, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useGet } from '../data';
import { useDebounced } from '../parts/useDebounced';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

/** Finds enterprises, sites and gates by name; "/" puts the cursor there. */
export function PlaceSearch({ compact }: { compact: boolean }) {
  const t = useDesk();
  const can = useCan();
  const [open, setOpen] = useState(false);
  if (!can('read_places')) return null;
  if (!compact) return <SearchBox shortcut />;
  return (
    <>
      <Button type="text" icon={<SearchOutlined style={{ fontSize: 18 }} />} aria-label={t.frame.search} onClick={() => setOpen(true)} />
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t.frame.search} destroyOnHidden>
        <SearchBox onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function SearchBox({ shortcut, onDone }: { shortcut?: boolean; onDone?: () => void }) {
  const t = useDesk();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 250);
  const enabled = search.length > 0;
  const query = { search, limit: 5 };
  const enterprises = useGet('/enterprises', { query }, { enabled });
  const sites = useGet('/sites', { query }, { enabled });
  const gates = useGet('/gates', { query }, { enabled });

  useEffect(() => {
    if (!shortcut) return;
    const focus = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || target.closest('input,textarea,select,[contenteditable]')) return;
      event.preventDefault();
      box.current?.querySelector('input')?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, [shortcut]);

  const option = (path: string, name: string, second: string) => ({
    value: path,
    label: <span className="found"><b>{name}</b><small>{second}</small></span>,
  });
  const groups = enabled
    ? [
        { label: t.menu.enterprises, options: (enterprises.data?.items ?? []).map((it) => option(paths.enterprises({ open: it.id }), it.name, it.area_name)) },
        { label: t.menu.sites, options: (sites.data?.items ?? []).map((it) => option(paths.sites({ open: it.id }), it.name, it.enterprise_name ?? it.area_name)) },
        { label: t.menu.gates, options: (gates.data?.items ?? []).map((it) => option(paths.gates({ open: it.id }), it.name, it.site_name)) },
      ].filter((group) => group.options.length > 0)
    : [];
  const settled = enterprises.isFetched && sites.isFetched && gates.isFetched;
  return (
    <div ref={box} className="place-search" role="search">
      <AutoComplete
        value={text} options={groups} style={{ width: '100%' }} defaultActiveFirstOption
        onChange={(value: string) => setText(value.startsWith('/') ? '' : value)}
        onSelect={(path: string) => {
          setText('');
          void navigate(path);
          onDone?.();
        }}
        notFoundContent={enabled && settled ? t.frame.searchNone : null}
      >
        <Input prefix={<SearchOutlined />} suffix={shortcut ? <kbd>/</kbd> : null} placeholder={t.frame.searchHint} aria-label={t.frame.search} />
      </AutoComplete>
    </div>
  );
}
