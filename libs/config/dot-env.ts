import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/**
 * What `.env` in this directory says of our settings joins the environment; what the environment says counts
 * more, also when it says nothing by an empty value. Names that are not ours are left to whom they belong.
 */
export function joinDotEnv(directory: string, env: Record<string, string | undefined>): void {
  const file = join(directory, '.env');
  if (!existsSync(file)) return;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8'))))
    if (name.startsWith('DAICHO_')) env[name] ??= value;
}
