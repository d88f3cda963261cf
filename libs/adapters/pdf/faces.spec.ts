import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printable, unprintable } from '#kernel';
import { sampleInvoice } from '../../../test/support/invoices.js';
import { needsProgram } from '../../../test/support/needs.js';
import { paperCharactersFile } from '../../../test/support/paper-characters.js';
import { renderInvoicePdf } from './index.js';

const NAME = '𠮷野家 槗本髙﨑 김철수 汉们 😀 か\u3099き';
const options = { decimals: false, language: 'ja' } as const;
const invoiceTo = (name: string) => ({
  ...sampleInvoice(),
  recipient: { ...sampleInvoice().recipient, name },
});

describe('names on paper', () => {
  it('have a face for kanji of names, Hangul, simplified Chinese and emoji', () =>
    expect(unprintable(NAME)).toEqual([]));

  it('say which characters no face has', () => expect(unprintable('ع株式会社ไع')).toEqual(['ع', 'ไ']));

  it('are checked against a table that is what the faces have (npm run docs)', () => {
    for (const [path, text] of Object.entries(paperCharactersFile()))
      expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('are composed, and without what only chooses a form', () =>
    expect([printable('か\u3099'), printable('葛\u{e0100}'), printable('☎\ufe0f')]).toEqual([
      'が',
      '葛',
      '☎',
    ]));

  it('are the same bytes whatever was printed before', async () => {
    const first = await renderInvoicePdf(invoiceTo(NAME), options);
    await renderInvoicePdf(invoiceTo('한국'), options);
    expect(Buffer.compare(first, await renderInvoicePdf(invoiceTo(NAME), options))).toBe(0);
  });

  it('show 〓 for what no face has, never an empty box', async () => {
    const paper = await renderInvoicePdf(invoiceTo('ع社'), options);
    expect(paper.length).toBeGreaterThan(1000);
    expect(unprintable('〓')).toEqual([]);
  });
});

needsProgram('pdftotext')('names on paper, read', () => {
  it('can be read out of the file, whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daicho-faces-'));
    const file = join(folder, 'invoice.pdf');
    writeFileSync(file, await renderInvoicePdf(invoiceTo(NAME), options));
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    for (const word of ['𠮷野家', '槗本髙﨑', '김철수', '汉们', '😀', 'がき']) expect(text).toContain(word);
    expect(text).not.toContain('〓');
  });
});
