import { PlusOutlined, SearchOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Input, Tree } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { exportHref, type AreaView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day, number } from '../../shared/format';
import { useCount, useGet } from '../data';
import { ExportMenu } from '../parts/ExportMenu';
import { PageHead } from '../parts/PageHead';
import { Facts, PanelHead, SidePanel } from '../parts/SidePanel';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDebounced } from '../parts/useDebounced';
import { usePhone } from '../parts/useMedia';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AreaForm } from './AreaForm';
import { useAreaTree } from './useAreaTree';
import './areas.css';

export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const can = useCan();
  const count = useCount('/areas', {});
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<AreaView | null>(null);
  const [form, setForm] = useState<{ parent?: AreaView; area?: AreaView } | null>(null);
  const tree = useAreaTree();
  const editable = can('edit_places');
  const phone = usePhone();
  const detail = picked ? <Detail area={picked} editable={editable} onAdd={() => setForm({ parent: picked })} onRename={() => setForm({ area: picked })} /> : null;
  return (
    <div className="page areas">
      <PageHead title={t.areas.title} second={count === null ? null : t.areas.count(number(count, lang))}>
        <ExportMenu href={(format) => exportHref('/areas', text.trim() ? { search: text.trim() } : {}, lang, format)} text={t.list.exportNone} />
        {editable ? <Link to={paths.areaImport()}><Button icon={<UploadOutlined />}>{t.areas.import}</Button></Link> : null}
        {editable ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({})}>{t.areas.add}</Button> : null}
      </PageHead>
      <div className="areas-body">
        <section className="areas-tree" aria-label={t.areas.tree}>
          <Input prefix={<SearchOutlined />} allowClear aria-label={t.areas.search} placeholder={t.areas.search} value={text} onChange={(event) => setText(event.target.value)} />
          {text.trim() ? <Found text={text.trim()} onPick={setPicked} picked={picked} /> : (
            <>
              {tree.error ? <ErrorState error={tree.error} retry={tree.reload} /> : null}
              {tree.loading ? <LoadingState /> : null}
              {!tree.loading && !tree.error && tree.nodes.length === 0 ? <EmptyState title={t.areas.none} text={t.areas.noneHint} /> : null}
              <Tree
                blockNode treeData={tree.nodes} loadData={(node) => tree.load(String(node.key))} selectedKeys={picked ? [picked.code] : []} expandedKeys={tree.expanded} onExpand={(keys) => tree.setExpanded(keys.map(String))}
                onSelect={(_, { node }) => setPicked(tree.find(String(node.key)))}
              />
            </>
          )}
        </section>
        {phone ? null : <section className="areas-detail" aria-label={t.areas.detail}>{detail ?? <EmptyState title={t.areas.detail} text={t.areas.pick} />}</section>}
      </div>
      {phone && detail ? <SidePanel label={t.areas.detail} onClose={() => setPicked(null)}>{detail}</SidePanel> : null}
      {form ? (
        <AreaForm
          {...form} onClose={() => setForm(null)}
          onSaved={(saved) => {
            setForm(null);
            setPicked(saved);
            void tree.refresh(saved);
          }}
        />
      ) : null}
    </div>
  );
}

function Found({ text, picked, onPick }: { text: string; picked: AreaView | null; onPick: (area: AreaView) => void }) {
  const t = useDesk();
  const search = useDebounced(text, 250);
  const { data, error } = useGet('/areas', { query: { search, limit: 100 } }, { keep: true });
  if (!data) return error ? <ErrorState error={error} /> : <LoadingState />;
  return (
    <>
      <p className="muted" role="status">{t.areas.found(data.items.length)}</p>
      <ul className="areas-found">
        {data.items.map((area) => (
          <li key={area.code}><button type="button" aria-pressed={picked?.code === area.code} onClick={() => onPick(area)}>{area.name}<small>{area.code}</small></button></li>
        ))}
      </ul>
    </>
  );
}

function Detail({ area, editable, onAdd, onRename }: { area: AreaView; editable: boolean; onAdd: () => void; onRename: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  return (
    <>
      <PanelHead over={area.code} title={area.name}>{words.areaKind[area.kind]}</PanelHead>
      <div className="panel-sect">
        <Facts items={[[t.areas.code, area.code], [t.areas.parent, area.parent_code], [t.areas.validFrom, day(area.valid_from, lang)], [t.areas.validUntil, area.valid_until ? day(area.valid_until, lang) : t.areas.current]]} />
      </div>
      <div className="panel-acts">
        {editable && area.kind !== 'grid' ? <Button onClick={onAdd}>{t.areas.addUnder(area.name)}</Button> : null}
        {editable ? <Button onClick={onRename}>{t.areas.rename}</Button> : null}
        <Link to={paths.enterprises({ area: area.code })}><Button>{t.areas.enterprisesHere}</Button></Link>
        <Link to={paths.sites({ area: area.code })}><Button>{t.areas.sitesHere}</Button></Link>
      </div>
    </>
  );
}
