import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Instant } from '#kernel';
import { IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import type { Principal } from '../principal.js';
import { notFound } from '../problem.js';
import { Who } from '../request.js';
import { Route } from '../route.js';
import { OutboxMessage } from '../schemas.identity.js';
import { allOf } from '../shapes.js';

/** Staff who help others see that something was sent to them; the product leaves out what opens a login. */
const helpsOthers = ({ role, stage }: Principal): boolean =>
  stage === 'signed_in' && (role === 'admin' || role === 'support');

/** What the sandbox senders kept: the way to a code where no real sender is configured. */
@Controller(API)
export class OutboxController {
  constructor(private readonly queries: QueryBus) {}

  @Route('GET /outbox', {
    summary: 'Messages of the sandbox senders to the own login, newest first',
    description:
      'Before the second step only the codes of this very session. Admins and support also see what was ' +
      'sent to others, without its codes and links.',
    answer: allOf(OutboxMessage),
    refusals: ['NO_SUCH_RESOURCE'],
  })
  async list(@Who() who: Principal): Promise<{ rows: readonly object[] }> {
    const viewer = { live: who.live, helpsOthers: helpsOthers(who) };
    const kept = await this.queries.execute(new IdentityQuery('outboxFor', viewer));
    if (!kept) throw notFound('OUTBOX_OFF', 'messages are sent for real here');
    const rows = kept.map(({ sentAt, ...rest }) => ({ ...rest, sentAt: Instant.text(sentAt as Instant) }));
    return { rows };
  }
}
