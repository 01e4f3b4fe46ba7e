import type { ShiftPlanStrings } from '../shifts';

const needs = (needed: number, given: number) => `need ${needed} minutes and have ${given}`;

export const shiftPlan: ShiftPlanStrings = {
  title: 'Shift plan', lead: 'From headcounts, gates and canteen: start times by which no queue is too long and different teams meet least.', states: { draft: 'Not computed', waiting: 'Waiting', solving: 'Computing', solved: 'Computed', impossible: 'Cannot hold', not_found: 'Nothing found', stopped: 'Stopped' }, progress: (percent) => `Computing ${percent}%`, givens: 'What is given', teams: 'Teams', gates: 'Gates', limits: 'Limits',
  team: 'Team', post: 'Post', people: 'People', earliest: 'Earliest start', latest: 'Latest start', work: 'On site (min)', breakLength: 'Break (min)', breakFrom: 'Break from (min after start)', breakUntil: 'Break until (min after start)', usesGates: 'Gates it may use', together: 'Not to be parted from', allGates: 'All gates',
  addTeam: 'Add a team', remove: (name) => `Remove ${name}`, paste: 'Paste from a spreadsheet', pasteHint: 'One team a row: team, post, people, earliest start, latest start, separated by tabs.', pasteTake: 'Take them', pasted: (n) => `${n} teams taken`,
  gate: 'Gate', way: 'Way', ways: { in: 'in', out: 'out', both: 'both' }, lanes: 'Lanes', perMinute: 'People a minute and lane', addGate: 'Add a gate',
  slot: 'Grid (min)', days: 'Days', gateWait: 'Longest wait at gates (min)', arrival: 'Arrivals spread over (min)', leaving: 'Departures spread over (min)', changing: 'Changing (min)', canteen: 'Breaks are in a canteen', seats: 'Seats', counter: 'Served a minute', counterWait: 'Longest wait at the counter (min)', minutes: 'min',
  save: 'Save', saved: 'Saved', run: 'Compute', stop: 'Stop computing', reload: 'Read again', unsaved: 'Changes are not saved', noTeams: 'No teams yet. Add one, or paste them from a spreadsheet.',
  result: 'Result', noResult: 'Once computed, the hours of each team appear here.', start: 'Start', end: 'End', pause: 'Break', earlier: (team) => `${team}: one slot earlier`, later: (team) => `${team}: one slot later`, keepStarts: 'Save the changes', dropStarts: 'Drop the changes', changed: (n) => `${n} teams moved`, startOf: (team) => `Start of ${team}`, byHand: 'changed by hand', outside: 'outside the time given',
  queueOf: (gate) => `Queue at ${gate}`, queueCounter: 'Queue at the counter', planned: 'This plan', eight: 'Everybody at eight', queueLabel: (gate, planned, eight) => `${gate}: at most ${planned} people by this plan, ${eight} with everybody at eight`, limit: (people) => `limit ${people}`,
  figures: 'Against everybody at eight', longest: 'Longest wait', mean: 'Mean wait at gates', p95: 'Nineteen of twenty wait at most', peak: 'Longest queue', mixed: 'With people of other teams', pairs: 'The same in pairs', strangers: 'Most people of other teams at once', canteenPeak: 'Most people in the canteen', overflow: 'Without a seat', broken: 'too long', holds: 'holds', unit: { min: 'min', people: 'people', personMin: 'person-min', pairMin: 'pair-min' },
  proved: 'Proved: no plan is better.', bound: (bound, found) => `Any plan has at least ${bound} pair-minutes, this one ${found}; that it is the best is not proved.`, cutOff: 'The solver stopped at its limit.', took: (seconds) => `Took ${seconds} s`,
  hindrances: 'What cannot hold', nothingFound: 'Nothing that holds was found in the time; that nothing exists is not proved. Below is the nearest.',
  hindrance: (it, from, until) => {
    const who = it.teams.length > 3 ? `${it.teams.slice(0, 3).join(', ')} and ${it.teams.length - 3} more teams` : it.teams.join(', ');
    switch (it.kind) {
      case 'no_common_time': return `${who} cannot be parted and have no time in common. Change their starts or breaks.`;
      case 'together': return 'Each limit can hold, all together cannot. Widen the starts, add lanes or seats, or allow a longer wait.';
      case 'seats': return `From ${from} to ${until}, ${it.people} people of ${who} eat and there are ${it.capacity} seats. It takes ${it.enough ?? 0} seats, or more time for breaks.`;
      case 'counter': return `The counter serves ${it.capacity} a minute; ${it.people} people of ${who} ${needs(it.minutes_needed, it.minutes_given)}. Part their breaks, or serve ${it.enough ?? 0} a minute.`;
      default: return `${it.gate ?? ''} lets ${it.capacity} a minute through; from ${from} to ${until} ${it.people} people of ${who} ${needs(it.minutes_needed, it.minutes_given)} with the allowed wait. Widen the time, or open ${it.enough ?? 0} lanes.`;
    }
  },
  enforce: 'Put in force', enforceTitle: 'Put this plan in force', enforceText: (windows) => `From now on, people who are in these teams on the roster come in by the hours of the plan; outside of them the gate says “outside shift”. ${windows} shifts. Nobody else is affected.`, enforceBroken: 'This plan breaks a limit.', enforced: 'The plan is in force', inForce: (by, at) => `Put in force ${at} by ${by}`, notInForce: 'No plan is in force', older: 'Earlier times are in force.', withdraw: 'Take back', withdrawTitle: 'Take the plan back', withdrawText: 'The hours of teams end; other shifts of the site stay as they are.', withdrawn: 'Taken back',
  xlsx: 'Download XLSX', csv: 'Download CSV', toSite: 'Site',
};
