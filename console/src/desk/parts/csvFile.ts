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
