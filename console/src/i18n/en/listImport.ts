import type { ListImportStrings } from '../listImport';

export const listImport: ListImportStrings = {
  import: 'Import', of: { enterprises: 'Enterprises', sites: 'Sites', premises: 'Premises', assignments: 'Grid and officers' }, title: { enterprises: 'Import enterprises', sites: 'Import sites', premises: 'Import premises', assignments: 'Import assignments' },
  lead: {
    enterprises: 'Upload XLSX or CSV, columns in any order; enterprises are known by their credit codes. An empty cell leaves what is known. Check first, look, then import. An exported list that was edited can be imported again.',
    sites: 'Upload XLSX or CSV, columns in any order; sites are known by their enterprise’s credit code and their name. New sites are not open yet. Check first, look, then import.',
    premises: 'Upload XLSX or CSV, columns in any order; premises are known by their area and name. Check first, look, then import.',
    assignments: 'Upload XLSX or CSV: login (or name), role, the enterprise’s credit code. They answer from now on; nobody is relieved. Check first, look, then import.',
  },
  template: 'Download template', pick: 'Choose a file', fileHint: 'At most 20,000 rows, 3 MB', check: 'Check', land: (n) => `Import ${n} rows`, sure: 'Import', notYet: 'Not yet',
  consequence: (created, changed, refused) => `${created} new, ${changed} changed, ${refused} returned. Every row is written down in the audit log.`, toList: 'To the list', again: 'Another file',
  tried: 'What would happen; nothing is imported yet', landed: 'Imported', rows: 'Rows in the file', created: 'New', changed: 'Changed', unchanged: 'Unchanged', refused: 'Returned',
  refusedTitle: 'Returned rows', download: 'Download returned rows', line: 'Row', column: 'Column', text: 'Content', problem: 'Reason',
  willTitle: 'What would be new or change', didTitle: 'What is new or changed', name: 'Name', what: 'What', isNew: 'New', from: (column, from, to) => `${column}: ${from} → ${to}`, more: (n) => `${n} more rows are imported along with these.`,
  columns: { name: 'Name', credit_code: 'Credit code', enterprise_code: 'Credit code', area_code: 'Area code', area: 'Area', industry: 'Industry', size_class: 'Size', address: 'Address', kind: 'Kind', officer: 'Officer', lon_deg: 'East', lat_deg: 'North' },
  faults: { required: 'Must be filled in', too_long: 'Too long', cell_error: 'Cannot be read', credit_code_form: 'No credit code (its check digit is wrong)', area_unknown: 'No such area', area_ambiguous: 'Several have this name: write the code', beyond_scope: 'None of yours', industry_form: 'No industry code: write it as C39', size_unknown: 'No such size', kind_unknown: 'No such kind', enterprise_unknown: 'No enterprise of yours has this code', officer_unknown: 'No such officer', officer_ambiguous: 'Several have this name: write the login', officer_full: 'This officer answers for as many as one can', degrees_form: 'No degrees', repeated: 'An earlier row is about the same' },
};
