import { wayText, type Way } from './device-text.ts';

export const sessionsText = {
  title: 'Sessions',
  lead: 'Each line is a browser that holds a key to your account. End the ones you do not know, then change your password.',
  thisOne: 'This browser',
  method: (way: Way) => `Signed in with ${wayText(way)}`,
  started: 'Started',
  lastSeen: 'Last seen',
  address: 'Address',
  end: 'End session',
  endOf: (device: string) => `End session of ${device}`,
  endOthers: 'End all other sessions',
  onlyThis: 'No other session is open.',
  ended: 'That session is over.',
  gone: 'That session was already over.',
  othersEnded: (count: number) =>
    count === 1 ? 'One other session is over.' : `${count} other sessions are over.`,
} as const;
