import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { type AccountId, type Instant, problem } from '#kernel';
import {
  type NewPersonalRecord,
  PersonalDataErased,
  type PersonalDataStore,
  type PersonalReference,
  SealBroken,
  type SealedKey,
  type SealedRows,
  type SecretBox,
  StoreRefused,
  storeProblems,
} from '#ports';

const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 bits, drawn anew for each record. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** One key serves two purposes, so each gets a key of its own (RFC 5869). */
interface AccountKey {
  readonly seal: Buffer;
  readonly mac: Buffer;
}

function derive(key: Buffer): AccountKey {
  const part = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', key, '', `daicho personal ${purpose}`, KEY_BYTES));
  return { seal: part('seal'), mac: part('mac') };
}

const aboutKey = (account: AccountId, id: string): string => `personal-key/${account}/${id}`;
const aboutRecord = ({ account, ref, kind }: Pick<NewPersonalRecord, 'account' | 'ref' | 'kind'>): Buffer =>
  Buffer.from(`${account}\n${ref}\n${kind}`);

const macOf = (key: AccountKey, about: string | Buffer, bytes: Uint8Array): string =>
  createHmac('sha256', key.mac).update(about).update('\n').update(bytes).digest('base64url');

/** Seals and opens what the rows keep; the keys are in memory only while they are used. */
class SealedPersonalData implements PersonalDataStore {
  constructor(
    private readonly rows: SealedRows,
    private readonly secrets: SecretBox,
  ) {}

  async put(record: NewPersonalRecord): Promise<PersonalReference> {
    const { account, ref, kind, bytes, at } = record;
    const key = await this.liveKey(account);
    const about = aboutRecord(record);
    const mac = macOf(key, about, bytes);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key.seal, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(about);
    const sealed = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    const stands = await this.rows.addRecord({ account, ref, kind, sealed, mac, at, kept: false });
    if (!stands) throw new PersonalDataErased(account);
    if (stands.mac !== mac) throw new Error(`the reference ${ref} is taken by another record`);
    return { ref, mac };
  }

  async get(account: AccountId, reference: PersonalReference): Promise<Uint8Array | 'erased' | undefined> {
    const stored = await this.rows.key(account);
    if (!stored) return undefined;
    if (stored.sealed === null) return 'erased';
    const record = await this.rows.record(account, reference.ref);
    if (!record) return undefined;
    const { sealed, mac } = record;
    if (mac !== reference.mac) throw new SealBroken('changed');
    const key = this.opened(stored, stored.sealed);
    try {
      const decipher = createDecipheriv(CIPHER, key.seal, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(aboutRecord(record));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]);
    } catch {
      throw new SealBroken('changed');
    }
  }

  async fingerprint(account: AccountId, bytes: Uint8Array): Promise<string> {
    return macOf(await this.liveKey(account), 'request', bytes);
  }

  keep(account: AccountId, refs: readonly string[]): Promise<void> {
    return this.rows.keep(account, refs);
  }

  orphans(before: Instant, most: number) {
    return this.rows.orphans(before, most);
  }

  drop(account: AccountId, ref: string): Promise<void> {
    return this.rows.drop(account, ref);
  }

  destroyKey(account: AccountId): Promise<void> {
    return this.rows.destroy(account);
  }

  close(): Promise<void> {
    return this.rows.close();
  }

  /** The account's key, made with its first record. Of two processes that make one at once, one stands. */
  private async liveKey(account: AccountId): Promise<AccountKey> {
    const stored = (await this.rows.key(account)) ?? (await this.rows.addKey(this.newKey(account)));
    if (stored.sealed === null) throw new PersonalDataErased(account);
    return this.opened(stored, stored.sealed);
  }

  private newKey(account: AccountId): SealedKey {
    const id = randomBytes(16).toString('hex');
    const key = randomBytes(KEY_BYTES).toString('base64url');
    return { account, id, sealed: this.secrets.seal(key, aboutKey(account, id)) };
  }

  private opened({ account, id }: SealedKey, sealed: string): AccountKey {
    return derive(Buffer.from(this.secrets.open(sealed, aboutKey(account, id)), 'base64url'));
  }
}

/** Personal data on a database: AES-256-GCM and HMAC-SHA-256 with a key per account. */
export const sealedPersonalData = (rows: SealedRows, secrets: SecretBox): PersonalDataStore =>
  new SealedPersonalData(rows, secrets);

/**
 * Copies sealed records as they are into another place; what is there already stays. An account that was
 * erased here is erased there.
 * @returns how many records were looked at
 */
export async function copySealedRows(from: SealedRows, to: SealedRows): Promise<number> {
  let records = 0;
  for (const key of await from.accounts()) {
    if (key.sealed === null) {
      await to.destroy(key.account);
      continue;
    }
    const stands = await to.addKey(key);
    if (stands.sealed === null) continue;
    if (stands.id !== key.id)
      throw new StoreRefused(problem(storeProblems.SEALED_OTHERWISE, { account: key.account }));
    for (const record of await from.recordsOf(key.account)) {
      await to.addRecord(record);
      if (record.kept) await to.keep(key.account, [record.ref]);
      records++;
    }
  }
  return records;
}
