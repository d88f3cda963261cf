import type { Buyer } from '#contracts';
import type { LoginLevel, SessionStage } from '#identity';
import type { AccountId } from '#kernel';
import type { AccessRole, KeyView, LiveSession } from '#runtime';

/** Who asks, however that was proven: by an API key, or by the cookie of a session. */
export interface Principal {
  readonly role: AccessRole;
  /** Where it stands: a customer at its account, a circle or a unique of it; all others with the provider. */
  readonly level: LoginLevel;
  /** The one account it may see; null for those who see all. */
  readonly account: AccountId | null;
  readonly circle: string | null;
  readonly unique: string | null;
  /** It looks at the pages of somebody else, and may change nothing there. */
  readonly readOnly: boolean;
  readonly stage: SessionStage;
  /** Exactly one of the two is there. */
  readonly key: KeyView | null;
  readonly live: LiveSession | null;
}

export const principalOfKey = (key: KeyView): Principal => ({
  role: key.role,
  level: key.role === 'customer' ? 'account' : 'staff',
  account: key.account,
  circle: null,
  unique: null,
  readOnly: false,
  stage: 'signed_in',
  key,
  live: null,
});

/** A session as its own login, whatever it looks at. */
export function ownPrincipal(live: LiveSession): Principal {
  const { role, level, account, circle, unique, stage } = live.view;
  return { role, level, account, circle, unique, stage, readOnly: false, key: null, live };
}

/**
 * A session acts as its login; or, having entered a lower level (ACC-12), as that level's own login would.
 * Staff who look at a customer's pages see what the customer sees, and nothing else meanwhile.
 */
export function principalOfSession(live: LiveSession): Principal {
  const own = ownPrincipal(live);
  const { viewing } = live.view;
  if (!viewing) return own;
  const { account, circle, unique, readOnly } = viewing;
  const level = unique !== null ? 'unique' : circle !== null ? 'circle' : 'account';
  return { ...own, role: 'customer', level, account, circle, unique, readOnly };
}

/** Whether somebody of the provider asks, and no customer. */
export const isStaff = ({ role }: Principal): boolean => role !== 'customer';

/** As whom somebody buys. */
export const buyerOf = (who: Principal): Buyer =>
  isStaff(who) ? 'staff' : who.level === 'circle' ? 'circle' : 'account';
