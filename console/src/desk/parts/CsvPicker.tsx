import { FileTextOutlined } from '@ant-design/icons';
import { useId, useState } from 'react';
import { useDesk } from '../strings';
import { readCsvFile, type CsvFile } from './csvFile';

interface Props { value: CsvFile | null; onChange: (file: CsvFile | null) => void; label: string }

/** Choose or drop a CSV file. */
export function CsvPicker({ value, onChange, label }: Props) {
  const t = useDesk();
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file) void readCsvFile(file).then(onChange);
  };
  return (
    <div
      className={over ? 'csv-drop over' : 'csv-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <FileTextOutlined aria-hidden />
      <label htmlFor={id}>{label}</label>
      <input id={id} type="file" accept=".csv,text/csv" onChange={(event) => take(event.target.files?.[0])} />
      {value ? <p role="status">{t.csv.chosen(value.name, value.lines)}{value.encoding === 'gb18030' ? t.csv.converted : ''}</p> : <p>{t.csv.hint}</p>}
    </div>
  );
}
