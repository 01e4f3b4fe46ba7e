// Several codes with commas between them, in words.
export function named(words: Record<string, string>, codes: string | undefined, between: string): string {
  return (codes ?? '').split(',').map((it) => words[it] ?? it).join(between);
}
