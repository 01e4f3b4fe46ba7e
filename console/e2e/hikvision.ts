// Bodies as a Hikvision terminal pushes them: same fields, same odd spellings (reference: protocols/hikvision).
import type { Ready } from './instance';

type Device = Ready['devices'][number];
export interface Passing {
  /** Nobody the terminal knows, when absent. */
  employee_no?: string;
  temperature?: number;
  mask?: 'yes' | 'no' | 'unknown';
  /** false: sent again later. */
  live?: boolean;
  at?: Date;
}

let eventNo = 500;

export function faceEvent(device: Pick<Device, 'serial' | 'mac'>, passing: Passing = {}): string {
  eventNo += 1;
  const { employee_no, temperature = 36.4, mask = 'yes', live = true, at = new Date() } = passing;
  return JSON.stringify({
    ipAddress: '192.0.2.31', macAddress: device.mac, channelID: 1, dateTime: chinaTime(at), activePostCount: 1, eventType: 'AccessControllerEvent',
    eventState: 'active', eventDescription: 'Access Controller Event', shortSerialNumber: device.serial,
    AccessControllerEvent: {
      deviceName: 'Gate 1', majorEventType: 5, subEventType: employee_no === undefined ? 76 : 75,
      ...(employee_no === undefined ? {} : { name: `P-${employee_no}`, employeeNoString: employee_no }),
      cardReaderNo: 1, doorNo: 1, serialNo: eventNo, frontSerialNo: eventNo - 1, userType: 'normal', currentVerifyMode: 'faceOrFpOrCardOrPw', currentEvent: live, mask,
      thermometryUnit: 'celsius', currTemperature: temperature, isAbnomalTemperature: false, picturesNumber: 0, purePwdVerifyEnable: true,
      FaceRect: { height: 0.31, width: 0.18, x: 0.45, y: 0.41 },
    },
  });
}

/** `2026-03-02T07:52:11+08:00`, as a terminal in China writes it. */
function chinaTime(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
