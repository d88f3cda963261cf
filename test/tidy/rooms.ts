import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const libs = join(import.meta.dirname, '..', '..', 'libs');
const rooms = readdirSync(libs, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);

/** What stands around the domain. A room of `libs/` that is not named here is one of the domain's. */
const AROUND = ['adapters', 'config', 'nest', 'ports', 'runtime', 'testing'];
/** The floor of the domain, the rules with a number that lie on it, and what stands on all of its rooms. */
const FLOOR = 'kernel';
const RULES = 'policies';
const TOP = 'invoicing';

const missing = [...AROUND, FLOOR, RULES, TOP].filter(room => !rooms.includes(room));
if (missing.length > 0) throw new Error(`libs/ has no ${missing.join(', ')}`);

/** The rooms that know the floor and the rules, and not each other. */
export const MIDDLE: readonly string[] = rooms
  .filter(room => ![...AROUND, FLOOR, RULES, TOP].includes(room))
  .sort();
/** Every lib with a door of its own; the adapters have one each. */
export const LIBS: readonly string[] = rooms.filter(room => room !== 'adapters');
export const DOMAIN: readonly string[] = [FLOOR, RULES, ...MIDDLE, TOP];
