import type { Io } from './io.js';
import { write } from './output.js';

const NAME = 'a\u001b[2J\u202eb\u0000c';
/** What one reads of an answer. */
async function shown(output: Parameters<typeof write>[0], json: boolean): Promise<string> {
  let text = '';
  const io = { out: async (chunk: string | Uint8Array) => void (text += String(chunk)) } as unknown as Io;
  await write(output, io, { json, language: 'en' });
  return text;
}
const document = { kind: 'document', value: { name: NAME }, human: () => `name\t${NAME}\n` } as const;
const list = {
  kind: 'list',
  rows: [{ name: NAME }],
  columns: [{ key: 'name', head: { ja: '名前', en: 'name' } }],
  empty: { ja: '', en: '' },
} as const;

describe('an old name with what cannot be seen', () => {
  it.each([
    ['document', document],
    ['list', list],
  ])('is shown in a %s without it', async (_kind, output) => {
    const text = await shown(output, false);
    expect(text).toContain('a [2J b c');
    expect(text).toMatch(/^[\n\t\x20-\x7e]*$/);
  });

  it.each([
    ['document', document],
    ['list', list],
  ])('is the same in the JSON of a %s, as escapes', async (_kind, output) => {
    const text = await shown(output, true);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(JSON.parse(text)).toEqual({ name: NAME });
  });
});
