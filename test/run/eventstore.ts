/**
 * `npm run test:eventstore`: contract, claims, race and fault suites of `npm test`, unchanged, on the protocol peer and,
 * where `EVENTSTORE_URL` names one, on a real server; with `EVENTSTORE_START` on servers that are killed and started
 * again. Ends with what passed on each.
 */
import { closingLine, sum } from './count.ts';
import { countPlaces, type Places } from './count-places.ts';
import { serverNamed } from './server-named.ts';
import { serverSuites } from './server-suites.ts';
import { buildSuite, reportOf, vitestSuite } from './suites.ts';

process.chdir(`${import.meta.dirname}/../..`);

const named = await serverNamed(process.env);
if (!named.ok) {
  console.error(named.why);
  process.exit(2);
}
named.words.forEach((line) => console.log(line));

const { unit, journeys } = serverSuites();
const suites = [
  vitestSuite('server', 'test:unit', unit),
  buildSuite,
  vitestSuite('server-journeys', 'test:journeys', journeys),
];
const counts = [];
for (const { name, run } of suites) {
  console.log(`\n── ${name}`);
  counts.push(await run());
}

const places = ['server', 'server-journeys'].map((name) => countPlaces(reportOf(name)));
const on = (place: keyof Places) => closingLine(sumOf(places.map((all) => all[place])));
console.log(`\non the protocol peer and the embedded log beside it: ${on('others')}`);
console.log(`on a real server: ${on('real')}`);
const total = sum(counts);
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** Zero is no failure here: without a server named, none ran on one. */
function sumOf(all: readonly Places['real'][]): Places['real'] {
  const add = (part: keyof Places['real']) => all.reduce((one, other) => one + other[part], 0);
  return { passed: add('passed'), failed: add('failed') };
}
