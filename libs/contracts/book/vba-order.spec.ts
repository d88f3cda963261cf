import { BusinessDay } from '#kernel';
import { specOf } from '#testing';
import { bought, cancel, ofGroup, place } from './book.fixture.js';
import { type ContractCommand, contractBook } from './book.js';
import type { OrderedItem } from './order-rules.js';
import { linesOf } from './ordering.js';

const { givenCommands } = specOf(contractBook);
const day = '2025-04-16 10:00:00';
const bookOf = (commands: readonly ContractCommand[]) =>
  commands.reduce((book, command) => {
    const outcome = contractBook.decide(command, book);
    return outcome.kind === 'events' ? outcome.events.reduce(contractBook.evolve, book) : book;
  }, contractBook.fresh());

describe('overseas numbers that are bought by count', () => {
  const lines = (...items: OrderedItem[]) => linesOf(items, BusinessDay.parse('2025-04-01'));

  it('VBA-08: are named by their city or country, with the area code and who pays', () => {
    const tollFree = { areaCode: '0101844', tollFree: true };
    const aberdeen = { country: 'UNITED KINGDOM', city: 'ABERDEEN', areaCode: '010441224' };
    expect(lines(ofGroup(2, tollFree), ofGroup(3, aberdeen)).map(one => [one.nameJa, one.nameEn])).toEqual([
      [
        '海外電話番号VBA (UNITED STATES) [0101844]〈トールフリー〉',
        'Overseas number VBA (UNITED STATES) [0101844] (toll-free)',
      ],
      ['海外電話番号VBA (ABERDEEN) [010441224]', 'Overseas number VBA (ABERDEEN) [010441224]'],
    ]);
  });

  it('become a contract each, of their group', () => {
    const { contracts } = bookOf(bought(day, [ofGroup(2, { areaCode: '0101605' })]));
    expect([...contracts.values()].map(({ contract, group, number }) => [contract, group, number])).toEqual([
      ['o1-01', '0101605', null],
      ['o1-02', '0101605', null],
    ]);
  });

  it('VBA-04: are bought with papers that were approved, or by staff who have seen them', () => {
    const worldwide = place(day, [ofGroup(1, { certificate: 'WORLDWIDE' })], { papers: ['passport'] });
    const local = place(day, [ofGroup(1, { certificate: 'LOCAL' })], { by: 'staff' });
    for (const command of [worldwide, local])
      expect(contractBook.decide(command, contractBook.fresh()).kind).toBe('events');
  });

  it('VBA-09: are not cancelled on the day on which they were bought', () => {
    const today = cancel('2025-04-16 23:59:59', ['o1-01']);
    givenCommands(...bought(day, [ofGroup(1)]))
      .when(today)
      .thenRejected('NO_IMMEDIATE_CANCELLATION');
    const tomorrow = cancel('2025-04-17 00:00:00', ['o1-01']);
    expect(contractBook.decide(tomorrow, bookOf(bought(day, [ofGroup(1)]))).kind).toBe('events');
  });
});
