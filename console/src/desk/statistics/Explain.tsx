import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import type { Figure } from '../../api';
import { useGet } from '../data';
import { useDesk } from '../strings';

/** What a figure counts, from what, as of when: behind a button that a keyboard reaches. */
export function Explain({ figure, asOf }: { figure: Figure; asOf: string | null }) {
  const w = useDesk().statistics;
  const { data } = useGet('/statistics/figures', {}, { staleTime: Infinity });
  const source = data?.find((it) => it.figure === figure)?.source as keyof typeof w.source | undefined;
  const content = (
    <div className="statistic-explained" role="note">
      <p>{w.explained[figure]}</p>
      {source ? <p>{w.from_(w.source[source])}</p> : null}
      {asOf ? <p>{w.asOf(asOf)}</p> : null}
    </div>
  );
  return (
    <Popover trigger="click" content={content}>
      <Button type="text" size="small" className="statistic-why" icon={<QuestionCircleOutlined />} aria-label={w.explain(w.figure[figure])} />
    </Popover>
  );
}
