// Rules for secrets people choose, checked as they type; the server checks again.
export type PasswordProblem = 'short' | 'long' | 'same' | 'login';
export type PinProblem = 'digits' | 'simple';

export function passwordProblem(password: string, login: string): PasswordProblem | null {
  const characters = [...password];
  if (characters.length < 12) return 'short';
  if (characters.length > 128) return 'long';
  if (new Set(characters).size < 4) return 'same';
  if (login.length >= 4 && password.toLowerCase().includes(login.toLowerCase())) return 'login';
  return null;
}

export function pinProblem(pin: string): PinProblem | null {
  if (!/^\d{6,12}$/.test(pin)) return 'digits';
  const steps = new Set<number>();
  for (let at = 1; at < pin.length; at += 1) steps.add(pin.charCodeAt(at) - pin.charCodeAt(at - 1));
  // 111111, 123456, 987654
  return steps.size === 1 && Math.abs([...steps][0] ?? 9) <= 1 ? 'simple' : null;
}
