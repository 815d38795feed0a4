import { setTimeout as delay } from 'node:timers/promises';
import { pauseLimit, slowDown, takeSlot } from '../../db/rate-limit';
import { type ProviderAccount, ProviderError, type SmsProvider } from '../../providers/sms-provider';
import { type AppContext, providerOf } from '../app-context';
import type { BatchRow } from '../store/batches';
import { findAccount } from './find-account';

/** All queries of an account together are this far apart, over all processes. */
const CALL_EVERY_MS = 50;
const BUSY_SNOOZE_MS = 30_000;
const NO_ACCOUNT_SNOOZE_MS = 900_000;
/** A wait of up to this long happens inside the job: a delayed job would come up to a second late. */
const SHORT_WAIT_MS = 1_000;
/** The provider says that the account asks too often. */
const TOO_OFTEN_CODES = ['-15', 'http_429'];

/** One account at its provider, with the rate limit that all queries of the account share. */
export interface ProviderClient {
  provider: SmsProvider;
  account: ProviderAccount;
  /**
   * Takes the account's next turn and waits for it; the turn after it comes `everyMs` later. Returns null
   * when the turn has come, or the wait where it is longer than `patienceMs`; the turn is then not taken.
   */
  waitForTurn(limit?: { everyMs: number; patienceMs: number }): Promise<{ snoozeMs: number } | null>;
  /** Makes one call, after its turn. A call that fails returns its error, and how long the account pauses. */
  call<T>(query: () => Promise<T>): Promise<{ result: T } | { error: ProviderError; snoozeMs: number }>;
}

/** Only `snoozeMs`, when to look again, where the workspace has no account (any more). */
export async function openProviderClient(
  app: AppContext,
  batch: Pick<BatchRow, 'tenant_id' | 'user_id' | 'channel'> & { id: string | null },
): Promise<ProviderClient | { snoozeMs: number }> {
  const found = await findAccount(app, batch);
  if (!found) return { snoozeMs: NO_ACCOUNT_SNOOZE_MS };
  const limitKey = `query:${batch.tenant_id}:${batch.channel}`;
  return {
    provider: providerOf(app, batch.channel),
    account: found.account,
    async waitForTurn({ everyMs, patienceMs } = { everyMs: CALL_EVERY_MS, patienceMs: SHORT_WAIT_MS }) {
      const slot = await takeSlot(app.db, limitKey, everyMs, patienceMs);
      if (!slot.taken) return { snoozeMs: slot.waitMs };
      await delay(slot.waitMs);
      return null;
    },
    async call(query) {
      try {
        return { result: await query() };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        const { code, fault } = error;
        // We aborted the call ourselves: it tells nothing about the account.
        if (app.stopping.aborted) return { error, snoozeMs: 0 };
        app.log.warn({ batchId: batch.id, code, fault }, 'a query to the provider failed');
        const snoozeMs = Math.max(error.retryAfterMs ?? 0, BUSY_SNOOZE_MS);
        // The limit belongs to the account: its other batches pause too, and all of them slow down.
        if (TOO_OFTEN_CODES.includes(code)) await slowDown(app.db, limitKey, snoozeMs, CALL_EVERY_MS);
        else await pauseLimit(app.db, limitKey, snoozeMs);
        return { error, snoozeMs };
      }
    },
  };
}
