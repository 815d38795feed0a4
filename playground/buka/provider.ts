import type { Account } from './accounts/account';
import type { RequestLog } from './api/request-log';
import type { Reply } from './api/statuses';
import type { ApiPath } from './buka-faults';
import type { Quirks } from './buka-options';
import type { Clock } from './clock';
import type { Inbox } from './messages/inbox';
import type { LedgerBook } from './messages/ledger';
import type { Outcomes } from './messages/outcomes';
import type { MessageStore } from './messages/store';
import type { ReportSchedule } from './pushes/schedule';
import type { BukaFaults, Strike } from './strike';

/** What happened, for listeners such as the demo's page. */
export type BukaEvent =
  | { type: 'request'; id: number }
  | { type: 'accepted'; count: number }
  | { type: 'pushed' }
  | { type: 'replied'; number: string }
  | { type: 'faults' }
  | { type: 'changed' };

/** Everything that the paths of the API work with. */
export interface Provider {
  accounts: Account[];
  clock: Clock;
  messages: MessageStore;
  ledger: LedgerBook;
  faults: BukaFaults;
  inbox: Inbox;
  reports: ReportSchedule;
  requests: RequestLog;
  outcomes: Outcomes;
  quirks: Quirks;
  currency: string;
  latencyMs: number;
  /** Uses one of the calls that an account may make in this second. Throws Refusal -15 if none is left. */
  admitQuery(account: Account): void;
  emit(event: BukaEvent): void;
}

/** One authenticated call. */
export interface Call {
  account: Account;
  params: URLSearchParams;
  body: unknown;
  strike: Strike;
}

/** One method and path of the API. */
export interface Route {
  path: ApiPath;
  kind: 'send' | 'query';
  /** The numbers of a send request: the ledger must also know the numbers that a fault kept out. */
  numbersAskedFor?(call: Pick<Call, 'params' | 'body'>): string[];
  /** Throws Refusal. Faults may change what it does. The caller decides how the answer ends. */
  answer(provider: Provider, call: Call): Reply | Promise<Reply>;
}
