// Words of the checklist of visits and its editor.
import type { PhotoNeed } from '../api';
import type { Part } from '../desk/checklists/diff';

export interface ChecklistsStrings {
  title: string; lead: string; byProgram: string; newVersion: string; goOn: string; tabs: Record<'reading' | 'changes', string>; items: (n: string) => string; critical: string; ordinary: string; photos: Record<PhotoNeed, string>; counts: (items: string, critical: string) => string;
  section_added: (title: string) => string; section_removed: (title: string) => string; section_changed: (title: string) => string; item_added: (label: string, section: string) => string; item_removed: (label: string, section: string) => string; item_changed: (label: string) => string; parts: Record<Part, string>; moved: (from: string, to: string) => string;
  edit: {
    title: string; from: (version: number) => string; outline: string; panes: Record<'outline' | 'edit' | 'preview', string>; section: string; item: string; sectionName: string; label: string; addSection: string; addItem: string; addHere: (section: string) => string; keyHint: string; critical: string; criticalHint: string; photo: string; moveTo: string; removeItem: string; removeSection: (n: number) => string; full: string;
    previewTitle: string; previewLead: string; changes: string; nothing: string; publishTitle: (version: number) => string; publishText: string; noteHint: string; published: (version: number) => string;
  };
  faults: { key: string; key_twice: string; empty: string; long: (most: number) => string; sizeWhole: string; sizeSection: string };
}
