import { BusinessDay } from '#kernel';
import { specOf } from '#testing';
import { A1, at, bought, CIRCLE, cancel, item, OPTION, TERMS, UNIQUE, undo } from './book.fixture.js';
import { type ContractCommand, contractBook } from './book.js';
import { isHolderOver } from './book.state.js';

const { givenCommands } = specOf(contractBook);
const start = '2025-01-10 10:00:00';
const then = '2025-01-20 10:00:00';
const bookOf = (...commands: ContractCommand[]) =>
  givenCommands(...bought(start, [item(UNIQUE, 2), item(OPTION)]), ...commands).state;

const [FIRST, SECOND, IVR] = [...bookOf().contracts.values()].map(({ unique }) => unique!);
const OTHER = '0000000099';
const account = { circle: null, unique: null };
const circle = { circle: CIRCLE, unique: null };
const terminal = (unique: string) => ({ circle: CIRCLE, unique });
const cancelCircle = {
  type: 'CancelCircle',
  now: at(then),
  account: A1,
  circle: CIRCLE,
  terms: TERMS,
} as const;
const undoCircle = {
  type: 'UndoCircleCancellation',
  now: at(then),
  circle: CIRCLE,
  cutOffMs: TERMS.cutOffMs,
} as const;
const cancelAccount = { type: 'CancelAccount', now: at(then), account: A1, terms: TERMS } as const;

const never = '2199-12-31 23:59:59.999';

describe('what a login stands for is over', () => {
  it.each([
    ['a terminal with its contract', [cancel(then, ['o1-01'])], terminal(FIRST!), '2025-02-28'],
    ['not with that of another one', [cancel(then, ['o1-01'])], terminal(SECOND!), null],
    ['an option that makes a terminal, too', [cancel(then, ['o1-03'])], terminal(IVR!), '2025-02-28'],
    ['not when the end is undone', [cancel(then, ['o1-01']), undo(then, ['o1-01'])], terminal(FIRST!), null],
    ['a circle with everything in it', [cancelCircle], circle, '2025-01-31'],
    ['a terminal with its circle', [cancelCircle], terminal(SECOND!), '2025-01-31'],
    ['one that was never bought, too', [cancelCircle], terminal(OTHER), '2025-01-31'],
    ['not one of another circle', [cancelCircle], { circle: OTHER, unique: OTHER }, null],
    ['not with a circle that goes on', [cancelCircle, undoCircle], terminal(SECOND!), null],
    ['an account with its last day', [cancelAccount], account, '2025-02-28'],
    ['a circle with its account', [cancelAccount], circle, '2025-02-28'],
    ['a terminal with its account', [cancelAccount], { circle: OTHER, unique: OTHER }, '2025-02-28'],
    ['an account not with its circle', [cancelCircle], account, null],
    ['nothing without a cancellation', [], terminal(OTHER), null],
  ])('%s', (_, commands, holder, last) => {
    const book = bookOf(...commands);
    const isOver = (when: string) => isHolderOver(book, holder, BusinessDay.of(at(when)));
    expect(isOver(`${last ?? '2199-12-31'} 23:59:59.999`)).toBe(false);
    if (last === null) return expect(isOver(never)).toBe(false);
    const next = BusinessDay.text(BusinessDay.plus(BusinessDay.parse(last), 1));
    expect(isOver(`${next} 00:00:00.000`)).toBe(true);
  });
});
