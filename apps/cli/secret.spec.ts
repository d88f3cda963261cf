import { readSecret, type SecretSource } from './secret.js';

function source(chunks: readonly string[], isTTY = false) {
  const raw: boolean[] = [];
  const from: SecretSource = {
    isTTY,
    setRawMode: (on: boolean) => raw.push(on),
    pause: () => undefined,
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) yield Buffer.from(chunk);
    },
  };
  return { from, raw };
}
async function read(chunks: readonly string[], isTTY = false) {
  const { from, raw } = source(chunks, isTTY);
  let shown = '';
  const secret = await readSecret(from, { write: text => void (shown += text) }, 'Password: ');
  return { secret, shown, raw };
}

describe('a secret', () => {
  it('is the first line of a pipe, and nothing is shown', async () => {
    expect(await read(['Pass', 'word#1\nsecond line\n'])).toEqual({
      secret: 'Password#1',
      shown: '',
      raw: [],
    });
    expect((await read(['Password#1'])).secret).toBe('Password#1');
    expect((await read(['Password#1\r\n'])).secret).toBe('Password#1');
  });

  it('is typed on a terminal without being shown, and can be corrected', async () => {
    const { secret, shown, raw } = await read(['P', 'x', '\u007f', 'ass', '\b', 's1', '\r'], true);
    expect(secret).toBe('Pass1');
    expect(shown).toBe('Password: \n');
    expect(raw).toEqual([true, false]);
  });

  it.each([[['\n']], [[]], [['abc\u0003']], [['x'.repeat(5000)]]])('is refused: %j', async chunks => {
    await expect(read(chunks, true)).rejects.toMatchObject({ code: 'NO_PASSWORD' });
  });
});
