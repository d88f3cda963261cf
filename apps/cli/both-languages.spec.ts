import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../test/support/temporary-directory.js';
import { processHost } from './main.js';
import { ran } from './spec-support.fixture.js';
import { CATALOGUE, DEARER, DEPOSITS, LATE, NUMBERS, PARTY, STORY, words } from './story.fixture.js';

/** Whole answers that are for programs, or of another program. */
const NOT_FOR_PEOPLE: readonly (readonly [line: RegExp, why: string])[] = [
  [/^rate /, 'CSV: its columns are a form that others read'],
  [/^audit export /, 'JSON Lines of the log'],
  [/^migrate-store /, 'what the driver of EventStoreDB says of a connection that it did not get'],
];

/** What stays English in a line for people. */
const STAYS: readonly (readonly [part: RegExp, why: string])[] = [
  [/^INVALID_INPUT: \w+: /, 'a field, as the request calls it'],
  [/^[A-Z][A-Z0-9_]+: /, 'the code of a refusal'],
  [/^ ?[\w./-]+:\d+: (\w+: )?/, 'a place of a file: its name, the line, the column as the file calls it'],
  [/UNKNOWN_ACCOUNT +account/, 'a column, as the file calls it'],
  [/^(adjustment|breakage|receivable) /, 'the code of a ledger account, beside its name'],
  [/Daicho/, 'the product'],
  [/--\w[\w-]*( [A-Z]+)?/g, 'an option'],
  [/daicho( [a-z]+)+/g, 'a command to type'],
  [/#\d+ \w+\.\w+\.v\d+ \(\S+\)/g, 'an event and its stream'],
  [/tariff \w+ version \d+ line \d+/g, 'the id of a row of a tariff, which can be explained in turn'],
  [/\S*[\d/.@_]\S*/g, 'ids, files, amounts, ledger accounts'],
  [/\b(staff|customer|auditor|job|admin|billing|approver)\b/g, 'a role, as it is typed for --role'],
  [/\bend=\w+/g, 'a field of a request and its value'],
  [/\b(parked|waiting|done)\b/g, 'a state, as it is typed for --state'],
];

/** Names and texts that the story itself gives. */
const GIVEN =
  /\b(std|standard|shop|sales|keeper|wrong|goodwill|nothing|nobody|calls-back|cli:tester|tester)\b/g;

const englishIn = (line: string): string[] =>
  [...STAYS, [GIVEN, 'given'] as const]
    .reduce((left, [part]) => left.replace(part, ' '), line)
    .match(/[a-z]{3,}/g) ?? [];

describe('every verb with --lang ja', () => {
  const lines: (readonly [command: string, line: string])[] = [];
  const cwd = temporaryDirectory();

  beforeAll(async () => {
    writeFileSync(join(cwd, 'catalogue.yaml'), CATALOGUE);
    writeFileSync(join(cwd, 'dearer.yaml'), DEARER);
    writeFileSync(join(cwd, 'late.csv'), LATE);
    writeFileSync(join(cwd, 'party.json'), PARTY);
    writeFileSync(join(cwd, 'numbers.csv'), NUMBERS);
    writeFileSync(join(cwd, 'deposits.csv'), DEPOSITS);
    mkdirSync(join(cwd, 'other'));
    const given = { cwd, stop: AbortSignal.abort(), secret: async () => 'Minato-2026' };
    for (const [path, rest] of STORY) {
      const command = `${path} ${rest}`;
      const { out, err } = await ran(['--lang=ja', ...words(command)], processHost, given);
      for (const line of `${out}${err}`.replaceAll(cwd, '').split('\n')) lines.push([command, line]);
    }
  }, 120_000);
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it('says nothing to people in English', () => {
    const forPeople = lines.filter(([command]) => !NOT_FOR_PEOPLE.some(([those]) => those.test(command)));
    const english = forPeople.map(([command, line]) => [command, line, englishIn(line).join(' ')]);
    expect(english.filter(([, , found]) => found !== '')).toEqual([]);
    expect(forPeople.filter(([, line]) => /[ぁ-んァ-ヶ一-龠]/.test(line)).length).toBeGreaterThan(200);
  });

  it('would find English in the middle of Japanese', () => {
    expect(englishIn('残高 (posted)         140,486')).toEqual(['posted']);
    expect(englishIn('NO_SUCH_ACCOUNT: そのアカウントはありません。（account NOBODY）')).toEqual(['account']);
    expect(englishIn('変更なし: the key is revoked already')).toEqual(['the', 'key', 'revoked', 'already']);
  });
});
