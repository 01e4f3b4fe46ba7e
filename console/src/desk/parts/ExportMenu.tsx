import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useDesk } from '../strings';

export type ListFormat = 'xlsx' | 'csv';

interface Props { href: (format: ListFormat) => string; text: string; small?: boolean; disabled?: boolean }

/** A button that asks what the file is to be. The browser streams it, however long it is. */
export function ExportMenu({ href, text, small = false, disabled = false }: Props) {
  const t = useDesk();
  const items = (['xlsx', 'csv'] as const).map((format) => ({ key: format, label: <a href={href(format)} download>{t.list.exportAs[format]}</a> }));
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" disabled={disabled}>
      <Button size={small ? 'small' : undefined} icon={<DownloadOutlined />} aria-haspopup="menu" disabled={disabled}>{text}</Button>
    </Dropdown>
  );
}
