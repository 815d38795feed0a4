import { setTimeout as delay } from 'node:timers/promises';
import { pauseLimit, slowDown, takeSlot } from '../../db/rate-limit';
import { ProviderError, type SmsProvider } from '../../providers/sms-provider';
import type { AccountSettings } from '../../tenants/accounts';
import { type AppContext, providerOf } from '../app-context';
import type { SentWith } from '../store/detail-table';

/** How often questions of one kind may be asked, over all processes. */
export interface Turn {
  everyMs: number;
  /** The longest wait for the turn. */
  patienceMs: number;
  /** How many questions take their turns together: a turn costs a statement. */
  together?: number;
}

/** Tracking. A longer wait would hold up other jobs: a delayed job comes up to a second late. */
export const POLL_TURN: Turn = { everyMs: 50, patienceMs: 1_000 };
/** A person waits: as fast as the provider answers, unless it has said that we ask too often. */
export const PERSON_TURN: Turn = { everyMs: 1, patienceMs: 10_000, together: 10 };
/** What nobody waits for takes turns more rarely, and may wait longer for one. */
export const PATIENT_TURN: Turn = { everyMs: 100, patienceMs: 60_000 };

const BUSY_SNOOZE_MS = 30_000;

/** How a question ended. That it was not answered is never an empty answer. */
export type Answer<T> = { kind: 'answered'; result: T } | NotAnswered;

export interface NotAnswered {
  kind: 'not_answered';
  why: ProviderError;
  /** When the account may be asked again. */
  snoozeMs: number;
}

/** One account at its provider. Every question to a provider goes through it, and takes its turn. */
export interface ProviderClient {
  provider: SmsProvider;
  account: AccountSettings;
  /** Waits for the account's next turn, then asks. Never throws a ProviderError. */
  ask<T>(turn: Turn, question: () => Promise<T>): Promise<Answer<T>>;
  /**
   * Asks one after the other, each in its own turn, but waits for no answer in between. The answers come in the same order;
   * after a question that got no turn no other is asked, and its answer is the last.
   */
  askAll<T>(turn: Turn, questions: (() => Promise<T>)[]): Promise<Answer<T>[]>;
}

/** The account as it sent a text: no other place or sub-account may know the text. What is not known is as today. */
export function asItSent(
  account: AccountSettings,
  { sub_account, address }: Omit<SentWith, 'account_id'>,
): AccountSettings {
  return {
    ...account,
    subAccount: sub_account ?? account.subAccount,
    ...(address === null ? {} : { address }),
  };
}

/** Equal for texts that one question can be about. */
export const senderKey = ({ account_id, sub_account, address }: SentWith): string =>
  JSON.stringify([account_id, sub_account, address]);

export function createProviderClient(app: AppContext, account: AccountSettings): ProviderClient {
  const limitKey = `query:${account.id}`;

  /** Turns that were taken together with an earlier one. */
  let turnsLeft = 0;

  /** Null: the turn has come. */
  async function waitForTurn({ everyMs, patienceMs, together = 1 }: Turn): Promise<NotAnswered | null> {
    if (turnsLeft > 0) {
      turnsLeft -= 1;
      return null;
    }
    const slot = await takeSlot(app.db, limitKey, everyMs, patienceMs, together);
    if (slot.taken) {
      await delay(slot.waitMs);
      turnsLeft += together - 1;
      return null;
    }
    const options = { retryAfterMs: slot.waitMs };
    const why = new ProviderError('turn', 'busy', 'The account is asked too much at the moment.', options);
    return { kind: 'not_answered', why, snoozeMs: slot.waitMs };
  }

  async function call<T>({ everyMs }: Turn, question: () => Promise<T>): Promise<Answer<T>> {
    try {
      return { kind: 'answered', result: await question() };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // We aborted the call ourselves: it tells nothing about the account.
      if (app.stopping.aborted) return { kind: 'not_answered', why: error, snoozeMs: 0 };
      const { code, fault } = error;
      app.log.warn({ accountId: account.id, code, fault }, 'a question to the provider failed');
      turnsLeft = 0;
      const snoozeMs = Math.max(error.retryAfterMs ?? 0, BUSY_SNOOZE_MS);
      // The limit belongs to the account: its other questions pause too, and all of them slow down.
      if (fault === 'too_often') await slowDown(app.db, limitKey, snoozeMs, everyMs);
      else await pauseLimit(app.db, limitKey, snoozeMs);
      return { kind: 'not_answered', why: error, snoozeMs };
    }
  }

  return {
    provider: providerOf(app, account.provider),
    account,
    ask: async (turn, question) => (await waitForTurn(turn)) ?? call(turn, question),
    async askAll<T>(turn: Turn, questions: (() => Promise<T>)[]) {
      const asked: Promise<Answer<T>>[] = [];
      for (const question of questions) {
        const later = await waitForTurn(turn);
        asked.push(later ? Promise.resolve(later) : call(turn, question));
        if (later) break;
      }
      return Promise.all(asked);
    },
  };
}
