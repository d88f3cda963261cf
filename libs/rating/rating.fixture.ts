import { Instant, parseAccountId } from '#kernel';
import { type Cdr, checkTariffRows, indexTariffs, type TariffIndex } from './index.js';

export const at = (text: string): Instant => Instant.parse(`${text}+09:00`);
export const NOON = at('2026-10-05T12:00:00.000');

/** A tariff from `prefix price per_s first next [more]` lines; `more` is `column=value;…`. */
export function tariffOf(...lines: string[]): TariffIndex {
  const { rows, problems } = checkTariffRows(
    lines.map((line, i) => {
      const [prefix, price, per_s, first_increment_s, increment_s, more = ''] = line.split(' ');
      const rest = Object.fromEntries(
        more
          .split(';')
          .filter(Boolean)
          .map(pair => pair.split('=')),
      );
      const base = {
        tariff: 't',
        destination: 'd',
        category: `c${i + 1}`,
        connect_fee: '0',
        valid_from: '2020-01-01',
      };
      return {
        file: 't',
        line: i + 1,
        fields: { ...base, prefix, price, per_s, first_increment_s, increment_s, ...rest },
      };
    }),
  );
  if (problems[0]) throw new Error(JSON.stringify(problems));
  return indexTariffs(rows).get('t')!;
}

export const STD = tariffOf('03 8 180 180 180', '090 16 60 60 60', '080 16 60 60 60', '010 0.15 1 1 1');

export function call(to: string, seconds: string | null, start: Instant = NOON): Cdr {
  const ms = seconds === null ? 0 : Math.round(Number(seconds) * 1000);
  return {
    callId: 'c1',
    account: parseAccountId('A1'),
    number: '05012345678',
    direction: 'out',
    from: '05012345678',
    to,
    startedAt: start,
    answeredAt: seconds === null ? null : start,
    endedAt: Instant.plusMs(start, ms),
    hangupCause: 'NORMAL_CLEARING',
  };
}
