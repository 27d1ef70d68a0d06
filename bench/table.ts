import { cpus, release, type } from 'node:os';
import type { Bench } from './bench.ts';
import {
  aimMet,
  judgedValues,
  type AmountFigure,
  type Figure,
  type RateFigure,
} from './figures.ts';
import { median } from './measure.ts';
import type { FinishedSection } from './unfinished-run.ts';

const head = [
  'work',
  'at once',
  'what for',
  'measured',
  'beside',
  'of it',
  'by processor time',
  'aim',
  'met',
];

type Show = (value: number) => string;

const rate: Show = (value) => Math.round(value).toLocaleString('en-US');
const percent: Show = (share) => `${Math.round(share * 100)} %`;
const times: Show = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×`;
/** Where 1.1 and 1.14 are told apart. */
const finely: Show = (ratio) => `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;

/** Where things were measured, for the line above a table. */
export function machine(): string {
  const [first, ...others] = cpus();
  const model = first?.model.trim() ?? 'unknown processor';
  return `${others.length + 1} cores (${model}), ${type()} ${release()}, Node ${process.versions.node}`;
}

/** As Markdown. Every pair is the worst run and the median. */
export function asMarkdown(
  { section, on }: FinishedSection,
  { quick }: Pick<Bench, 'quick'>,
): string {
  const { versions, figures } = section;
  const rows = [head, head.map(() => '---'), ...figures.map(cellsOf)];
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [
    `${on}, ${runsOf(figures)} ${quick ? 'quick runs' : 'runs'}. ${machine()}, ${versions}.`,
    '',
    ...lines,
  ].join('\n');
}

/** How many runs stand behind the figures of a table, which need not be as many for all. */
function runsOf(figures: readonly Figure[]): string {
  const counts = figures.map((figure) => judgedValues(figure).length);
  return [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
}

/** What its aim is for, in one number. */
export function medianShown(figure: Figure): string {
  return showOf(figure)(median(judgedValues(figure)));
}

/** How a figure writes its aim. */
function showOf(figure: Figure): Show {
  if ('measured' in figure) return figure.shown === 'times' ? times : percent;
  return figure.beside ? finely : inUnit(figure.unit);
}

const inUnit =
  (unit: AmountFigure['unit']): Show =>
  (value) =>
    `${value < 10 ? value.toFixed(2) : rate(value)} ${unit}`;

/** One line of a table. */
export function cellsOf(figure: Figure): string[] {
  const { work, load, cost } = figure;
  const met = { true: 'yes', false: '**no**', undefined: '' }[`${aimMet(figure)}`];
  return [work, load, cost, ...('measured' in figure ? ofRate(figure) : ofAmount(figure)), met];
}

function ofRate(figure: RateFigure): string[] {
  const { limit, measured, units, aim } = figure;
  const ratio = showOf(figure);
  const low = (values: readonly number[], show: Show) =>
    `${show(Math.min(...values))} / ${show(median(values))}`;
  const ours = measured.map(({ work }) => work.rate);
  const its = measured.map((run) => run.limit.rate);
  const cpu = measured.map((run) => (run.limit.cpu * units) / run.work.cpu);
  return [
    `${low(ours, rate)} /s`,
    `${limit}: ${low(its, rate)} /s`,
    low(judgedValues(figure), ratio),
    low(cpu, ratio),
    aim === undefined ? '' : `≥ ${ratio(aim)}`,
  ];
}

function ofAmount(figure: AmountFigure): string[] {
  const { amounts, unit, beside, aim } = figure;
  const high = (values: readonly number[], show: Show) =>
    `${show(Math.max(...values))} / ${show(median(values))}`;
  return [
    high(amounts, inUnit(unit)),
    beside ? `${beside.what}: ${high(beside.amounts, inUnit(unit))}` : '',
    beside ? high(judgedValues(figure), finely) : '',
    '',
    aim === undefined ? '' : `≤ ${showOf(figure)(aim)}`,
  ];
}
