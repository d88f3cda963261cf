import { Instant } from '#kernel';
import { specOf } from '#testing';
import {
  type TariffCommand,
  type TariffEvent,
  tariffRefusals,
  tariffStream,
  tariffVersion,
} from './tariff-version.js';

const now = Instant.parse('2026-10-01T09:30:00.000+09:00');
const rows = [{ prefix: '03', price: '8' }];
const publish = (hash: string, of: readonly unknown[] = rows): TariffCommand => ({
  type: 'PublishTariff',
  now,
  tariff: 'std',
  hash,
  rows: of,
});
const published = (version: number, hash: string): TariffEvent => ({
  type: 'TariffPublished',
  at: now,
  tariff: 'std',
  version,
  hash,
  rows,
});
const { given, givenCommands } = specOf(tariffVersion);

describe('a tariff', () => {
  it('is published whole, versions counted from 1', () => {
    given().when(publish('h1')).then(published(1, 'h1'));
    given(published(1, 'h1')).when(publish('h2')).then(published(2, 'h2'));
  });

  it('with the rows that stand is published already', () =>
    given(published(1, 'h1')).when(publish('h1')).thenNothing('these rows are published already'));

  it('goes back to earlier rows as a new version', () =>
    givenCommands(publish('h1'), publish('h2')).when(publish('h1')).then(published(3, 'h1')));

  it('has at least one row: TARIFF_EMPTY', () => {
    given().when(publish('h1', [])).thenRejected('TARIFF_EMPTY');
    given(published(1, 'h1')).when(publish('h1', [])).thenRejected('TARIFF_EMPTY');
    expect(Object.keys(tariffRefusals)).toEqual(['TARIFF_EMPTY']);
    expect(tariffStream('std')).toBe('tariff-std');
  });
});
