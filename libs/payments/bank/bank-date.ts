import { BusinessDay, InvalidInput } from '#kernel';

/** The years before the first of Reiwa, of Heisei, and of the century. */
const BEFORE = [2018, 1988, 2000] as const;

function dayOf(year: number, monthAndDay: string): BusinessDay | undefined {
  try {
    return BusinessDay.parse(`${year}-${monthAndDay.slice(0, 2)}-${monthAndDay.slice(2)}`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return undefined;
  }
}

/**
 * A date YYMMDD of a bank file. Banks write years of the era (080601: 令和8年) or of the Western calendar
 * (260601), and do not say which: of the dates that it can be, the one nearest to a known day counts.
 * @param near the day of the import, or that on which the file was made
 * @param latest dates after it are none: a file of former days is not one of days to come
 * @returns undefined when it is no date in any of them
 */
export function readBankDate(
  digits: string,
  near: BusinessDay,
  latest: BusinessDay = near,
): BusinessDay | undefined {
  if (!/^\d{6}$/.test(digits)) return undefined;
  const year = Number.parseInt(digits.slice(0, 2), 10);
  const days = BEFORE.map(before => dayOf(before + year, digits.slice(2))).filter(
    day => day !== undefined && day <= latest,
  ) as BusinessDay[];
  return days.sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
}
