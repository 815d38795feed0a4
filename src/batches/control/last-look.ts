import { transact } from '../../db/transact';
import { groupBy } from '../../group-by';
import type { FailureClass } from '../../providers/failure-codes';
import type { MessageStatusList, ProviderError } from '../../providers/sms-provider';
import type { AccountSettings } from '../../tenants/accounts';
import { advanceBatch } from '../advance-batch';
import { type AppContext, settleMsOf } from '../app-context';
import { askAboutIds } from '../provider/ask-about-ids';
import { outOfTime } from '../provider/deadline';
import {
  asItSent,
  createProviderClient,
  type NotAnswered,
  PERSON_TURN,
  senderKey,
} from '../provider/provider-client';
import { askForProofs } from '../reconciling/ask-for-proofs';
import { recordProofs } from '../reconciling/record-proofs';
import { listUncertainRecipients } from '../reconciling/uncertain-recipients.sql';
import { listBatchAccounts } from '../store/batch-accounts';
import type { BatchRow } from '../store/batches';
import { takeBackAttempts } from '../store/delivered-attempts';
import type { SentWith, TrackedKey } from '../store/detail-table';
import { type FailedRecipient, listFailed } from '../store/recipients';
import { recordDeliveryReports } from '../tracking/record-delivery-reports';
import { recordOutcomes } from '../tracking/record-outcomes';

/** Whom somebody wants to send to again. */
export type Resendable = { from: 'unknown' } | { from: 'failed'; classes: readonly FailureClass[] };

/**
 * Why a recipient is not sent a second text now: the provider says that the first is on its way; it has records that may be of
 * the first; the first is so recent that its record may still be missing; it could not be asked, or told nothing of it.
 */
