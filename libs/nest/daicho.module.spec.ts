import { PhoneNumber, parseAccountId } from '#kernel';
import type { Product } from '#runtime';
import { AssignNumber, openBuses, PrepaidBalance, ShowAccount } from './index.js';

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
  const services = ['accounts', 'prepaid'].map(name => [name, service(name)]);
  const ready = async (wait: string) => void asked.push(`ready: ${wait}`);
  return { ...Object.fromEntries(services), ready } as unknown as Product;
}

describe('DaichoModule', () => {
  it('leads a use case to its service after what it waits for, and brings the answer back', async () => {
    const asked: string[] = [];
    const buses = await openBuses(echoProduct(asked));
    const account = parseAccountId('A1');
    const number = PhoneNumber.parse('05012345678');
    const answer = await buses.commands.execute(new AssignNumber({ account, number }, caller));
    expect(answer).toEqual({ args: [account, number, caller] });
    await buses.queries.execute(new ShowAccount({ account }));
    await buses.queries.execute(new PrepaidBalance({ account }));
    const waited = ['ready: log', 'accounts.assignNumber', 'ready: log', 'accounts.get'];
    expect(asked).toEqual([...waited, 'ready: own', 'prepaid.balance']);
    await buses.close();
  });

  it('lets an error of a use case reach its caller', async () => {
    const product = echoProduct([]);
    const broken = { ...product, accounts: { get: () => Promise.reject(new Error('disk')) } };
    const buses = await openBuses(broken as unknown as Product);
    const asking = buses.queries.execute(new ShowAccount({ account: parseAccountId('A1') }));
    await expect(asking).rejects.toThrow('disk');
    await buses.close();
  });
});
