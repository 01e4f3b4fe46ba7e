// Spreadsheets on Chinese Windows save CSV as GB18030; the server takes UTF-8.

export interface CsvFile { name: string; blob: Blob; encoding: 'utf-8' | 'gb18030'; lines: number }

export async function readCsvFile(file: File): Promise<CsvFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { text, encoding } = decodeCsv(bytes);
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  return { name: file.name, blob: new Blob([text], { type: 'text/csv' }), encoding, lines: Math.max(0, lines - 1) };
}

export function decodeCsv(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'gb18030' } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'gb18030' };
  }
}

/** Hands a text to the user as a file; with a byte order mark, so that spreadsheets read it as UTF-8. */
export function saveText(name: string, text: string): void {
  saveExactly(name, text.startsWith('\ufeff') ? text : `\ufeff${text}`, 'text/csv;charset=utf-8');
}

/** The same, byte for byte. */
export function saveExactly(name: string, text: string, type = 'text/plain;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
