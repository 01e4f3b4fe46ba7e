import type { DeviceSecret } from '../../api';

// The set-up sheet holds a secret the server shows once. It lives in this page's memory only:
// not in the address, not in the history, not in storage.
const secrets = new Map<string, DeviceSecret>();

export function keepSecret(secret: DeviceSecret): void {
  secrets.set(secret.device.id, secret);
}

export function findSecret(deviceId: string): DeviceSecret | null {
  return secrets.get(deviceId) ?? null;
}

export function dropSecret(deviceId: string): void {
  secrets.delete(deviceId);
}
