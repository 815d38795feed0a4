import type { Knex } from 'knex';
import type { Turns } from '../db/turns';
import type { Log } from '../log';
import type { SmsProvider } from '../providers/sms-provider';
import type { Accounts } from '../tenants/accounts';
import type { Actor } from '../tenants/actor';

/** What every verb in `batches/` works with. Made once, in app.ts. */
export interface AppContext {
  db: Knex;
  /** A pool apart, for what people ask: see `readsOf`. For reading alone. */
  reads: Knex;
  /** Whoever searches waits for a place here. */
  searches: Turns;
  providers: Record<string, SmsProvider>;
  accounts: Accounts;
  /** How files are read, by their origin: each door adds its own. */
  sources: Record<string, OpenFile>;
  /** Who reads where batches are shown, by the door that shows them: each door adds its own. */
  audiences: Record<string, AskAudience>;
  settings: AppSettings;
  log: Log;
  /** The name that proves this process alive while it holds it (db/worker-liveness.ts). */
  worker?: string | undefined;
  /** Fires when the process was asked to end: no further request to a provider begins. */
  draining: AbortSignal;
  /** Fires when the process must end soon: open requests are aborted, and their outcome becomes unknown. */
  stopping: AbortSignal;
}

/** The pool for a question: a person's never takes a connection from the jobs, and a job's never takes one from people. */
export const readsOf = (app: Pick<AppContext, 'db' | 'reads'>, actor: Actor): Knex =>
  actor.kind === 'system' ? app.db : app.reads;

interface AppSettings {
  submitTimeoutMs: number;
  /** How long a lane submits chunk after chunk before it goes behind the lanes of other batches. */
  laneTurnMs: number;
  /** The first interval between polls; it grows with the age of the batch. */
  deliveryPollMs: number;
  /** How long after its submission a batch is tracked; what is open then becomes unknown. */
  deliveryHorizonMs: number;
  /** How long after an unclear result people are asked about recipients that are still uncertain. */
  uncertainSettleMs: number;
  /** How many drafts may be open, neither sent nor discarded: of one person, of one API key, and of a workspace. */
  maxDrafts: { perPerson: number; perKey: number; perWorkspace: number };
  /** How long after the last act on it a draft expires. */
  draftExpiryMs: number;
  /** The least time between two edits of one status message. */
  messageRefreshMs: number;
  /** The most exports that a person may wait for. */
  maxExportsPerPerson: number;
  /** The most comparisons with a provider that a person may wait for. */
  maxComparisonsPerPerson: number;
  /** The country of numbers without a country code, as an ISO 3166 code. */
  defaultCountry?: string | undefined;
}

/**
 * The bytes of a file that a list is read from. Throws an error whose `code` starts with `file_` where the origin does not
 * give it (`file_not_found`, `file_forbidden`, `file_not_ready`, `file_too_large`, `file_unreachable`).
 */
export type OpenFile = (file: { tenantId: string; ref: string }) => AsyncIterable<Uint8Array>;

/**
 * Whether a person is among those to whom a door shows each of these batches, by the batch's id. A batch that it shows to
 * nobody, or to one person alone, is not in the answer. `unknown`: nobody could say, within the time that a person waits.
 */
export type AskAudience = (asked: {
  tenantId: string;
  userId: string;
  batchIds: string[];
}) => Promise<Map<string, 'member' | 'not_member' | 'unknown'>>;

/** How long after an unclear result a record may still be missing: as the provider says, or as is set, whatever is longer. */
export const settleMsOf = (app: AppContext, provider: string): number =>
  Math.max(app.settings.uncertainSettleMs, providerOf(app, provider).capabilities.settleMs);

/** The provider of a batch. Throws where the installation has no provider of that name. */
export function providerOf(app: AppContext, name: string): SmsProvider {
  const provider = app.providers[name];
  if (!provider) throw new Error(`No provider is named "${name}".`);
  return provider;
}
