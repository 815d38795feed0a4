import { setTimeout as delay } from 'node:timers/promises';
import { pauseLimit, slowDown, takeSlot } from '../../db/rate-limit';
import { type ProviderAccount, ProviderError, type SmsProvider } from '../../providers/sms-provider';
import { type AppContext, providerOf } from '../app-context';
import type { BatchRow } from '../store/batches';
import { findSender } from './find-account';

/** All batches of an account together ask no more often, over all processes. */
const CALL_EVERY_MS = 50;
const BUSY_AGAIN_MS = 30_000;
const NO_ACCOUNT_AGAIN_MS = 900_000;
/** A short wait for one's turn is sat out: a delayed job would come up to a second late. */
const SIT_OUT_MS = 1_000;
const ASKED_TOO_OFTEN = ['-15', 'http_429'];

/** What tracking asks the provider of a batch goes through here, call by call. */
export interface Asking {
  provider: SmsProvider;
  account: ProviderAccount;
  /**
   * Waits for the account's next turn; the one after it comes `everyMs` later. Where it is further off than the
   * patience: how far, come again then.
   */
  turn(cost?: { everyMs: number; patienceMs: number }): Promise<{ laterMs: number } | null>;
  /** Makes the call whose turn it is. Where it gets no answer, why, and how long the account is to wait. */
  ask<T>(call: () => Promise<T>): Promise<{ answer: T } | { error: ProviderError; laterMs: number }>;
}

/** Null where the workspace has no account (any more): `laterMs` says when to look again. */
export async function openAsking(
  app: AppContext,
  batch: Pick<BatchRow, 'tenant_id' | 'user_id' | 'channel'> & { id: string | null },
): Promise<Asking | { laterMs: number }> {
  const sender = await findSender(app, batch);
  if (!sender) return { laterMs: NO_ACCOUNT_AGAIN_MS };
  const gate = `query:${batch.tenant_id}:${batch.channel}`;
  return {
    provider: providerOf(app, batch.channel),
    account: sender.account,
    async turn({ everyMs, patienceMs } = { everyMs: CALL_EVERY_MS, patienceMs: SIT_OUT_MS }) {
      const slot = await takeSlot(app.db, gate, everyMs, patienceMs);
      if (!slot.taken) return { laterMs: slot.waitMs };
      await delay(slot.waitMs);
      return null;
    },
    async ask(call) {
      try {
        return { answer: await call() };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        const { code, fault } = error;
        // We gave it up ourselves: nothing is known of the account.
        if (app.stopping.aborted) return { error, laterMs: 0 };
        app.log.warn({ batchId: batch.id, code, fault }, 'the provider could not be asked');
        const laterMs = Math.max(error.retryAfterMs ?? 0, BUSY_AGAIN_MS);
        // Asked too often is said of the account: its other batches wait as well, and all come more slowly.
        if (ASKED_TOO_OFTEN.includes(code)) await slowDown(app.db, gate, laterMs, CALL_EVERY_MS);
        else await pauseLimit(app.db, gate, laterMs);
        return { error, laterMs };
      }
    },
  };
}
