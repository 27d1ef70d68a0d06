import Bowser from 'bowser';
import type { Origin } from '../domain/account/events.ts';
import type { Device } from './pages/device-text.ts';

/** What a browser said of itself, in words; nothing is looked up anywhere. */
export function deviceOf({ ip, userAgent }: Origin): Device {
  if (!userAgent) return { ip };
  const { browser, os } = Bowser.parse(userAgent);
  return { browser: browser.name || undefined, system: os.name || undefined, ip };
}
