import { z } from 'zod';
import { given, instant, position, words } from '../engine/inputs.js';
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
    asOf: instant.optional().meta({ description: 'The end of the log without it.' }),
  }),
  answer: AuditFinding,
  run: ({ audit }, { asOf }, watcher) => audit.replay(given({ asOf }), watcher?.progress),
});

export const EXPORT_FORMATS = ['jsonl', 'hledger', 'csv'] as const;

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
    format: z.enum(EXPORT_FORMATS).default('jsonl'),
    from: position.optional().meta({ description: 'First position, inclusive.' }),
    to: position.optional().meta({ description: 'Last position, inclusive.' }),
    withSecrets: z.boolean(),
  }),
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
  run: ({ audit }, { file }) => audit.backup(file),
});
