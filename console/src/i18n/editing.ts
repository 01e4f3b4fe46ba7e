// Words that every editor of versioned documents shares.
export interface EditingStrings {
  undo: string; redo: string; publish: string; keys: string; clean: string; kept: string; faults: (n: number) => string; faultList: string; sound: string; checking: string; uncheckable: string; untitled: string; faultsAt: (n: number) => string;
  up: string; down: string; upOf: (what: string) => string; downOf: (what: string) => string; remove: string; removeOf: (what: string) => string; removeTitle: (what: string) => string; zh: string; en: string; key: string; addText: (what: string) => string; dropText: (what: string) => string; inBoth: (what: string, lang: string) => string;
  leaveTitle: string; leaveText: string; leave: string; stay: string; discard: string; discardTitle: string; discardText: string; discarded: string; note: string; nothingNew: string;
  stale: string; staleHint: string; staleTake: string; staleMine: string;
}
