// What was moved between two orders of the same things. Pure.

/** The fewest things of both that must be moved to turn one order into the other. */
export function outOfOrder(before: { key: string }[], after: { key: string }[]): string[] {
  const was = new Map(before.map((it, at) => [it.key, at]));
  const common = after.flatMap(({ key }) => (was.has(key) ? [{ key, at: was.get(key) ?? 0 }] : []));
  // The longest run that kept its order: for each, the best that ends in it and what comes before.
  const runs: { length: number; from: number }[] = [];
  common.forEach((it, index) => {
    let best = { length: 1, from: -1 };
    for (let earlier = 0; earlier < index; earlier += 1) {
      const [one, run] = [common[earlier], runs[earlier]];
      if (one && run && one.at < it.at && best.length <= run.length) best = { length: run.length + 1, from: earlier };
    }
    runs.push(best);
  });
  const stayed = new Set<number>();
  let at = runs.reduce((best, run, index) => ((runs[best]?.length ?? 0) < run.length ? index : best), 0);
  while (at >= 0 && runs[at]) {
    stayed.add(at);
    at = runs[at]?.from ?? -1;
  }
  return common.filter((_, index) => !stayed.has(index)).map((it) => it.key);
}
