import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Tree } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { downloadHref, type AreaRisk, type AreaView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useAreaTree } from '../areas/useAreaTree';
import { useGet } from '../data';
import { ExportMenu } from '../parts/ExportMenu';
import { PageHead } from '../parts/PageHead';
import { Facts, PanelHead, SidePanel } from '../parts/SidePanel';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDebounced } from '../parts/useDebounced';
import { usePhone } from '../parts/useMedia';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { SetDialog, TakeBackDialog, type Area } from './dialogs';
import { Level } from './Level';
import { gravestFirst, holdingOf, kindOf } from './model';
import '../areas/areas.css';
import './risks.css';

/** How grave it is, area by area: what was set where, and what follows. */
export function Component() {
  const t = useDesk();
  const { data, error, refetch } = useGet('/area-risks', {});
  if (data) return <Risks set={data.items} />;
  return <div className="page"><PageHead title={t.risks.title} />{error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}</div>;
}

function Risks({ set }: { set: AreaRisk[] }) {
  const t = useDesk();
  const { lang } = useLang();
  const phone = usePhone();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<Area | null>(null);
  const [asking, setAsking] = useState<'set' | 'takeBack' | null>(null);
  const level = useCallback((area: AreaView) => <Held code={area.code} set={set} />, [set]);
  const tree = useAreaTree(level);
  const w = t.risks;
  const own = <OwnList set={set} onPick={setPicked} />;
  const detail = picked ? <Detail area={picked} set={set} onSet={() => setAsking('set')} onTakeBack={() => setAsking('takeBack')} onBack={phone ? null : () => setPicked(null)} /> : null;
  const many = (it: AreaRisk['level']) => number(set.filter((one) => one.level === it).length, lang);
  return (
    <div className="page areas risks">
      <PageHead title={w.title} second={w.lead}><small>{w.counts(many('high'), many('medium'))}</small><Link to={paths.areaRisksImport()}><Button>{t.listImport.import}</Button></Link>{set.length > 0 ? <ExportMenu href={(format) => downloadHref('/area-risks/export', { query: { format, lang } })} text={t.list.export(number(set.length, lang))} /> : null}</PageHead>
      <div className="areas-body">
        <section className="areas-tree" aria-label={w.tree}>
          <Input prefix={<SearchOutlined />} allowClear aria-label={t.areas.search} placeholder={t.areas.search} value={text} onChange={(event) => setText(event.target.value)} />
          {phone && !text.trim() && set.length > 0 ? <details className="risk-own"><summary>{w.ownList}{t.gap}{number(set.length, lang)}</summary>{own}</details> : null}
          {text.trim() ? <Found text={text.trim()} picked={picked} set={set} onPick={setPicked} /> : (
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
        {phone ? null : <section className="areas-detail" aria-label={w.detail}>{detail ?? own}</section>}
      </div>
      {phone && detail ? <SidePanel label={w.detail} onClose={() => setPicked(null)}>{detail}</SidePanel> : null}
      {picked && asking === 'set' ? <SetDialog area={picked} set={set} onClose={() => setAsking(null)} /> : null}
      {picked && asking === 'takeBack' ? <TakeBackDialog area={picked} set={set} onClose={() => setAsking(null)} /> : null}
    </div>
  );
}

function Held({ code, set }: { code: string; set: AreaRisk[] }) {
  const { level, own } = holdingOf(code, set);
  return <Level level={level} own={own} />;
}

function Found({ text, picked, set, onPick }: { text: string; picked: Area | null; set: AreaRisk[]; onPick: (area: Area) => void }) {
  const t = useDesk();
  const search = useDebounced(text, 250);
  const { data, error } = useGet('/areas', { query: { search, limit: 100 } }, { keep: true });
  if (!data) return error ? <ErrorState error={error} /> : <LoadingState />;
  return (
    <>
      <p className="muted" role="status">{t.areas.found(data.items.length)}</p>
      <ul className="areas-found">
        {data.items.map((area) => (
          <li key={area.code}><button type="button" aria-pressed={picked?.code === area.code} onClick={() => onPick(area)}><span>{area.name} <small>{area.code}</small></span><Held code={area.code} set={set} /></button></li>
        ))}
      </ul>
    </>
  );
}

/** What was set, the gravest first. */
function OwnList({ set, onPick }: { set: AreaRisk[]; onPick: (area: Area) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const w = t.risks;
  if (set.length === 0) return <EmptyState title={w.noneOwn} text={w.noneOwnHint} />;
  return (
    <div className="risk-list">
      <h2>{w.ownList}</h2>
      <ul>
        {gravestFirst(set).map((it) => (
          <li key={it.area_code}>
            <button type="button" aria-label={w.show(it.area_name)} onClick={() => onPick({ code: it.area_code, name: it.area_name })}>{it.area_name}</button>
            <Level level={it.level} />
            <small>{it.set_by}{t.gap}{dayTime(it.set_at, lang)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DetailProps { area: Area; set: AreaRisk[]; onSet: () => void; onTakeBack: () => void; onBack: (() => void) | null }

function Detail({ area, set, onSet, onTakeBack, onBack }: DetailProps) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const { level, from, own } = holdingOf(area.code, set);
  const w = t.risks;
  return (
    <>
      <PanelHead over={area.code} title={area.name}>{words.areaKind[kindOf(area.code)]}</PanelHead>
      <div className="panel-sect">
        <Facts
          items={[
            [w.level, <span key="level"><Level level={level} />{t.gap}{own ? w.ownLevel : from ? w.inherits(from.area_name) : w.inheritsNothing}</span>],
            from ? [w.setBy, from.set_by] : null,
            from ? [w.setAt, dayTime(from.set_at, lang)] : null,
          ]}
        />
      </div>
      <div className="panel-acts">
        <Button type="primary" onClick={onSet}>{w.change}</Button>
        {own ? <Button onClick={onTakeBack}>{w.takeBack}</Button> : null}
        {onBack && set.length > 0 ? <Button type="link" onClick={onBack}>{w.ownList}</Button> : null}
      </div>
    </>
  );
}
