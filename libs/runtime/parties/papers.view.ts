import type { IdentityPaper } from '#contracts';
import { Instant } from '#kernel';
import type { IdentityPaperView } from './parties.shapes.js';

export const paperView = (of: IdentityPaper): IdentityPaperView => {
  const { paper, kind, state, why, format, bytes, uploadedAt, decidedAt } = of;
  return {
    paper,
    kind,
    state,
    why,
    uploadedAt: Instant.text(uploadedAt),
    decidedAt: decidedAt === null ? null : Instant.text(decidedAt),
    format,
    bytes,
  };
};
