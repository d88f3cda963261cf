import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { nodeArguments } from '../../../test/support/child.js';
import { inTemporaryDirectory } from '../../../test/support/temporary-directory.js';
import { fixture, jsonLines, ran } from '../spec-support.fixture.js';

const TARIFF = fixture('rating', 'tariff.csv');
const CDR = fixture('rating', 'cdr.csv');
const HEADER = 'call_id,account,number,direction,from,to,start,answer,end,hangup_cause';
const at = (second: number): string => `2026-10-05T12:00:${String(second).padStart(2, '0')}.000+09:00`;
const good = `x1,g29,0312345678,out,0312345678,1555,${at(0)},${at(1)},${at(31)},NORMAL_CLEARING`;

const rated = (cdr: string, ...more: string[]) => ran(['rate', '--tariff', TARIFF, cdr, ...more]);

describe('rate', () => {
  it('gives the golden prices, each from the tariff its account column names', async () => {
    const { exit, out, err } = await rated(CDR);
    const columns = out.split('\n').map(line => line.split(','));
    const prices = columns.map(cells => (cells.length > 1 ? `${cells[0]},${cells[6]}` : '')).join('\n');
    expect(prices).toBe(readFileSync(fixture('rating', 'expected.csv'), 'utf8'));
    expect([exit, err]).toEqual([1, `NO_RATE: 1 of 26 calls have no price in ${TARIFF}\n`]);
  });

  it('says the same as JSON Lines', async () => {
    const { exit, out } = await rated(CDR, '--json');
    const rows = jsonLines(out);
    expect(rows).toHaveLength(26);
    expect(rows[0]).toEqual({
      call_id: 'r001',
      category: 'c',
      prefix: '1',
      destination: 't',
      charged_s: 30,
      increments: 1,
      amount: '0.003',
      tax_category: 'standard',
      tariff_row: 2,
    });
    expect(rows.at(-1)).toEqual({ call_id: 'r026', error: 'NO_RATE' });
    expect(exit).toBe(1);
  });

  it('prices the month of the sample statement: 130,090 yen (US-03)', async () => {
    const { exit, out } = await ran([
      'rate',
      '--json',
      '--tariff',
      fixture('statement-002', 'tariff.csv'),
      fixture('statement-002', 'cdr.csv'),
    ]);
    const rows = jsonLines(out) as { amount: string }[];
    expect(exit).toBe(0);
    expect(rows.reduce((sum, row) => sum + Number(row.amount), 0)).toBe(130_090);
  });

  it.each([
    ['a missing column', HEADER.replace('end,', ''), '', 2, 'INVALID_INPUT: cdr.csv:1: end: '],
    ['an empty file', '', '', 2, 'INVALID_INPUT: cdr.csv:1: header: '],
    ['a wrong date', HEADER, good.replace('2026-10-05', '2026-02-30'), 2, 'INVALID_LINE: cdr.csv:2: start: '],
    ['a negative duration', HEADER, good.replace(at(31), at(0)), 2, 'INVALID_LINE: cdr.csv:2: end: '],
    ['a field too many', HEADER, `${good},x`, 2, 'INVALID_LINE: cdr.csv:2: line: '],
    ['a BOM', `\uFEFF${HEADER}`, good, 0, ''],
    ['CRLF', `${HEADER}\r`, `${good}\r`, 0, ''],
    ['no line feed at the end', HEADER, good, 0, ''],
    ['a tariff that nobody has', HEADER, good.replace('g29', 'g99'), 1, 'NO_RATE: 1 of 1 calls'],
  ])('%s', async (_what, header, line, exit, err) => {
    await inTemporaryDirectory(async cwd => {
      writeFileSync(join(cwd, 'cdr.csv'), header === '' ? '' : `${header}\n${line}`);
      const result = await ran(['rate', '--tariff', TARIFF, 'cdr.csv'], undefined, { cwd });
      expect(result.exit).toBe(exit);
      expect(result.err.slice(0, err.length || undefined)).toBe(err);
    });
  });

  it('prices the good lines of a file with bad ones', async () => {
    await inTemporaryDirectory(async cwd => {
      writeFileSync(join(cwd, 'cdr.csv'), `${HEADER}\nbroken\n${good}\n`);
      const { exit, out } = await ran(['rate', '--json', '--tariff', TARIFF, 'cdr.csv'], undefined, { cwd });
      expect(exit).toBe(2);
      expect(jsonLines(out)).toEqual([expect.objectContaining({ call_id: 'x1', amount: '0.03' })]);
    });
  });

  it('names Shift_JIS instead of guessing the text back', async () => {
    await inTemporaryDirectory(async cwd => {
      const text = readFileSync(fixture('statement-002', 'tariff.csv'), 'utf8');
      writeFileSync(join(cwd, 'tariff.csv'), iconv.encode(text, 'Shift_JIS'));
      const result = await ran(['rate', '--tariff', 'tariff.csv', CDR], undefined, { cwd });
      expect([result.exit, result.err]).toEqual([
        2,
        expect.stringMatching(/^INVALID_FILE: tariff\.csv:\d+: .*Shift_JIS/),
      ]);
    });
  });

  it('refuses overlapping rows of a tariff, naming their lines', async () => {
    await inTemporaryDirectory(async cwd => {
      const text = readFileSync(TARIFF, 'utf8');
      const row = text.split('\n')[1]!;
      writeFileSync(join(cwd, 'tariff.csv'), `${text.trimEnd()}\n${row}\n`);
      const result = await ran(['rate', '--tariff', 'tariff.csv', CDR], undefined, { cwd });
      expect([result.exit, result.out]).toEqual([2, '']);
      expect(result.err).toMatch(/^INVALID_FILE: tariff\.csv:\d+: /);
    });
  });

  /** What a process of its own says, and the most memory that it ever had, in bytes. */
  const apart = (cwd: string, cdr: string) => {
    const peak = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))`;
    const words = ['rate', '--json', '--tariff', TARIFF, cdr];
    // A small heap: what nobody holds is not left lying about.
    const limits = ['--max-old-space-size=128', '--import', `data:text/javascript,${peak}`];
    const args = [...limits, ...nodeArguments('apps/cli/run.fixture.ts', ...words)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    return { status, out: stdout, err: stderr, peak: 1024 * Number(/^peak (\d+)$/m.exec(stderr)?.[1]) };
  };

  it('passes over a line of 200 MB without holding it', async () => {
    await inTemporaryDirectory(async cwd => {
      const file = createWriteStream(join(cwd, 'cdr.csv'));
      const megabyte = 'x'.repeat(1_000_000);
      file.write(`${HEADER}\n`);
      for (let i = 0; i < 200; i++) if (!file.write(megabyte)) await once(file, 'drain');
      file.end(`\n${good}\n`);
      await once(file, 'close');
      writeFileSync(join(cwd, 'short.csv'), `${HEADER}\nx\n${good}\n`);
      const { status, out, err, peak } = apart(cwd, 'cdr.csv');
      expect([status, jsonLines(out)]).toEqual([2, [expect.objectContaining({ call_id: 'x1' })]]);
      expect(err).toMatch(/^INVALID_LINE: cdr\.csv:2: line: is longer than/);
      expect(peak - apart(cwd, 'short.csv').peak).toBeLessThan(180_000_000);
    });
  });
});
