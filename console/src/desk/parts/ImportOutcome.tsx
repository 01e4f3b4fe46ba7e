import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { RefusedFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { saveRefused } from './refusedFile';

interface Words { refusedTitle: string; download: string; line: string; column: string; text: string; problem: string }
interface RefusedRow { line: number; column: string; text: string; problem: string }

interface Props {
  title: string;
  /** Label, value, and whether it is bad. */
  figures: [string, number, boolean][];
  words: Words;
  refused: RefusedRow[];
  back: RefusedFile | null;
  children?: ReactNode;
}

/** What a file of rows comes to: sums, and the rows that go back with their reasons. */
export function ImportOutcome({ title, figures, words: w, refused, back, children }: Props) {
  const { lang } = useLang();
  return (
    <div className="import-outcome">
      <div role="status">
        <p><b>{title}</b></p>
        <dl className="report-sums">{figures.map(([label, value, bad]) => <div key={label} className={bad ? 'bad' : ''}><dt>{label}</dt><dd>{number(value, lang)}</dd></div>)}</dl>
      </div>
      {refused.length > 0 ? (
        <>
          <h2>{w.refusedTitle} {back ? <Button size="small" onClick={() => saveRefused(back)}>{w.download}</Button> : null}</h2>
          <div className="scroll-x">
            <table className="plain-table">
              <thead><tr><th>{w.line}</th><th>{w.column}</th><th>{w.text}</th><th>{w.problem}</th></tr></thead>
              <tbody>{refused.map((it) => <tr key={it.line}><td>{it.line}</td><td>{it.column}</td><td>{it.text || '—'}</td><td>{it.problem}</td></tr>)}</tbody>
            </table>
          </div>
        </>
      ) : null}
      {children}
    </div>
  );
}
