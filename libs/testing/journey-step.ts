import { expect } from '@jest/globals';
import type { Rejection } from '#kernel';
import type { Answer, Product } from '#runtime';

/** A step that is to be taken: nothing happens before it is said what must follow. */
export class Step<Value> {
  constructor(
    private readonly product: Product,
    private readonly take: () => Promise<Answer<Value>>,
  ) {}

  /** Exactly these events follow, by their names without context and version, in this order. */
  async expecting(...names: readonly string[]): Promise<Value> {
    const before = (await this.product.health()).head;
    const answer = await this.take();
    const followed = await eventNames(this.product, before + 1);
    expect(answer).toMatchObject({ kind: 'done' });
    expect(followed).toEqual(names);
    return (answer as Extract<Answer<Value>, { kind: 'done' }>).value;
  }

  /** Done; which events follow is another journey's matter. */
  async done(): Promise<Value> {
    const answer = await this.take();
    expect(answer).toMatchObject({ kind: 'done' });
    return (answer as Extract<Answer<Value>, { kind: 'done' }>).value;
  }

  /** It is refused, and leaves no trace. */
  async refused(code: string): Promise<Rejection> {
    const before = (await this.product.health()).head;
    const answer = await this.take();
    expect(answer).toMatchObject({ kind: 'rejected', rejection: { code } });
    expect(await eventNames(this.product, before + 1)).toEqual([]);
    return (answer as Extract<Answer<Value>, { kind: 'rejected' }>).rejection;
  }
}

async function eventNames(product: Product, from: number): Promise<string[]> {
  const names: string[] = [];
  for await (const line of product.audit.export('jsonl', { from })) {
    const { type } = JSON.parse(line) as { type: string };
    names.push(type.split('.')[1]!);
  }
  return names;
}
