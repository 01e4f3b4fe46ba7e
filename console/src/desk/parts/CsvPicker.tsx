import { useDesk } from '../strings';
import { readCsvFile, type CsvFile } from './csvFile';
import { FilePicker } from './FilePicker';

interface Props { value: CsvFile | null; onChange: (file: CsvFile | null) => void; label: string }

/** Choose or drop a CSV file. */
export function CsvPicker({ value, onChange, label }: Props) {
  const t = useDesk();
  const take = (file: File) => void readCsvFile(file).then(onChange);
  return (
    <FilePicker label={label} accept=".csv,text/csv" onFile={take} chosen={value !== null}>
      {value ? <>{t.csv.chosen(value.name, value.lines)}{value.encoding === 'gb18030' ? t.csv.converted : ''}</> : t.csv.hint}
    </FilePicker>
  );
}
