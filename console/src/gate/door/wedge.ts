// A reader that types like a keyboard: a line of keys in quick succession, ended by Enter. What a person types by hand is slower.

/** Between two keys of a reader. */
const QUICK_MS = 80;
const LONGEST = 8192;

export class Wedge {
  private text = '';
  private at = 0;

  /** The line that this key ends, if it does. */
  key(key: string, now: number): string | null {
    if (QUICK_MS < now - this.at) this.text = '';
    this.at = now;
    if (key === 'Enter') {
      const line = this.text;
      this.text = '';
      return line === '' ? null : line;
    }
    if (key.length === 1 && this.text.length < LONGEST) this.text += key;
    return null;
  }
}
