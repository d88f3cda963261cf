import { startChild } from '../support/child.js';
import { findProgram } from '../support/needs.js';
import type { Figure } from './bench.types.js';
import { quantile } from './measure.js';
import { benchmarksPage, summaryText, valueText, verdictText } from './report.js';

const figure = (value: number, at: 'least' | 'most'): Figure => ({
  what: 'calls rated',
  value,
  unit: 'calls/s',
  target: { at, value: 500_000 },
});

describe('the benches', () => {
  it('all run, each in a process of its own, and judge every target', async () => {
    const child = startChild('test/bench/run.ts', '--quick', '--big');
    expect(await child.ended).toBe(0);
    const said = child.lines.join('\n');
    for (const title of [
      'Rating alone',
      'CDR file',
      'Hold and settle',
      'Replay',
      'Month-end close',
      'Start-up',
      'Read models on PostgreSQL',
      'Hold and settle on a cluster',
      'Stock of numbers',
      'Contracts',
    ])
      expect(said).toContain(title);
    const [, reached, judged, short] = /(\d+) of (\d+) targets PASS, (\d+) SHORT$/.exec(said) ?? [];
    const promised = findProgram('postgres') === null ? 22 : 33;
    expect(Number(judged)).toBe(promised);
    expect(Number(reached) + Number(short)).toBe(promised);
  }, 240_000);

  it('say that a bench is unknown', async () => {
    const child = startChild('test/bench/run.ts', '--only', 'nothing');
    expect(await child.ended).toBe(1);
  });
});

describe('the report', () => {
  it.each([
    [figure(500_000, 'least'), 'PASS'],
    [figure(499_999, 'least'), 'SHORT'],
    [figure(500_000, 'most'), 'PASS'],
    [figure(500_001, 'most'), 'SHORT'],
    [{ what: 'ceiling', value: 1, unit: 'calls/s' } as const, ''],
  ])('judges %j as %s', (given, verdict) => {
    expect(verdictText(given)).toBe(verdict);
  });

  it('counts what was promised only, and names the machine beside each table', () => {
    const figures = [
      figure(1, 'least'),
      figure(1, 'most'),
      { what: 'ceiling', value: 2_000_000, unit: '' } as const,
    ];
    const machine = {
      cpu: 'CPU X',
      cores: 2,
      memoryGigabytes: 24,
      node: 'v24',
      platform: 'linux x64',
      fileSystem: 'ext4',
      loadBefore: 0.25,
    };
    const section = { bench: 'rating', title: 'Rating', method: 'So.', figures, day: '2026-11-20', machine };
    expect(summaryText([section])).toBe('1 of 2 targets PASS, 1 SHORT');
    const page = benchmarksPage([section]);
    expect(page).toContain('| calls rated | 1.00 calls/s | >= 500,000 calls/s | SHORT |');
    expect(page).toContain('| ceiling | 2,000,000 |  |  |');
    expect(page).toContain(
      '2026-11-20: CPU X, 2 cores, 24 GB, linux x64, Node v24, ext4, load before the run 0.3.',
    );
  });

  it('takes the median and the slowest hundredth from sorted values', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1), quantile([7], 0.5)]).toEqual([
      50, 99, 100, 7,
    ]);
    expect([1234.5, 99.94, 0.1234].map(valueText)).toEqual(['1,235', '99.9', '0.123']);
  });
});
