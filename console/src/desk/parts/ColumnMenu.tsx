import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useDesk } from '../strings';
import type { Column } from './DataTable';

interface Props<Item> { columns: Column<Item>[]; hidden: string[]; onChange: (hidden: string[]) => void }

/** Which columns are shown. The first says what a row is, and stays. */
export function ColumnMenu<Item>({ columns, hidden, onChange }: Props<Item>) {
  const t = useDesk();
  const toggle = (key: string, shown: boolean) => onChange(shown ? hidden.filter((it) => it !== key) : [...hidden, key]);
  return (
    <Popover
      trigger="click" placement="bottomRight"
      content={
        <div className="column-menu" role="group" aria-label={t.list.columns}>
          {columns.map((column, at) => (
            <Checkbox key={column.key} disabled={at === 0} checked={at === 0 || !hidden.includes(column.key)} onChange={(event) => toggle(column.key, event.target.checked)}>{column.title}</Checkbox>
          ))}
          <Button type="link" size="small" disabled={hidden.length === 0} onClick={() => onChange([])}>{t.list.allColumns}</Button>
        </div>
      }
    >
      <Button size="small" type="text" icon={<TableOutlined />} className="column-button">{t.list.columns}</Button>
    </Popover>
  );
}
