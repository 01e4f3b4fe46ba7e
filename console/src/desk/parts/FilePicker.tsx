import { FileTextOutlined } from '@ant-design/icons';
import { useId, useState, type ReactNode } from 'react';

interface Props {
  label: string;
  /** As in the file input's `accept`. */
  accept: string;
  onFile: (file: File) => void;
  /** What was chosen, or what may be. */
  children: ReactNode;
  chosen: boolean;
}

/** Choose or drop a file. */
export function FilePicker({ label, accept, onFile, children, chosen }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file) onFile(file);
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
      <input id={id} type="file" accept={accept} onChange={(event) => take(event.target.files?.[0])} />
      <p role={chosen ? 'status' : undefined}>{children}</p>
    </div>
  );
}