export const HOLD_REASONS = ['on_the_way', 'perhaps_sent', 'too_early', 'no_answer'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What a last look at the recipients of one account has shown. Rows of the account's table of recipients. */
export interface AccountLook {
  accountId: string;
  /** The provider was asked about them and told nothing that speaks against sending again. */
  cleared: string[];
  heldBack: Record<HoldReason, string[]>;
  /** They have got the text or are on their way, as was recorded now. */
  proved: number;
  /** Why it could not be asked about some; null where it could. */
  why: ProviderError | null;
}

const heldBackNobody = (): AccountLook['heldBack'] => ({
  on_the_way: [],
  perhaps_sent: [],
  too_early: [],
  no_answer: [],
});

const LONGEST_LOOK_MS = 30_000;

/**
 * Looks once more at recipients before they are sent a second text: applies the reports that have come, and asks their
 * provider about these very texts, within 30 s. What it learns is recorded. One look for each account of the batch, or for each
 * of `accountIds`.
 */
export async function takeLastLook(
  app: AppContext,
  batch: BatchRow,
  whom: Resendable,
  accountIds?: readonly string[],
): Promise<AccountLook[]> {
  const endAt = performance.now() + LONGEST_LOOK_MS;
  const looks: AccountLook[] = [];
  const reached = await transact(app.db, (trx) => takeBackAttempts(trx, batch.id));
  const accounts = await listBatchAccounts(app.db, batch.id);
  for (const { id, provider } of accounts.filter((one) => accountIds?.includes(one.id) ?? true)) {
    const account = await app.accounts.find(id, batch.user_id);
    if (!account) continue;
    const key = { provider, batchId: batch.id, accountId: id };
    const look =
      whom.from === 'unknown'
        ? await lookAtUnknown(app, key, account, endAt)
        : await lookAtFailed(app, key, account, whom.classes, endAt);
    // After the questions: what came while they were asked counts too. Who is settled by it is not sent to again.
    looks.push((await applyReports(app, provider, endAt)) ? look : holdBackAll(look));
  }
  if (looks[0]) looks[0].proved += reached;
  return looks;
}

/** Returns whether all that were due could be applied in time. */
async function applyReports(app: AppContext, provider: string, endAt: number): Promise<boolean> {
  do {
    if ((await recordDeliveryReports(app, provider)).kind === 'done') return true;
  } while (performance.now() < endAt);
  return false;
}

const holdBackAll = (look: AccountLook): AccountLook => ({
  ...look,
  cleared: [],
  heldBack: { ...look.heldBack, no_answer: [...look.heldBack.no_answer, ...look.cleared] },
  why: look.why ?? outOfTime().why,
});

async function lookAtUnknown(
  app: AppContext,
  key: TrackedKey,
  account: AccountSettings,
  endAt: number,
): Promise<AccountLook> {
  const uncertain = await listUncertainRecipients(app.db, key, app.settings.submitTimeoutMs);
  const found = await askForProofs(app, account, uncertain, PERSON_TURN, endAt);
  const look: AccountLook = {
    accountId: key.accountId,
    cleared: [],
    heldBack: heldBackNobody(),
    proved: await recordProofs(app, key, found.proofs),
    why: found.notAnswered?.why ?? null,
  };
  const isProved = new Set(found.proofs.map(({ recipient }) => recipient.id));
  const isPossible = new Set(found.possible.map(({ id }) => id));
  const settleMs = settleMsOf(app, account.provider);
  for (const { id, age_ms: ageMs } of uncertain) {
    if (isProved.has(id)) continue;
    if (found.notAnswered) look.heldBack.no_answer.push(id);
    else if (isPossible.has(id)) look.heldBack.perhaps_sent.push(id);
    else if (ageMs <= settleMs) look.heldBack.too_early.push(id);
    else look.cleared.push(id);
  }
  return look;
}

async function lookAtFailed(
  app: AppContext,
  key: TrackedKey,
  account: AccountSettings,
  classes: readonly FailureClass[],
  endAt: number,
): Promise<AccountLook> {
  const failed = await listFailed(app.db, key, classes);
  const known = failed.filter(hasMessageId);
  const look: AccountLook = {
    accountId: key.accountId,
    // Nothing can be asked by id about those without one: they were refused at once, or a report without it has failed them.
    cleared: failed.filter((one) => !hasMessageId(one)).map(({ id }) => id),
    heldBack: heldBackNobody(),
    proved: 0,
    why: null,
  };
  for (const texts of groupBy(known, senderKey).values()) {
    const { parts, notAnswered } = await askAbout(app, account, texts, endAt);
    await recordParts(app, key, texts, parts);
    const told = answersOf(parts);
    for (const { id, provider_message_id: messageId } of texts) {
      const status = told.get(messageId);
      if (status === 'delivered') look.proved += 1;
      else if (status === 'failed' || status === 'no_record') look.cleared.push(id);
      else look.heldBack[status === 'sending' ? 'on_the_way' : 'no_answer'].push(id);
    }
    look.why ??= notAnswered?.why ?? null;
  }
  return look;
}

type KnownRecipient = FailedRecipient & { provider_message_id: string };
const hasMessageId = (one: FailedRecipient): one is KnownRecipient => one.provider_message_id !== null;

async function askAbout(
  app: AppContext,
  account: AccountSettings,
  texts: KnownRecipient[],
  endAt: number,
): Promise<{ parts: MessageStatusList[]; notAnswered: NotAnswered | null }> {
  const client = createProviderClient(app, asItSent(account, texts[0] as SentWith));
  const ids = texts.map((one) => one.provider_message_id);
  const parts: MessageStatusList[] = [];
  const onPart = (part: MessageStatusList) => parts.push(part);
  const answer = await askAboutIds(app, client, PERSON_TURN, ids, { endAt, onPart });
  return { parts, notAnswered: answer.kind === 'not_answered' ? answer : null };
}

/** By message id. That it has no record of a text is told only where the provider's own count says so of each. */
function answersOf(
  parts: MessageStatusList[],
): Map<string, 'delivered' | 'failed' | 'sending' | 'no_record'> {
  const told = new Map<string, 'delivered' | 'failed' | 'sending' | 'no_record'>();
  for (const { results, totalNotFound } of parts) {
    const isCounted = results.filter(({ status }) => status === 'unknown').length === totalNotFound;
    for (const { messageId, status } of results) {
      if (status !== 'unknown') told.set(messageId, status);
      else if (isCounted) told.set(messageId, 'no_record');
    }
  }
  return told;
}

async function recordParts(
  app: AppContext,
  key: TrackedKey,
  texts: KnownRecipient[],
  parts: MessageStatusList[],
): Promise<void> {
  const chunks = texts.map((one) => one.chunk);
  const range = {
    first: chunks.reduce((a, b) => Math.min(a, b)),
    last: chunks.reduce((a, b) => Math.max(a, b)),
  };
  await app.db.transaction(async (trx) => {
    for (const { results } of parts) await recordOutcomes(trx, { ...key, ...range }, results, 'poll');
    await advanceBatch(app, trx, key.batchId);
  });
}
