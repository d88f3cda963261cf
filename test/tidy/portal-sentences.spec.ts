import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PORTAL = join(process.cwd(), 'apps/portal/src');

/** English sentences of the API that have a twin: `problem` and `problemJa`. */
const SENTENCES = ['problem', 'what'] as const;
/** Reads a member, or takes it out of an object. */
const reads = (name: string): RegExp =>
  new RegExp(`\\.${name}\\b|\\{[^{}()=:;]*\\b${name}\\b[^{}()=:;]*\\}:`);

/** A code, which has its words: `doing(row.progress.what)`. */
const CODES = /doing\(row\.progress\.what\)/;

/** Keys of words are no answers: `t('acts.what')`. */
const withoutKeys = (text: string): string => text.replace(/'[^'\n]*'/g, '');

const alone = (text: string): string[] =>
  SENTENCES.filter(
    name => reads(name).test(withoutKeys(text)) && !text.includes(`${name}Ja`) && !CODES.test(text),
  );

describe('the pages of the portal', () => {
  it('take no English sentence of an answer without its Japanese twin beside it', () => {
    const files = globSync('**/*.{ts,tsx}', { cwd: PORTAL }).filter(name => !/\.(spec|fixture)\./.test(name));
    const found = files.flatMap(name =>
      alone(readFileSync(join(PORTAL, name), 'utf8')).map(sentence => `${name}: ${sentence}`),
    );
    expect(found).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('would be found with the English alone', () => {
    expect(alone('<p>{found.problem}</p>')).toEqual(['problem']);
    expect(alone('const of = ({ what }: Explanation) => what')).toEqual(['what']);
    expect(alone('const of = ({ what, whatJa }: Explanation) => whatJa')).toEqual([]);
  });
});
