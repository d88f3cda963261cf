export * from './api-key.js';
export * from './attempts.js';
export * from './circle.js';
export * from './contacts.js';
export * from './identity-policy.js';
export * from './issued-id.js';
export * from './levels.js';
export * from './login.events.js';
export * from './login.js';
export * from './login.refusals.js';
export * from './login.state.js';
export * from './login-claim.js';
export * from './login-id.js';
export {
  contactWithdrawnText,
  lockedText,
  newSignInText,
  oneTimeCodeText,
  passwordChangedText,
  passwordResetText,
  secondFactorsWithdrawnText,
} from './messages.js';
export * from './origin.js';
export * from './password-policy.js';
export * from './session.events.js';
export * from './session.js';
export * from './session.state.js';
