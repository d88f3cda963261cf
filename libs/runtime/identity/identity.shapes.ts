import { z } from 'zod';
import { FORCED_CHANGES, LOGIN_LEVELS, SESSION_STAGES, STAFF_ROLES } from '#identity';
import { MESSAGE_KINDS } from '#ports';
import { accountText, count, shape, text, time } from '../engine/shapes.js';

// What is answered about sessions, logins, circles and staff. A spec compares it with what the product
// really gives.

const contactKind = z.enum(['phone', 'mail']);
const codeMethod = z.enum(['sms', 'voice', 'mail']);
const masked = text.meta({ description: 'Only the tail shows.', example: '--5678' });
const level = z.enum(LOGIN_LEVELS);
const forcedChange = z.enum(FORCED_CHANGES);

export const Contact = shape('Contact', z.object({ contact: text, kind: contactKind, masked }));
export const SentCode = shape(
  'SentCode',
  z.object({
    contact: text,
    method: codeMethod,
    masked,
    expiresAt: time,
    resendAt: time.meta({ description: 'No other code before.' }),
  }),
);
export const Session = shape(
  'Session',
  z.object({
    verified: z.boolean().meta({
      description: 'A second step was passed. Without it customers see no calls, usage or statements.',
    }),
    stage: z.enum(SESSION_STAGES),
    level,
    // Every login that is not of staff is a customer's.
    role: z.enum(['customer', ...STAFF_ROLES]),
    account: accountText.nullable(),
    circle: text.nullable(),
    unique: text.nullable(),
    name: text,
    loginId: text,
    language: z.enum(['ja', 'en']),
    csrfToken: text.meta({ description: 'To be sent as `X-Csrf-Token` with everything that changes.' }),
    expiresAt: time,
    passwordNotice: forcedChange,
    viewing: z
      .object({
        account: accountText,
        circle: text.nullable(),
        unique: text.nullable(),
        readOnly: z.boolean(),
      })
      .nullable()
      .meta({ description: 'The lower level that was entered.' }),
    accountOver: z.boolean().meta({
      description: 'The account is cancelled and its last day is over: everything is read, nothing changed.',
    }),
    secondStep: z
      .object({
        contacts: z.array(z.object({ ...Contact.shape, methods: z.array(codeMethod) })),
        totp: z.boolean(),
        passkey: z.boolean(),
        sent: SentCode.nullable(),
      })
      .nullable()
      .meta({ description: 'What it can be passed with: in the stage `second_step`, and while it was not.' }),
  }),
);
export const OwnSession = shape(
  'OwnSession',
  z.object({
    session: text,
    startedAt: time,
    lastSeenAt: time,
    address: text,
    agent: text,
    current: z.boolean(),
  }),
);
export const EndedSession = shape('EndedSession', z.object({ session: text }));
export const PasskeyQuestion = shape(
  'PasskeyQuestion',
  z.record(text, z.unknown()).meta({ description: 'WebAuthn options in JSON, for the browser.' }),
);

export const Passkey = shape(
  'Passkey',
  z.object({ passkey: text, label: text, createdAt: time, lastUsedAt: time.nullable() }),
);
export const Security = shape(
  'Security',
  z.object({
    loginId: text,
    level,
    passwordChangedAt: time,
    contacts: z.array(Contact),
    totp: z.object({ enrolledAt: time }).nullable(),
    passkeys: z.array(Passkey),
  }),
);
export const ChangedLogin = shape('ChangedLogin', z.object({ login: text }));
export const ChangedLoginId = shape('ChangedLoginId', z.object({ loginId: text }));
export const RemovedContact = shape('RemovedContact', z.object({ contact: text }));
export const RemovedPasskey = shape('RemovedPasskey', z.object({ passkey: text }));
export const TotpSecret = shape(
  'TotpSecret',
  z.object({ uri: text.meta({ description: 'For a QR code.' }), secret: text }).meta({
    description: 'Shown once and nowhere else.',
  }),
);
export const Enrolled = shape('Enrolled', z.object({ enrolledAt: time }));
export const Accepted = shape('Accepted', z.object({}));

export const Circle = shape(
  'Circle',
  z.object({
    circle: text,
    name: text,
    loginId: text,
    representative: z.boolean().meta({ description: 'The first circle of the account.' }),
    forcedChange,
    createdAt: time,
    uniques: count,
  }),
);
export const Unique = shape(
  'Unique',
  z.object({
    unique: text,
    circle: text,
    name: text,
    loginId: text,
    numbers: z.array(text),
    outgoing: text.meta({ description: '`any` of the numbers, `none`, or the number that it calls with.' }),
    createdAt: time,
  }),
);
export const Staff = shape(
  'Staff',
  z.object({
    login: text,
    loginId: text,
    name: text,
    role: z.enum(STAFF_ROLES),
    disabled: z.boolean(),
    createdAt: time,
  }),
);
export const Approval = shape('Approval', z.object({ approval: text, expiresAt: time }));
export const AccountLogin = shape(
  'AccountLogin',
  z.object({
    login: text,
    level,
    circle: text.nullable(),
    unique: text.nullable(),
    loginId: text,
    name: text,
    disabled: z.boolean(),
    lockedUntil: time.nullable().meta({ description: 'After too many wrong passwords or codes.' }),
    contacts: z.array(Contact),
    lastSignInAt: time.nullable().meta({ description: 'All steps of signing in were passed.' }),
    passwordChangedAt: time,
  }),
);
export const NewAccountLogin = shape('NewAccountLogin', z.object({ login: text, loginId: text }));
export const StaffAct = shape(
  'StaffAct',
  z.object({
    position: count,
    at: time,
    actor: text,
    name: text.nullable(),
    type: text,
    stream: text,
    events: count,
    reason: text.nullable(),
    session: text.nullable(),
    address: text.nullable(),
  }),
);
export const OutboxMessage = shape(
  'OutboxMessage',
  z.object({
    message: text,
    kind: z.enum(MESSAGE_KINDS),
    to: text,
    subject: text.nullable(),
    text,
    sentAt: time,
  }),
);
