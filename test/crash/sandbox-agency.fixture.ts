/**
 * The agency of the payment sandbox in a process of its own. Prints `open <url>`. Arguments: directory. To be
 * killed.
 */
import { openSandboxAgency } from '#adapters/sandbox-payments';
import { Instant } from '#kernel';

const [directory = ''] = process.argv.slice(2);
const clock = { now: () => Instant.parse('2026-11-20T09:00:00+09:00') };
const agency = await openSandboxAgency({ clock, secret: 'sandbox-secret', directory });
console.log(`open ${agency.url}`);
