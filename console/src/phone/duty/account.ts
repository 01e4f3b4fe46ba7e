// Which account last worked on this phone, for what lies here while nobody can be asked; and whether it still has to be signed out.
const ACCOUNT = 'fugong.duty.account';
const LEAVING = 'fugong.duty.leaving';

export interface DutyAccount { id: string; name: string; login: string }

export function lastAccount(): DutyAccount | null {
  try {
    const it: unknown = JSON.parse(localStorage.getItem(ACCOUNT) ?? 'null');
    return isAccount(it) ? it : null;
  } catch {
    return null;
  }
}

export function rememberAccount(it: DutyAccount): void {
  localStorage.setItem(ACCOUNT, JSON.stringify(it));
  localStorage.removeItem(LEAVING);
}

export function forgetLastAccount(): void {
  localStorage.removeItem(ACCOUNT);
}

/** She signed out while the server could not be told: it is, as soon as it can be. */
export function isLeaving(): boolean {
  return localStorage.getItem(LEAVING) !== null;
}

export function setLeaving(on: boolean): void {
  if (on) localStorage.setItem(LEAVING, '1');
  else localStorage.removeItem(LEAVING);
}

function isAccount(it: unknown): it is DutyAccount {
  return typeof it === 'object' && it !== null && 'id' in it && typeof it.id === 'string' && 'name' in it && typeof it.name === 'string' && 'login' in it && typeof it.login === 'string';
}
