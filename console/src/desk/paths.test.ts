import { describe, expect, it } from 'vitest';
import { paths, patterns, safeNext, withQuery } from './paths';

describe('paths', () => {
  it('leaves empty filters out of the address', () => {
    expect(withQuery('/sites', { search: '', kind: 'factory', area: undefined, open: null })).toBe('/sites?kind=factory');
    expect(paths.enterprises()).toBe('/enterprises');
  });

  it('escapes what a user can type', () => {
    expect(paths.enterprises({ search: '江滨 & 电子' })).toBe('/enterprises?search=%E6%B1%9F%E6%BB%A8+%26+%E7%94%B5%E5%AD%90');
    expect(paths.person('per_a/b')).toBe('/people/per_a%2Fb');
  });

  it('builds every address', () => {
    expect({
      signIn: paths.signIn('/alarms?open=alm_1'),
      signInHome: paths.signIn('/'),
      invite: paths.invite('t0'),
      device: paths.device('dev_1'),
      journal: paths.device('dev_1', 'journal'),
      setup: paths.deviceSetup('dev_1'),
      person: paths.person('per_1', { purpose: 'trace' }),
      personNew: paths.personNew({ site_id: 'site_1' }),
      importJob: paths.peopleImport('imp_1'),
      alarms: paths.alarms({ state: 'raised', open: 'alm_1' }),
    }).toMatchInlineSnapshot(`
      {
        "alarms": "/alarms?state=raised&open=alm_1",
        "device": "/devices/dev_1",
        "importJob": "/people/imports/imp_1",
        "invite": "/invite/t0",
        "journal": "/devices/dev_1?tab=journal",
        "person": "/people/per_1?purpose=trace",
        "personNew": "/people/new?site_id=site_1",
        "setup": "/devices/dev_1/setup",
        "signIn": "/sign-in?next=%2Falarms%3Fopen%3Dalm_1",
        "signInHome": "/sign-in",
      }
    `);
  });

  it('has no two routes with one address', () => {
    const all = Object.values(patterns);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('safeNext', () => {
  it('returns to pages of this console only', () => {
    expect(safeNext('/people/per_1?purpose=trace')).toBe('/people/per_1?purpose=trace');
    expect(safeNext('//evil.example')).toBe('/');
    expect(safeNext('/\\evil.example')).toBe('/');
    expect(safeNext('https://evil.example')).toBe('/');
    expect(safeNext('/sign-in?next=/')).toBe('/');
    expect(safeNext(null)).toBe('/');
  });
});
