import {
  ExplainAmount,
  ExportLog,
  RebuildReadModels,
  ReplayLog,
  ShowUnusedBalance,
  TrialBalanceOf,
  VerifyLog,
} from '#nest';
import type { AuditFinding, Explanation, UnusedBalanceView } from '#runtime';
import { Refused, WrongUsage } from '../failure.js';
import type { Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import { commandRefusals, usageProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import { withProgress } from '../progress.js';
import { type Column, grouped, printable, Table } from '../text.js';
import { documentVerb, inputOf, verbOf } from '../use-case-verb.js';
import { factInJapanese, METHODS } from '../words.js';
import { deliver, OUT } from './billing.js';

const TRIAL_BALANCE: readonly Column[] = [
  { key: 'ledgerAccount', head: { ja: '科目', en: 'ledger account' } },
  { key: 'label', head: { ja: '名称', en: 'name' } },
  { key: 'debit', head: { ja: '借方', en: 'debit' }, kind: 'money' },
  { key: 'credit', head: { ja: '貸方', en: 'credit' }, kind: 'money' },
];

async function trialBalance(invocation: Invocation): Promise<Output> {
  const account = await invocation.knownAccountIfAny();
  const value = await invocation.ask(new TrialBalanceOf(account === undefined ? {} : { account }));
  const { debit, credit } = value;
  const rows = value.rows.map(row => ({ ...row, label: invocation.say(row.nameJa, row.name) }));
  const total = { ledgerAccount: '', label: invocation.say('合計', 'total'), debit, credit };
  const message = invocation.say(`借方 ${debit}、貸方 ${credit}`, `debit ${debit}, credit ${credit}`);
  return {
    kind: 'document',
    value,
    human: language => new Table(TRIAL_BALANCE, language).lines([...rows, total]),
    finding: debit === credit ? undefined : { code: 'BOOKS_DO_NOT_BALANCE', message },
  };
}

const UNUSED: readonly Column[] = [
  { key: 'label', head: { ja: '発行日・残り日数', en: 'issued on, days left' } },
  { key: 'paid', head: { ja: '有償', en: 'paid' }, kind: 'money' },
  { key: 'bonus', head: { ja: '無償', en: 'bonus' }, kind: 'money' },
  { key: 'all', head: { ja: '合計', en: 'total' }, kind: 'money' },
];
const mostDays = (days: number | null, { say }: Pick<Invocation, 'say'>): string => {
  if (days === null) return say('それ以上', 'more');
  return days < 0
    ? say('失効（未計上）', 'expired, not booked')
    : say(`${days}日以内`, `within ${days} days`);
};

function unusedText({ asOf, total, byIssueDay, byAge }: UnusedBalanceView, invocation: Invocation): string {
  const say: Invocation['say'] = (ja, en) => invocation.say(ja, en);
  const issued = byIssueDay.map(({ issuedOn, ...row }) => ({ label: issuedOn, ...row }));
  const aged = byAge.map(({ days, ...row }) => ({ label: mostDays(days, { say }), ...row }));
  const all = { label: say(`合計（${asOf} 現在）`, `total as of ${asOf}`), ...total };
  const table = new Table(UNUSED, invocation.language);
  return `${table.lines([...issued, all])}\n${new Table(UNUSED, invocation.language).lines(aged)}`;
}

/** A tree with one cause per line; events at the end of the line they stand behind. */
function tree(node: Explanation, invocation: Invocation, indent = ''): string {
  const amount = node.amount === null ? '' : `  ${grouped(node.amount)}`;
  const shown = (name: string, value: string): string => {
    if (invocation.language !== 'ja') return value;
    return node.factsJa?.[name] ?? (name === 'method' ? (METHODS[value] ?? value) : value);
  };
  const lines = [`${indent}${invocation.say(node.whatJa, node.what)}  ${node.id}${amount}`];
  for (const [name, value] of Object.entries(node.facts))
    lines.push(`${indent}    ${invocation.say(factInJapanese(name), name)}: ${shown(name, value)}`);
  for (const { position, type, stream } of node.events)
    lines.push(`${indent}    #${position} ${type} (${stream})`);
  const own = lines.map(line => `${printable(line)}\n`).join('');
  return own + node.causes.map(cause => tree(cause, invocation, `${indent}  `)).join('');
}

async function explain(invocation: Invocation): Promise<Output> {
  const value = await invocation.ask(new ExplainAmount({ id: invocation.arg(0), log: true }));
  if (!value) throw Refused.as(commandRefusals.NOTHING_KNOWN, { name: invocation.arg(0) });
  return { kind: 'document', value, human: () => tree(value, invocation) };
}

/** Problems that are printed one by one. */
const PRINTED_PROBLEMS = 50;

function finding(invocation: Invocation, value: AuditFinding, code: string): Output {
  const said = value.findings.map(({ problem, problemJa }) => invocation.say(problemJa, problem));
  const shown = said.slice(0, PRINTED_PROBLEMS).map(problem => `${problem}\n`);
  const verdict = value.ok
    ? invocation.say('異常はありません', 'no difference')
    : invocation.say(`${said.length} 件の問題`, `${said.length} problems`);
  return {
    kind: 'document',
    value,
    human: () => {
      const events = `${invocation.say('イベント', 'events')} ${value.events}`;
      return `${events}, ${invocation.say('末尾のハッシュ', 'head')} ${value.head}: ${verdict}\n${shown.join('')}`;
    },
    finding: value.ok ? undefined : { code, message: said[0] ?? verdict },
  };
}

async function exportLog(invocation: Invocation): Promise<Output> {
  const span = inputOf(invocation, ExportLog.useCase);
  if (invocation.json && span.format !== 'jsonl' && invocation.text('out') === undefined) {
    throw WrongUsage.of(usageProblems.JSON_WITH_FORMAT, { format: span.format });
  }
  return deliver(invocation, await invocation.ask(new ExportLog(span)), false);
}

async function verify(invocation: Invocation): Promise<Output> {
  const found = await withProgress(invocation.io, progress =>
    invocation.ask(new VerifyLog({}, { progress })),
  );
  const broken = found.findings.some(({ position }) => position !== null);
  return finding(invocation, found, broken ? 'CHAIN_BROKEN' : 'STORE_DAMAGED');
}

async function replay(invocation: Invocation): Promise<Output> {
  const input = inputOf(invocation, ReplayLog.useCase);
  const found = await withProgress(invocation.io, progress =>
    invocation.ask(new ReplayLog(input, { progress })),
  );
  return finding(invocation, found, 'READ_MODELS_DIFFER');
}

async function rebuild(invocation: Invocation): Promise<Output> {
  const value = await withProgress(invocation.io, progress =>
    invocation.do(new RebuildReadModels({}, invocation.caller(), { progress })),
  );
  const { projections, events } = value;
  return {
    kind: 'document',
    value,
    human: () =>
      invocation.say(
        `${events} 件のイベントから ${projections} 個の参照モデルを作り直しました\n`,
        `rebuilt ${projections} read models from ${events} events\n`,
      ),
  };
}

export const auditVerbs: Verbs = (program, add, group) => {
  add(program, { ...verbOf(ExplainAmount), run: explain });
  add(program, { ...verbOf(TrialBalanceOf), run: trialBalance });
  add(program, documentVerb(ShowUnusedBalance, unusedText));
  const audit = group('audit', {
    ja: '帳簿が記録のとおりであることを検証する',
    en: 'prove that the books are what the log says',
  });
  add(audit, { ...verbOf(VerifyLog), run: verify });
  add(audit, { ...verbOf(ReplayLog), run: replay });
  add(audit, {
    ...verbOf(ExportLog, [OUT]),
    run: exportLog,
  });
  // It records nothing: nobody's name stands anywhere.
  const { writes: _writes, ...words } = verbOf(RebuildReadModels);
  add(program, { ...words, run: rebuild });
};
