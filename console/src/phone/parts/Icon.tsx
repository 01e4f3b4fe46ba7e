const PATHS = {
  today: 'M4 11.5 12 4l8 7.5V20h-5.5v-5h-5v5H4z',
  mine: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5a7.5 7.5 0 0 1 15 0',
  pass: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2.5M14 20h2.5M20 20v-.5',
  firm: 'M4 20V6l8-3v17M12 9l8 2.5V20M2.5 20h19M8 9v.01M8 13v.01M8 17v.01M16 14.5v.01M16 17.5v.01',
  call: 'M6 3.5h3.5l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2 4.5 1.5V18a2.5 2.5 0 0 1-2.5 2.5A15.5 15.5 0 0 1 3.5 6 2.5 2.5 0 0 1 6 3.5',
  camera: 'M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7',
  send: 'M4 12 20 4l-5 16-3.5-6.5z',
  next: 'M9 6l6 6-6 6',
  back: 'M15 6l-6 6 6 6',
  training: 'M3 5.5c3-1 6-.8 9 1 3-1.8 6-2 9-1V19c-3-1-6-.8-9 1-3-1.8-6-2-9-1zM12 6.5V20',
  late: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5.5l3.5 2',
  cross: 'M6 6l12 12M18 6 6 18',
  question: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .6-1.5 1.2-1.5 2.3M12 18h.01',
  play: 'M8 5v14l11-7z',
  pause: 'M8 5v14M16 5v14',
  more: 'M12 5v14M5 12h14',
  less: 'M5 12h14',
  done: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4 21 20H3zM12 10v5M12 17.5h.01',
  offline: 'M4 4l16 16M3 9a13 13 0 0 1 4.5-2.8M11 5.3A13 13 0 0 1 21 9M6.5 12.7a8 8 0 0 1 4-2.1M9.7 16.2a3.5 3.5 0 0 1 4.6 0M12 19.5h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return <svg className="m-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={PATHS[name]} /></svg>;
}
