import type { FaultSetting } from '../faults/fault-engine';
import type { StatusCode } from './api/statuses';

/** How an undocumented answer ends. A status code means a regular reply that refuses. */
export type Ending =
  | 'hang'
  | 'drop'
  | 'serverError'
  | 'tooMany'
  | 'html'
  | 'truncated'
  | 'empty'
  | StatusCode;

/** Every path of the API, without the leading `/v3/`. */
export type ApiPath = 'sendSms' | 'sendSms/batch' | 'getReport' | 'getSentRcd' | 'getBalance' | 'recordMo';

/** When a fault strikes. Default: always, on the calls it usually affects. The seed makes chance repeatable. */
export interface BukaFaultSetting extends FaultSetting {
  /** The calls that it strikes. Has no meaning for pushes. */
  on?: 'send' | 'query' | 'any' | ApiPath | undefined;
  /** The latency, the delay, or the time of Retry-After. */
  ms?: number | undefined;
}

export interface BukaFault {
  group: 'connection' | 'account' | 'answer' | 'reports';
  title: string;
  description: string;
  affects: 'send' | 'any' | 'push';
  /** Set if the fault replaces the whole answer, before or after the request is executed. */
  ends?: { when: 'before' | 'after'; as: Ending };
  /** The defaults for what a setting leaves out. */
  usual?: BukaFaultSetting;
}

const connection = (
  title: string,
  affects: 'send' | 'any',
  when: 'before' | 'after',
  as: Ending,
  description: string,
): BukaFault => ({ group: 'connection', title, description, affects, ends: { when, as } });

const account = (title: string, affects: 'send' | 'any', as: StatusCode, description: string): BukaFault => ({
  group: 'account',
  title,
  description,
  affects,
  ends: { when: 'before', as },
});

const answer = (title: string, description: string): BukaFault => ({
  group: 'answer',
  title,
  description,
  affects: 'send',
});

const reports = (title: string, description: string, usual: BukaFaultSetting = {}): BukaFault => ({
  group: 'reports',
  title,
  description,
  affects: 'push',
  usual,
});

const table = {
  slow: {
    group: 'connection',
    title: 'Slow',
    description: 'Buka takes two seconds longer for every answer.',
    affects: 'any',
    usual: { ms: 2_000 },
  },
  hangBefore: connection(
    'Hangs, nothing sent',
    'send',
    'before',
    'hang',
    'Buka never answers, and has accepted nothing.',
  ),
  hangAfter: connection(
    'Hangs after sending',
    'send',
    'after',
    'hang',
    'Buka accepts the messages and never answers.',
  ),
  dropBefore: connection(
    'Drops, nothing sent',
    'send',
    'before',
    'drop',
    'The connection breaks before Buka accepts anything.',
  ),
  dropAfter: connection(
    'Drops after sending',
    'send',
    'after',
    'drop',
    'Buka accepts the messages, then the connection breaks.',
  ),
  errorBefore: connection(
    '500, nothing sent',
    'send',
    'before',
    'serverError',
    'HTTP 500, and nothing was accepted.',
  ),
  errorAfter: connection(
    '500 after sending',
    'send',
    'after',
    'serverError',
    'HTTP 500, although the messages were accepted.',
  ),
  tooMany: {
    ...connection('429', 'any', 'before', 'tooMany', 'HTTP 429 with Retry-After; nothing was accepted.'),
    usual: { ms: 1_000 },
  },
  htmlBefore: connection(
    'HTML, nothing sent',
    'any',
    'before',
    'html',
    'An HTML page from a gateway instead of JSON; nothing was accepted.',
  ),
  htmlAfter: connection(
    'HTML after sending',
    'send',
    'after',
    'html',
    'An HTML page instead of JSON, although the messages were accepted.',
  ),
  truncated: connection(
    'Truncated answer',
    'send',
    'after',
    'truncated',
    'The messages are accepted and the JSON of the answer breaks off.',
  ),
  empty: connection(
    'Empty answer',
    'send',
    'after',
    'empty',
    'The messages are accepted and the body of the answer is empty.',
  ),

  badCredentials: account(
    'Credentials refused',
    'any',
    '-1',
    'The API key or secret is no longer valid (-1).',
  ),
  ipNotAllowed: account('IP not allowed', 'any', '-2', 'This machine is not on the allow-list (-2).'),
  outOfBalance: account('Out of balance', 'send', '-10', 'The account has no money left (-10).'),
  accountLocked: account('Account locked', 'any', '-13', 'The account is locked (-13).'),
  noChannel: account('No channel', 'send', '-19', 'No channel or price is bound to the account (-19).'),
  platformFault: account('Platform fault', 'send', '-12', 'Bulk submission failed; it may work later (-12).'),
  askedTooOften: account('Asked too often', 'any', '-15', 'Buka wants fewer calls (-15).'),
  timestampExpired: account(
    'Timestamp expired',
    'any',
    '-16',
    'Buka finds the timestamp of the request too old (-16).',
  ),
  sensitiveWord: account('Sensitive word', 'send', '-3', 'Buka objects to a word of the text (-3).'),
  noTemplate: account('No template', 'send', '-6', 'The text matches no approved template (-6).'),
  interfaceFault: connection(
    'Interface fault',
    'send',
    'after',
    '-18',
    'The messages are accepted and the answer says interface fault (-18).',
  ),

  halfRefused: answer(
    'Half refused',
    'Only the first half of the numbers is accepted; the answer leaves the others out.',
  ),
  halfMissing: answer(
    'Half missing',
    'All are accepted and counted, but the answer names only the first half of them.',
  ),
  foreignNumbers: answer('Foreign numbers', 'The answer also names numbers that nobody sent.'),
  reordered: answer('Reordered', 'The answer names the numbers in another order.'),
  swappedOrderIds: answer('Swapped order ids', 'The answer gives each number the order id of its neighbour.'),

  reportsLost: reports('Reports lost', 'Half of the delivery reports never come.', { probability: 0.5 }),
  reportsTwice: reports('Reports twice', 'Every delivery report comes twice.'),
  reportsShuffled: reports('Reports out of order', 'Delivery reports come with the newest first.'),
  reportsDelayed: reports('Reports late', 'Delivery reports come ten seconds late.', { ms: 10_000 }),
  reportsEarly: {
    ...answer('Reports first', 'The delivery reports come before the answer to the send.'),
    group: 'reports',
  },
} satisfies Record<string, BukaFault>;

export type BukaFaultName = keyof typeof table;

/** Everything that can go wrong, by name, with the words that a person reads. */
export const BUKA_FAULTS: Readonly<Record<BukaFaultName, BukaFault>> = table;

export const BUKA_FAULT_NAMES = Object.keys(table) as BukaFaultName[];
