import { describe, expect, it } from 'vitest';
import { localRow } from './rows';
import { initialState, openAgainstVerdict, reduce, visibleRows } from './state';
import type { BoardAction, BoardState } from './state';
import { board, manualEntry, rosterEntry, screening } from './testing';
import type { AlarmView, ScreeningView } from './wire';

const now = Date.parse('2020-02-17T00:10:05Z');
const gate = { id: 'gate_1', name: '1 号门', site_id: 'site_1', site_name: '江滨电子' };
const loaded = reduce(initialState(gate, null), { type: 'board', board: board({ server_time: '2020-02-17T00:10:05Z' }), now });
const event = (part: Partial<ScreeningView>, own = false): BoardAction => ({ type: 'screening', view: screening(part), now, own });
const play = (state: BoardState, ...actions: BoardAction[]) => actions.reduce(reduce, state);

describe('a verdict from the feed', () => {
  it('is shown big and steps the texture', () => {
    const state = play(loaded, event({ id: 'scr_1' }), event({ id: 'scr_2', outcome: 'correct', reasons: ['mask_missing'] }));
    expect(state.current).toMatchObject({ key: 'scr_2', outcome: 'correct' });
    expect(state.step).toBe(2);
  });
  it('is announced once, though it comes as an answer and from the feed', () => {
    const state = play(loaded, event({ id: 'scr_1' }, true), event({ id: 'scr_1' }));
    expect(state.step).toBe(1);
    expect(state.rows).toHaveLength(1);
  });
  it('only goes in the list when it is a replay', () => {
    const state = play(loaded, event({ live: false }));
    expect(state.current).toBeNull();
    expect(visibleRows(state)).toHaveLength(1);
  });
  it('only goes in the list when it comes late, as in a catch-up', () => {
    const state = play(loaded, event({ received_at: '2020-02-17T00:05:00Z' }));
    expect(state.current).toBeNull();
    expect(state.rows).toHaveLength(1);
  });
  it('is judged by the server’s clock, not the tablet’s', () => {
    const wrong = reduce(initialState(gate, null), { type: 'board', board: board({ server_time: '2020-02-17T00:10:05Z' }), now: now + 3_600_000 });
    expect(reduce(wrong, { type: 'screening', view: screening(), now: now + 3_600_000, own: false }).current).not.toBeNull();
  });
  it('of another lane is not shown at this one', () => {
    const state = play({ ...loaded, lane: 2 }, event({ lane: 1 }));
    expect(state.current).toBeNull();
    expect(visibleRows(state)).toEqual([]);
  });
  it('that is changed by a supervisor is a new verdict', () => {
    const override = { outcome: 'admit', reason: '核对过证件', by: 'a', supervisor: 'b', at: '2020-02-17T00:10:04Z' } as const;
    const state = play(loaded, event({ outcome: 'hold', reasons: ['outside_shift'] }), event({ outcome: 'admit', reasons: ['outside_shift'], override }));
    expect(state.current).toMatchObject({ outcome: 'admit', overridden: 'admit' });
    expect(state.step).toBe(2);
  });
});

describe('who waits aside', () => {
  const held = event({ id: 'scr_1', outcome: 'hold', reasons: ['fever_suspected'] });
  it('is held now, and not by a replay', () => {
    expect(play(loaded, held).waiting).toHaveLength(1);
    expect(play(loaded, event({ outcome: 'hold', live: false })).waiting).toEqual([]);
  });
  it('waits since the first reading, on one line', () => {
    const state = play(loaded, held, event({ id: 'scr_2', outcome: 'hold', reasons: ['fever_suspected'], received_at: '2020-02-17T00:10:04Z' }));
    expect(state.waiting).toMatchObject([{ key: 'scr_2', received_at: '2020-02-17T00:10:00Z' }]);
  });
  it('goes when the clinical reading decides', () => {
    const clinical = { temperature_c: 36.8, by: 'a', at: '2020-02-17T00:10:04Z', fever: false };
    expect(play(loaded, held, event({ id: 'scr_1', outcome: 'admit', reasons: ['clinical_cleared'], clinical })).waiting).toEqual([]);
  });
  it('goes when the person is admitted at a terminal', () => {
    expect(play(loaded, held, event({ id: 'scr_2' })).waiting).toEqual([]);
  });
  it('stays when an old reading of the person is replayed', () => {
    expect(play(loaded, held, event({ id: 'scr_0', live: false })).waiting).toHaveLength(1);
  });
});

describe('an entry made while the server was away', () => {
  const entry = manualEntry('k1', { employee_no: 'E1002' });
  const local: BoardAction = { type: 'local', row: localRow(entry, 'hold', ['fever_suspected'], rosterEntry({ employee_no: 'E1002' })), now };
  it('is shown and waits like any other', () => {
    const state = play(loaded, local);
    expect(state.current?.outcome).toBe('hold');
    expect(state.waiting).toHaveLength(1);
  });
  it('becomes the server’s row without being announced again', () => {
    const view = screening({ id: 'scr_9', live: false, outcome: 'hold', reasons: ['fever_suspected'] });
    const state = play(loaded, local, { type: 'stored', client_key: 'k1', view }, { type: 'screening', view, now, own: false });
    expect(state.step).toBe(1);
    expect(state.rows.map((it) => it.key)).toEqual(['scr_9']);
    expect(state.waiting.map((it) => it.key)).toEqual(['scr_9']);
  });
  it('is one row when the feed is faster than the answer', () => {
    const view = screening({ id: 'scr_9', live: false, outcome: 'hold', reasons: ['fever_suspected'] });
    const state = play(loaded, local, { type: 'screening', view, now, own: false }, { type: 'stored', client_key: 'k1', view });
    expect(state.rows.map((it) => it.key)).toEqual(['scr_9']);
    expect(state.step).toBe(1);
  });
  it('outlives a refresh of the board', () => {
    const state = play(loaded, local, { type: 'board', board: board(), now });
    expect(state.rows).toHaveLength(1);
    expect(state.waiting).toHaveLength(1);
  });
});

describe('entered against the verdict', () => {
  const alarm: AlarmView = {
    id: 'alm_1', kind: 'entered_against_verdict', severity: 'critical', state: 'raised', level: 'gate', site_id: null, site_name: null, gate_id: 'gate_1', gate_name: null,
    device_id: null, person_id: null, screening_id: 'scr_1', count: 1, first_raised_at: '2020-02-17T00:10:00Z', last_raised_at: '2020-02-17T00:10:00Z',
    acknowledged_at: null, acknowledged_by: null, closed_at: null,
  };
  it('names the person until somebody says they are on it', () => {
    const state = play(loaded, event({ id: 'scr_1', outcome: 'hold', against_verdict: true }), { type: 'alarm', alarm });
    expect(openAgainstVerdict(state)).toMatchObject([{ row: { masked_name: '林*芳' } }]);
    expect(openAgainstVerdict(play(state, { type: 'alarm', alarm: { ...alarm, state: 'acknowledged' } }))).toEqual([]);
  });
});
