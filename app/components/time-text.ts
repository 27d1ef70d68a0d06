const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const two = (value: number) => String(value).padStart(2, '0');
const startOfDay = (at: Date) => Math.floor(at.getTime() / day);
const ago = (value: number, unit: string) => `${amountText(value, unit)} ago`;

/** "1 minute", "2 minutes". */
export const amountText = (value: number, unit: string): string =>
  `${value} ${unit}${value === 1 ? '' : 's'}`;

/** "4 August 2025" in UTC: server and browser write the same, whatever zone they stand in. */
export const dateText = (iso: string): string => {
  const at = new Date(iso);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
};

/** "4 August 2025, 14:03:22 UTC". */
export const exactText = (iso: string): string => {
  const at = new Date(iso);
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
  return `${dateText(iso)}, ${clock} UTC`;
};

/** "3 hours ago"; the date itself when it lies more than six days back, or ahead. */
export const relativeText = (iso: string, now: string): string => {
  const passed = Date.parse(now) - Date.parse(iso);
  if (Math.abs(passed) < minute) return 'just now';
  if (passed < 0 || passed >= 7 * day) return dateText(iso);
  if (passed < hour) return ago(Math.floor(passed / minute), 'minute');
  if (passed < day) return ago(Math.floor(passed / hour), 'hour');
  return ago(Math.floor(passed / day), 'day');
};

/** The heading over a day of the register: "Today", "Yesterday", "Monday, 4 August 2025". */
export const dayText = (iso: string, now: string): string => {
  const at = new Date(iso);
  const daysBack = startOfDay(new Date(now)) - startOfDay(at);
  if (daysBack === 0) return 'Today';
  if (daysBack === 1) return 'Yesterday';
  return `${weekdays[at.getUTCDay()]}, ${dateText(iso)}`;
};

/** Two moments are of one day when this is equal. */
export const dayKey = (iso: string): string => iso.slice(0, 10);
