import { describe, expect, it } from 'vitest';
import type { ImportTable } from '../../api';
import { faultsOf, layoutOf, withColumn } from './importJobs';

const TABLE: ImportTable = {
  sheets: [{ name: '花名册', rows: 3 }], sheet: 0, line: 2, first: [],
  headings: [{ position: 0, text: '姓名', samples: [] }, { position: 1, text: '电话', samples: [] }, { position: 2, text: '备注', samples: [] }],
  columns: [{ name: 'name', needed: true, position: 0 }, { name: 'phone', needed: true, position: null }, { name: 'team', needed: false, position: null }],
};

describe('a layout', () => {
  it('begins with what was recognised', () => {
    expect(layoutOf(TABLE)).toEqual({ sheet: 0, line: 2, columns: { name: 0 } });
  });

  it('says what it lacks, what it reads twice and what it leaves', () => {
    const layout = layoutOf(TABLE);
    expect(faultsOf(TABLE, layout)).toEqual({ lacking: ['phone'], twice: null, unread: [1, 2] });
    expect(faultsOf(TABLE, withColumn(layout, 'phone', 0)).twice).toBe(0);
    expect(faultsOf(TABLE, withColumn(layout, 'phone', 1))).toEqual({ lacking: [], twice: null, unread: [2] });
  });

  it('drops a column that is not there', () => {
    expect(withColumn(layoutOf(TABLE), 'name', null).columns).toEqual({});
  });
});
