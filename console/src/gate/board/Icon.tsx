const PATHS = {
  online: 'M3 9a13 13 0 0 1 18 0M6.5 12.7a8 8 0 0 1 11 0M9.7 16.2a3.5 3.5 0 0 1 4.6 0M12 19.5h.01',
  offline: 'M4 4l16 16M3 9a13 13 0 0 1 4.5-2.8M11 5.3A13 13 0 0 1 21 9M6.5 12.7a8 8 0 0 1 4-2.1M9.7 16.2a3.5 3.5 0 0 1 4.6 0M12 19.5h.01',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  keyboard: 'M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 15h8',
  thermometer: 'M10 14V5a2 2 0 0 1 4 0v9a4 4 0 1 1-4 0M12 9v7',
  swap: 'M4 8h14l-4-4M20 16H6l4 4',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  muted: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  menu: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5',
  backspace: 'M9 6h11v12H9l-5.5-6zM12 9.5l5 5M17 9.5l-5 5',
  close: 'M6 6l12 12M18 6L6 18',
  tablet: 'M6 3h12v18H6zM11 18h2',
  visitor: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20a6 6 0 0 1 9.5-4.9M14 20v-4l1.5-3h5L22 16v4zM14 17h8',
  upload: 'M12 16V5M7.5 9.5 12 5l4.5 4.5M5 19h14',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="g-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
