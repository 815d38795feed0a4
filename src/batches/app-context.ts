import type { Knex } from 'knex';
import type { Log } from '../log';
import type { SmsProvider } from '../providers/sms-provider';
import type { Accounts } from '../tenants/accounts';

/** What every verb of a batch works with. Made once, in app.ts. */
export interface AppContext {
  db: Knex;
  providers: Record<string, SmsProvider>;
  accounts: Accounts;
  settings: AppSettings;
  log: Log;
  /** The name under which this process gives its sign of life (db/presence.ts). */
  worker?: string | undefined;
  /** Fires when the process must end soon: open requests are given up, their outcome becomes unknown. */
  stopping: AbortSignal;
}

export interface AppSettings {
  submitTimeoutMs: number;
  /** A lane submits chunk after chunk for so long, then goes behind the lanes of other batches. */
  laneTurnMs: number;
  /** First interval of the poll; it grows with the age of the batch. */
  deliveryPollMs: number;
  deliveryHorizonMs: number;
  /** So long after an unclear answer, who is still uncertain is put before people. */
  uncertainSettleMs: number;
  /** Least time between two edits of one message. */
  messageRefreshMs: number;
  /** ISO 3166 code of the country of numbers that are written without a country code. */
  defaultCountry?: string | undefined;
}

/** The channel of a batch. A batch of a channel that is not built in is a fault of the installation. */
export function providerOf(app: AppContext, name: string): SmsProvider {
  const provider = app.providers[name];
  if (!provider) throw new Error(`No channel is named "${name}".`);
  return provider;
}
