import type { EditingStrings } from '../editing';

const s = (n: number) => (n === 1 ? '' : 's');

export const editing: EditingStrings = {
  undo: 'Undo', redo: 'Redo', publish: 'Publish', keys: 'Alt+↑ ↓ moves, Ctrl+Z undoes, Ctrl+Shift+Z redoes', clean: 'Nothing changed yet', kept: 'The draft is kept in this browser and not published yet', faults: (n) => `${n} thing${s(n)} to mend`, faultList: 'To be mended', sound: 'Sound: it can be published', checking: 'Checking…', uncheckable: 'It cannot be checked now; look at the network', untitled: '(no title)', faultsAt: (n) => `${n} to mend`,
  up: 'Up', down: 'Down', upOf: (what) => `Move “${what}” up`, downOf: (what) => `Move “${what}” down`, remove: 'Remove', removeOf: (what) => `Remove “${what}”`, removeTitle: (what) => `Remove “${what}”`, zh: 'Chinese', en: 'English', key: 'Key', addText: (what) => `Add: ${what.toLowerCase()}`, dropText: (what) => `Drop: ${what.toLowerCase()}`, inBoth: (what, lang) => `${what} (${lang})`,
  leaveTitle: 'The new version is not published', leaveText: 'The draft stays in this browser; within a day you can come back and go on.', leave: 'Leave', stay: 'Stay', discard: 'Discard the draft', discardTitle: 'Discard this draft', discardText: 'What was not published is lost for good. The version in force stays as it is.', discarded: 'Draft discarded', note: 'What changed and why', nothingNew: 'Nothing changed: there is nothing to publish',
  stale: 'Somebody has just published a version', staleHint: 'What you changed is still here. Begin again from the newest version, or publish yours after it.', staleTake: 'Use the newest version', staleMine: 'Keep mine',
};
