/** Hands a text to the user as a file; with a byte order mark, so that spreadsheets read it as UTF-8. */
export function saveText(name: string, text: string): void {
  saveExactly(name, text.startsWith('\ufeff') ? text : `\ufeff${text}`, 'text/csv;charset=utf-8');
}

/** The same, byte for byte. */
export function saveExactly(name: string, text: string, type = 'text/plain;charset=utf-8'): void {
  saveBlob(name, new Blob([text], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
