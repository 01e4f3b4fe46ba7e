/** What was typed as a body's temperature: "36.5", "36,5", full-width digits; null when no body has it. */
export function readTemperature(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(',', '.').replace(/\s*[℃°].*$/, '');
  if (!/^\d{2}(\.\d{1,2})?$/.test(plain)) return null;
  const value = Number(plain);
  return 30 <= value && value <= 45 ? value : null;
}
