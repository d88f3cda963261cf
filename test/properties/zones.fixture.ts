import { createHash } from 'node:crypto';
import { BusinessDay, BusinessMonth, dateTextInWords, Instant } from '#kernel';

/** Prints one hash of what the calendar says of every day of twelve years, and the offset of this machine. */
const said = createHash('sha256');
const last = BusinessDay.parse('2031-12-31');
for (let day = BusinessDay.parse('2020-01-01'); day <= last; day = BusinessDay.plus(day, 1)) {
  const month = BusinessMonth.ofDay(day);
  said.update(
    JSON.stringify([
      dateTextInWords(BusinessDay.text(day), 'en'),
      BusinessDay.parts(day),
      BusinessDay.isBusinessDay(day),
      Instant.text(BusinessDay.start(day)),
      Instant.text(BusinessDay.end(day)),
      BusinessDay.text(BusinessMonth.lastDay(month)),
      BusinessDay.text(BusinessMonth.nthBusinessDay(month, 3)),
    ]),
  );
}
process.stdout.write(`${new Date(0).getTimezoneOffset()} ${said.digest('hex')}\n`);
