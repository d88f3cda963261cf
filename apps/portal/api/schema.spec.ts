import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'daicho-schema-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('is generated when it is missing or of another document of the API, and left alone else', () => {
  const target = join(folder, 'schema.ts');
  const generate = () => {
    const script = join(import.meta.dirname, 'generate.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, target], { encoding: 'utf8' });
    expect([stderr, status]).toEqual(['', 0]);
    return readFileSync(target, 'utf8');
  };
  const text = generate();
  expect(text).toContain('export interface paths {');
  expect(text).toContain('"DELETE /api/v1/keys/{key}":');
  const { ino } = statSync(target);
  expect(generate()).toBe(text);
  expect(statSync(target).ino).toBe(ino);
  writeFileSync(target, text.replace(/^.*/, '// of another document'));
  expect(generate()).toBe(text);
}, 60_000);
