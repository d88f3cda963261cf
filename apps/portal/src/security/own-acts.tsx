import type { FieldValues } from 'react-hook-form';
import { ActButton, type ActButtonProps, ActForm, type ActFormProps } from '../ui/act.js';
import { type Manners } from '../ui/doing.js';
import { useProof } from './proof.js';

/** What concerns the own login, or those below it: no reason, but the password may be asked for once more. */
function useManners(): Manners {
  return { around: useProof() };
}

/** A form about one's own login, or those below it. */
export function OwnForm<Values extends FieldValues, Answer>(
  props: Omit<ActFormProps<Values, Answer>, 'manners'>,
) {
  return <ActForm manners={useManners()} {...props} />;
}

/** A button about one's own login. */
export function OwnButton<Answer>(props: Omit<ActButtonProps<Answer>, 'manners'>) {
  return <ActButton manners={useManners()} {...props} />;
}
