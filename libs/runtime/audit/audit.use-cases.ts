import { z } from 'zod';
import { described, given, instant, position, words } from '../engine/inputs.js';
import { insiders, watchers } from '../engine/roles.js';
import { command, query } from '../engine/use-case.js';
import { AuditFinding, Explanation } from './audit.shapes.js';

export const explainAmount = query({
  route: 'GET /explanations/:id',
  byHand: true,
  about: {
    ja: '金額の根拠（請求書の行、引き落とし、通話、料金表の行、イベント）',
    en: 'Any amount back to its causes: invoice line, debits, calls, tariff row, events',
  },
  description:
    'A `#position`, and what a command recorded beside money, only for those who may read the log.',
  effect: 'read',
  roles: insiders,
  waits: 'own',
  input: z.strictObject({
    id: words(200),
    log: z.boolean().meta({ description: 'For a reader of the log.' }),
  }),
  cli: {
    usage: 'explain <id>',
    without: ['log'],
    about: {
      ja: '金額の根拠（請求書、通話、ロット、引き落とし、調整、account@month、#position）',
      en: 'Any amount back to its causes: invoice, call, lot, debit, adjustment, account@month, #position',
    },
  },
  answer: Explanation,
  sought: 'EXPLANATION',
  run: ({ audit }, { id, log }) => audit.explain(id, { log }),
});

export const verifyLog = query({
  route: 'GET /audit/verify',
  byHand: true,
  about: { ja: 'ログ全体のハッシュ連鎖を確かめる', en: 'Check the hash chain over the whole log' },
  description:
    'Takes time in proportion to the log. `ok: false` names the first bad position. With ' +
    '`Accept: text/event-stream` events: `progress` {done, total, what}, then `end` {finding}.',
  effect: 'read',
  roles: watchers,
  input: z.strictObject({}),
  cli: {
    usage: 'audit verify',
    about: {
      ja: 'ハッシュ連鎖の再計算とファイル全ページの検査（損傷があれば終了コード1で場所を示す）',
      en: 'Recompute the hash chain, check every page of the file; exit code 1 names what is damaged',
    },
  },
  answer: AuditFinding,
  run: ({ audit }, _, watcher) => audit.verify(watcher?.progress),
});

export const replayLog = query({
  route: 'GET /audit/replay',
  byHand: true,
  about: {
    ja: 'ログから参照モデルをすべて作り直し、今のものと1行ずつ比べる',
    en: 'Rebuild every read model from the log and compare it, row by row, with the live one',
  },
  description: 'With `Accept: text/event-stream` events: `progress`, then `end` {finding}.',
  effect: 'read',
  roles: watchers,
  waits: 'head',
  input: z.strictObject({
    asOf: described(instant.optional(), {
      ja: 'この日時の状態で（ISO 8601、時差つき）。省略時はログの終わりまで。',
      en: 'As it was then, ISO 8601 with an offset; the end of the log without it.',
    }),
  }),
  cli: {
    usage: 'audit replay',
    about: {
      ja: 'ログから参照モデルを作り直して1行ずつ比べる（違いがあれば終了コード1で行を示す）',
      en: 'Rebuild every read model from the log and compare it row by row; exit code 1 names the rows',
    },
  },
  answer: AuditFinding,
  run: ({ audit }, { asOf }, watcher) => audit.replay(given({ asOf }), watcher?.progress),
});

export const exportLog = query({
  route: 'GET /audit/export',
  byHand: true,
  about: {
    ja: 'ログ（JSON Lines）または仕訳（hledger、CSV）の出力',
    en: 'The log as JSON Lines, or the journal for hledger or as CSV, streamed',
  },
  description:
    'Seals and hashes of passwords read `(hidden)`; `daicho audit export --with-secrets` on the machine ' +
    'itself has them.',
  effect: 'read',
  roles: watchers,
  input: z.strictObject({
    format: z.enum(['jsonl', 'hledger', 'csv']).default('jsonl'),
    from: described(position.optional(), {
      ja: '最初のイベントの位置（この位置を含む）。',
      en: 'First position, inclusive.',
      short: 'position',
    }),
    to: described(position.optional(), {
      ja: '最後のイベントの位置（この位置を含む）。',
      en: 'Last position, inclusive.',
      short: 'position',
    }),
    withSecrets: described(z.boolean().default(false), {
      ja: '封印とハッシュも含め、別の場所で連鎖を証明できるようにする。ファイルは安全に保管すること。',
      en: 'Seals and hashes too, to prove the chain elsewhere: keep the file safe.',
    }),
  }),
  cli: {
    usage: 'audit export',
    about: {
      ja: 'ログ（JSON Lines）、または仕訳（hledger、CSV）の出力',
      en: 'The log as JSON Lines, the journal as hledger text or CSV',
    },
  },
  run: async ({ audit }, { format, ...span }) => audit.export(format, given(span)),
});

export const rebuildReadModels = command({
  about: {
    ja: '参照モデルをログから作り直し、できたら切り替える',
    en: 'Build the read models again from the log, beside the running ones, then switch',
  },
  effect: 'write',
  roles: [],
  input: z.strictObject({}),
  cli: { usage: 'rebuild' },
  run: ({ audit }, _, _caller, { progress }) => audit.rebuild(progress),
});

export const backUpStore = command({
  about: {
    ja: '使用中のストアを1つの新しいファイルに写し、写しを確かめる',
    en: 'Copy the whole store to one new file, while it is in use, and prove the copy',
  },
  effect: 'write',
  roles: [],
  input: z.strictObject({ file: z.string() }),
  cli: { usage: 'backup <file>' },
  run: ({ audit }, { file }) => audit.backup(file),
});
