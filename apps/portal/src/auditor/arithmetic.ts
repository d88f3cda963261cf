import type { TFunction } from 'i18next';
import { compareMoney, moneyText, sumOf } from '../ui/money-text.js';
import { countText } from '../ui/number-text.js';
import type { Explanation } from './questions.js';

type Words = TFunction<'auditor'>;

const yen = (t: Words, amount: string): string => t('explain.yen', { amount: moneyText(amount) });

/** `0.5 + 8 x 1260 / 180 (first increment 9) = 56`, as the server has computed it. */
const CALL = /^(?:(\S+) \+ )?(\S+) x (\d+) \/ (\d+)(.*) = (\S+)$/;
const CHARGED = /^(\d+) s in (\d+) increments$/;
const TAX = /^(\S+) x (\S+)% = (\S+)$/;
const SUBTOTAL = /^net (\S+), tax (\S+)$/;
const RATE = /^([a-z_]+) ([\d.]+%)$/;

/** `8円 × 1260秒 ÷ 180秒 = 56円`; what is not of the usual form is shown as it came. */
function ofCall(t: Words, text: string): string {
  const found = CALL.exec(text);
  if (!found) return text.replaceAll(' x ', ' × ').replaceAll(' / ', ' ÷ ');
  const [, fee, price = '', seconds = '', per = '', more = '', net = ''] = found;
  const time = (n: string) => t('explain.seconds', { n });
  const begin = fee === undefined ? '' : `${yen(t, fee)} + `;
  return `${begin}${yen(t, price)} × ${time(seconds)} ÷ ${time(per)}${more} = ${yen(t, net)}`;
}

const amountsOf = (nodes: readonly Explanation[]): readonly string[] =>
  nodes.flatMap(node => (node.amount === null ? [] : [node.amount]));

/** What the invoice adds up: its lines, the tax of each rate once, and both. */
function ofInvoice(t: Words, { amount, facts, causes }: Explanation): string[] {
  const { net = '0', tax = '0', taxRounding = '' } = facts;
  const rounding = t(
    `explain.rounding.${taxRounding === 'floor' || taxRounding === 'ceil' ? taxRounding : 'half_up'}`,
  );
  const rates = Object.entries(facts).flatMap(([name, value]) => {
    const [, category, rate = ''] = RATE.exec(name) ?? [];
    const [, base, due] = SUBTOTAL.exec(value) ?? [];
    if (base === undefined || due === undefined || compareMoney(base, '0') === 0) return [];
    const kind = category as 'standard' | 'reduced' | 'export_exempt' | 'out_of_scope';
    const called = t('explain.taxOf', { category: t(`explain.categories.${kind}`), rate });
    return [`${called}: ${yen(t, base)} × ${rate} = ${yen(t, due)} (${rounding})`];
  });
  const sum = yen(t, sumOf(amountsOf(causes)));
  const lines = `${t('explain.lines', { n: countText(causes.length) })} = ${sum}`;
  const total = `${yen(t, net)} + ${yen(t, tax)} = ${yen(t, sumOf([net, tax]))}`;
  const isRounded = amount !== null && compareMoney(sumOf([net, tax]), amount) !== 0;
  return [lines, ...rates, isRounded ? `${total} → ${yen(t, amount)} (${rounding})` : total];
}

/** How the amount of a node comes from what stands below it, in figures. */
export function arithmeticOf(t: Words, node: Explanation): readonly string[] {
  const { facts, causes } = node;
  if (facts['taxRounding'] !== undefined) return ofInvoice(t, node);
  if (facts['sumOfCalls'] !== undefined) {
    const sum = `${t('explain.sum', { n: facts['calls'] ?? '' })} = ${yen(t, facts['sumOfCalls'])}`;
    const back = facts['takenBack'];
    return [back === undefined ? sum : `${sum}, ${t('explain.takenBack')} −${yen(t, back)}`];
  }
  if (facts['arithmetic'] === undefined) return [];
  const [, seconds, increments] = CHARGED.exec(facts['charged'] ?? '') ?? [];
  const [, net, rate, tax] = TAX.exec(facts['tax'] ?? '') ?? [];
  const parts = amountsOf(causes);
  return [
    ...(seconds === undefined ? [] : [t('explain.increments', { seconds, increments })]),
    ofCall(t, facts['arithmetic']),
    ...(net && tax ? [`${t('explain.facts.tax')}: ${yen(t, net)} × ${rate}% = ${yen(t, tax)}`] : []),
    ...(parts.length > 0 ? [`${t('explain.parts')} = ${yen(t, sumOf(parts))}`] : []),
  ];
}

/** Facts that the arithmetic tells already. */
export const TOLD: ReadonlySet<string> = new Set([
  ...['net', 'tax', 'taxRounding', 'sumOfCalls', 'takenBack', 'arithmetic', 'charged'],
]);
export const isTold = (name: string): boolean => TOLD.has(name) || RATE.test(name);
