import type { ReopeningWords } from './reopening';

export const reopeningEn: ReopeningWords = {
  title: 'Reopened enterprises', lead: 'Enterprises and sites that may reopen, as it stands now.', search: 'Name, credit code or number', searchHint: 'Part of the name is enough', find: 'Search', none: 'Nothing found', noneHint: 'This enterprise may not reopen yet, or the name is another.', found: 'Enterprises found', since: (day) => `since ${day}`,
  verify: {
    title: 'Check a certificate of reopening', filed: 'Filed', filedHint: 'This enterprise has filed its reopening as the rules say; it may work now.', whitelist: 'Whitelist', batch: (category, n) => `${category}, batch ${n}`, approved: 'It holds', approvedHint: 'This certificate holds now.', suspended: 'Suspended', suspendedHint: 'Reopening is suspended; no work for now.', revoked: 'Revoked', revokedHint: 'The approval was taken back; no work here.', unknown: 'Not found', unknownHint: 'There is no such certificate, or nothing is approved yet.',
    number: 'Number', enterprise: 'Enterprise', area: 'Area', sites: 'Sites', since: 'Since', list: 'Look for others', checked: (at) => `Checked at ${at}`,
  },
};
