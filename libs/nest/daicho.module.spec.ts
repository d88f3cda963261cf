import { parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { AccountCommand, AccountQuery, COMMANDS, openBuses, PrepaidQuery, SERVICES } from './index.js';

const caller = { actor: { id: 'cli:test' }, commandId: 'c-1' };

/** A product that remembers what was asked and answers with the arguments. */
function echoProduct(asked: string[]): Product {
  const service = (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_target, useCase) =>
          async (...args: unknown[]) => {
            asked.push(`${name}.${String(useCase)}`);
            return { args };
          },
      },
    );
  return Object.fromEntries(SERVICES.map(name => [name, service(name)])) as unknown as Product;
}

describe('DaichoModule', () => {
  it('leads an envelope to its use case with all its arguments and brings the answer back', async () => {
    const asked: string[] = [];
    const buses = await openBuses(echoProduct(asked));
    const account = parseAccountId('A1');
    const answer = await buses.commands.execute(new AccountCommand('assignNumber', account, '0501', caller));
    expect(answer).toEqual({ args: [account, '0501', caller] });
    await buses.queries.execute(new AccountQuery('get', account));
    await buses.queries.execute(new PrepaidQuery('balance', account));
    expect(asked).toEqual(['accounts.assignNumber', 'accounts.get', 'prepaid.balance']);
    await buses.close();
  });

  it('lets an error of a use case reach its caller', async () => {
    const product = echoProduct([]);
    const broken = { ...product, accounts: { get: () => Promise.reject(new Error('disk')) } };
    const buses = await openBuses(broken as unknown as Product);
    await expect(buses.queries.execute(new AccountQuery('get', parseAccountId('A1')))).rejects.toThrow(
      'disk',
    );
    await buses.close();
  });

  it('names a command of every service but of those that only answer', () => {
    const silent = SERVICES.filter(service => COMMANDS[service].length === 0);
    expect(silent).toEqual(['reports', 'eventLog']);
  });
});
