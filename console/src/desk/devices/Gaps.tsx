import { get, type SerialGap } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { fullTime, number } from '../../shared/format';
import { PAGE_SIZE, usePages } from '../data';
import { DataTable, type Column } from '../parts/DataTable';
import { EmptyState } from '../parts/states';
import { useDesk } from '../strings';

export function Gaps({ id }: { id: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const list = usePages<SerialGap>(['devices', 'gaps', id], (cursor, signal) => get('/devices/{id}/gaps', { path: { id }, query: { cursor, limit: PAGE_SIZE }, signal }));
  const columns: Column<SerialGap>[] = [
    { key: 'at', title: t.gaps.found, render: (it) => fullTime(it.found_at) },
    { key: 'expected', title: t.gaps.expected, width: 140, align: 'right', render: (it) => number(it.expected, lang) },
    { key: 'got', title: t.gaps.got, width: 140, align: 'right', render: (it) => number(it.got, lang) },
    { key: 'missing', title: t.gaps.missing, width: 140, align: 'right', render: (it) => <b className="warn">{t.gaps.unit(number(it.missing, lang))}</b> },
  ];
  return (
    <div>
      <div className="device-lead"><span>{t.gaps.lead}</span></div>
      <DataTable
        list={list} columns={columns} rowId={(it) => it.id} label={t.devices.tabs.gaps} empty={<EmptyState title={t.gaps.none} text={t.gaps.noneHint} />}
        card={(it) => (
          <>
            <div className="card-line"><b>{fullTime(it.found_at)}</b><b className="warn">{t.gaps.missing} {t.gaps.unit(number(it.missing, lang))}</b></div>
            <div className="card-line"><span>{t.gaps.expected} {it.expected}</span><span>{t.gaps.got} {it.got}</span></div>
          </>
        )}
      />
    </div>
  );
}
