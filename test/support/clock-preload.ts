import { readFileSync } from 'node:fs';

/**
 * Loaded into a started server before its program (`--import`): its clock is the machine's plus as many milliseconds as
 * the file that LATCHKEY_TEST_CLOCK names holds. The program knows nothing of it.
 */
const file = process.env['LATCHKEY_TEST_CLOCK'] ?? '';
const RealDate = Date;
const realNow = Date.now.bind(Date);
const shiftedNow = () => realNow() + Number(readFileSync(file, 'utf8'));

class ShiftedDate extends RealDate {
  constructor(...parts: [] | [number | string | Date]) {
    if (parts.length === 0) super(shiftedNow());
    else super(...parts);
  }
  static override now = shiftedNow;
}

globalThis.Date = ShiftedDate as DateConstructor;
