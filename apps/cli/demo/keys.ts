import { apiKeyRefusals, type Role } from '#identity';
import { type AccountId, type Actor, Instant, parseAccountId, rejection } from '#kernel';
import type { KeyView, Product } from '#runtime';
import { Refused } from '../failure.js';
import { DEMO_CUSTOMER } from './carrier.js';

/** Tokens of the example's keys: shown when they are made, and never again. */
export interface DemoKeys {
  readonly staff: string;
  readonly customer: string;
  readonly auditor: string;
}

const LABELS = { staff: 'demo staff', customer: 'demo customer', auditor: 'demo auditor' } as const;
const ofDemo = (key: KeyView): boolean => Object.values<string>(LABELS).includes(key.label);

/** The auditor's key is the last thing the example makes: with it the example is whole. */
export async function holdsDemo(product: Product): Promise<boolean> {
  return (await product.keys.list()).some(key => key.label === LABELS.auditor);
}

async function create(
  product: Product,
  role: Role,
  label: string,
  actor: Actor,
  id: string,
): Promise<string> {
  const account: AccountId | null = role === 'customer' ? parseAccountId(DEMO_CUSTOMER) : null;
  const answer = await product.keys.create({ role, account, label }, { actor, commandId: id });
  if (answer.kind === 'rejected') throw Refused.of(answer.rejection);
  if (answer.kind === 'nothing') throw Refused.of(rejection(apiKeyRefusals.KEY_EXISTS));
  return answer.value.token;
}

/**
 * New keys for the example; older ones of the example are revoked, so that they do not pile up. A provider
 * of one's own is never touched: its keys carry other labels.
 */
export async function freshDemoKeys(product: Product, actor: Actor): Promise<DemoKeys> {
  const keys = await product.keys.list();
  for (const { key } of keys.filter(key => ofDemo(key) && key.revokedAt === null)) {
    await product.keys.revoke(key, { actor, commandId: `demo/revoke/${key}` });
  }
  const run = `demo/key/${keys.length}/${Instant.text(product.now())}`;
  return {
    staff: await create(product, 'staff', LABELS.staff, actor, `${run}/staff`),
    customer: await create(product, 'customer', LABELS.customer, actor, `${run}/customer`),
    auditor: await create(product, 'auditor', LABELS.auditor, actor, `${run}/auditor`),
  };
}
