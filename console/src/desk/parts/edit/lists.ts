// Lists as they are edited: each change gives a new list. Pure.

export function replaced<Item>(items: Item[], at: number, item: Item): Item[] {
  return items.map((it, index) => (index === at ? item : it));
}

export function inserted<Item>(items: Item[], at: number, item: Item): Item[] {
  return [...items.slice(0, at), item, ...items.slice(at)];
}

export function without<Item>(items: Item[], at: number): Item[] {
  return items.filter((_, index) => index !== at);
}

/** One place up (-1) or down (1); null where there is no way. */
export function shifted<Item>(items: Item[], at: number, by: -1 | 1): Item[] | null {
  const [one, other] = [items[at], items[at + by]];
  return one === undefined || other === undefined ? null : inserted(without(items, at), at + by, one);
}

/** `department_2`: a name that none of these has yet. */
export function freeName(base: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  let n = 1;
  while (known.has(`${base}_${n}`)) n += 1;
  return `${base}_${n}`;
}
