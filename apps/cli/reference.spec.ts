import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliReference, leaves, tree } from './reference.js';
import { repository } from './spec-support.fixture.js';

describe('the reference of the command line', () => {
  it('is fresh: npm run docs:cli', () => {
    const written = readFileSync(join(repository, 'docs', 'reference', 'cli.md'), 'utf8');
    expect(written).toBe(cliReference());
  });

  it('has every verb take --json, --data and --lang, and say what it does', () => {
    const all = leaves(tree());
    expect(all.length).toBeGreaterThan(30);
    for (const { path, command } of all) {
      const options = command.options.map(option => option.long);
      expect([path, options]).toEqual([path, expect.arrayContaining(['--json', '--data', '--lang'])]);
      expect([path, command.description()]).toEqual([path, expect.stringMatching(/\w{3}/)]);
    }
  });
});
