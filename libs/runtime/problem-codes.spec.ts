import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEM_SENTENCES, saidProblem } from './problem-codes.js';

/** Where sentences about fields and lines of files are written. */
const SOURCES = [
  ...['business-day', 'business-month', 'ids', 'instant', 'money', 'text', 'paper-text'].map(
    name => `kernel/${name}`,
  ),
  ...['cdr', 'cdr-csv', 'csv', 'freeswitch-json'].map(name => `rating/${name}`),
  ...['tariff', 'tariff-check', 'tariff-csv'].map(name => `rating/${name}`),
  ...['call-file', 'call-pricing', 'suspense', 'cdr.service'].map(name => `runtime/imports/${name}`),
  ...['catalogue-yaml', 'catalogue.service', 'heavy-tasks'].map(name => `runtime/catalogue/${name}`),
];
const BEGINS = /^(must|is|has|holds|lies|was|equals|each entry|this column|the file is|its tariff) /;
const ALSO = /^(there is no account|no tariff row|overlaps|the header line) /;
/** What is said about the text that mends a line: a form of the API, no file. */
const OF_A_FORM = /^must be one line without control/;
/** Put together of two texts: they are tried below. */
const IN_PARTS = /^overlaps 1: 1$|^the header line 1$/;

/** All texts of a source that read like a sentence about a field, with `1` for what is filled in. */
function sentencesIn(source: string): string[] {
  const code = readFileSync(join(import.meta.dirname, '..', `${source}.ts`), 'utf8');
  const plain = code.replace(/^\s*(\/?\*|\/\/).*$/gm, '');
  return [...plain.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g)]
    .map(([, quoted, template]) => (quoted ?? template ?? '').replace(/\$\{[^}]*\}/g, '1'))
    .filter(text => (BEGINS.test(text) || ALSO.test(text)) && !OF_A_FORM.test(text) && !IN_PARTS.test(text));
}

describe('problems of files', () => {
  it.each(SOURCES)('%s: every sentence has a code', source => {
    expect(sentencesIn(source).filter(sentence => !saidProblem(sentence))).toEqual([]);
  });

  it('are found in the sources at all', () =>
    expect(SOURCES.flatMap(sentencesIn).length).toBeGreaterThan(50));

  it('keep what differs as values', () => {
    expect(saidProblem('has 9 fields, the header has 10')).toEqual({
      code: 'FIELD_COUNT',
      values: { fields: '9', columns: '10' },
    });
    expect(
      saidProblem('overlaps line 3 of a.csv: both rows for prefix 03 of std can apply at the same time'),
    ).toEqual({ code: 'ROWS_OVERLAP', values: { line: 'line 3 of a.csv', prefix: '03', tariff: 'std' } });
    expect(saidProblem('this column is missing from the header. Nothing was imported')?.code).toBe(
      'MISSING_COLUMN',
    );
    expect(saidProblem('the header line is 9,999 bytes long; a record has at most 4,096')).toEqual({
      code: 'LINE_TOO_LONG',
      values: { bytes: '9,999', most: '4,096' },
    });
    expect(saidProblem('is something new')).toBeUndefined();
  });

  it('have one code each', () => {
    const all = Object.entries(PROBLEM_SENTENCES).flatMap(([code, sentences]) =>
      sentences.map(sentence => [code, saidProblem(sentence.replace(/\{\w+\}/g, '1'))?.code]),
    );
    for (const [code, found] of all) expect(found).toBe(code);
  });
});
