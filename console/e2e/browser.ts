// How the browser is started, for journeys and for pictures. It speaks to loopback and to nothing else.
import type { PlaywrightTestConfig } from '@playwright/test';

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };
/** The smallest phone that still has to do. */
export const smallPhone = { width: 360, height: 640 };

export const use: PlaywrightTestConfig['use'] = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  actionTimeout: 10_000,
  screenshot: 'only-on-failure',
  trace: 'retain-on-failure',
  launchOptions: {
    executablePath: process.env.FUGONG_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      // A fake microphone and camera: the gate's scanner asks for one.
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ],
  },
};

export const projects: NonNullable<PlaywrightTestConfig['projects']> = [
  { name: 'desktop', use: { viewport: desktop } },
  // What people do on a phone; the rest is desk work.
  { name: 'phone', grep: /@phone/, use: { viewport: phone, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
];
