import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { InvalidInput } from '#kernel';
import { HasherBusy, PASSWORD_BYTES_MAX, type PasswordHasher } from '#ports';
import { takingTurns } from './taking-turns.js';

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
/** The enumeration of the package has no values at run time. */
const ARGON2ID = 2;
const SALT_BYTES = 16;
/** A stored hash that asks for more than this was not made by us; it could hold up the process. */
const MOST = { memoryCost: 262_144, timeCost: 10, parallelism: 8 } as const;

/** A hash with the costs of today that no password has: its salt and its value are zeros. */
const NOBODY = [
  '$argon2id$v=19',
  `m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
  'A'.repeat(22),
  'A'.repeat(43),
].join('$');

/** Hashes at once: Node has four threads for this and for files, and the files must go on. */
const AT_ONCE = Math.min(3, availableParallelism());
/** Hashes that wait for their turn: a few seconds of work. */
const WAITING_AT_MOST = 200;

const inTurn = takingTurns(AT_ONCE, WAITING_AT_MOST, () => new HasherBusy('too many passwords are checked'));

const isAllowed = (password: string): boolean =>
  password.length > 0 && password.isWellFormed() && Buffer.byteLength(password, 'utf8') <= PASSWORD_BYTES_MAX;

function costOf(text: string): ReturnType<typeof parseOptions> | null {
  try {
    const cost = parseOptions(text);
    const affordable =
      cost.memoryCost <= MOST.memoryCost &&
      cost.timeCost <= MOST.timeCost &&
      cost.parallelism <= MOST.parallelism;
    return cost.algorithm === ARGON2ID && affordable ? cost : null;
  } catch {
    return null;
  }
}

async function verifyUnknown(password: string): Promise<false> {
  const text = isAllowed(password) ? password : '-';
  await inTurn(() => verify(NOBODY, text).catch(() => false));
  return false;
}

/** argon2id with the parameters that OWASP names; the work is done off the main thread. */
export const argon2Hasher: PasswordHasher = {
  async hash(password) {
    if (!isAllowed(password))
      throw new InvalidInput('password', `must be 1-${PASSWORD_BYTES_MAX} bytes of Unicode text`);
    return inTurn(() => hash(password, { ...COST, algorithm: ARGON2ID }));
  },

  async verify(stored, password) {
    if (!isAllowed(password) || costOf(stored) === null) return verifyUnknown(password);
    return inTurn(() => verify(stored, password).catch(() => false));
  },

  verifyUnknown,

  isWeak(stored) {
    const cost = costOf(stored);
    if (cost === null) return true;
    return (
      cost.memoryCost < COST.memoryCost ||
      cost.timeCost < COST.timeCost ||
      cost.outputLen < COST.outputLen ||
      cost.saltLen < SALT_BYTES
    );
  },
};
