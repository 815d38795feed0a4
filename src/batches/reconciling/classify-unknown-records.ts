import { groupBy } from '../../group-by';
import type { AppContext } from '../app-context';
import type { ListedRecord } from '../provider/list-records';
import type { ProviderKey } from '../store/batches';
import { idInAccount } from '../store/message-ids';
import { findProofs } from './find-proofs';
import { couldMatch, type TimeRange } from './match-records';
import {
  type ComparedAttempt,
  listCompetingAttempts,
  listUncertainAttempts,
  type TimedAttempt,
} from './uncertain-recipients.sql';

/** What a provider's record with a message id that we do not know can be. */
export type UnknownRecord =
  /** Proved to be an uncertain send attempt of ours, possibly one that a later attempt has replaced. */
  | { kind: 'uncertain'; batchId: string }
  /** It could be a text of ours whose message id we do not know; nothing proves it. */
  | { kind: 'perhaps_ours'; batchId: null }
  | { kind: 'only_theirs'; batchId: null };

/**
 * Classifies each record, by its id as `idInAccount` writes it. `listedIn`: the range for which the provider listed them. `listBetween`: all records
 * of [start, end); where it throws, nothing is classified.
 */
export async function classifyUnknownRecords(
  app: AppContext,
  key: ProviderKey,
  unknownRecords: ListedRecord[],
  listedIn: TimeRange,
  listBetween: (start: Date, end: Date) => Promise<ListedRecord[]>,
): Promise<Map<string, UnknownRecord>> {
  const byNumber = groupBy(unknownRecords, (one) => one.recipientNumber);
  const numbers = [...byNumber.keys()];
  const known = await listUncertainAttempts(app.db, key, numbers, app.settings.submitTimeoutMs);
  const possible = known.filter((attempt) =>
    byNumber.get(attempt.recipient_number)?.some((record) => couldMatch(record, listedIn, attempt)),
  );
  const rangesById = new Map<string, TimeRange[]>();
  const { proofs } = await findProofs(app.db, key.provider, possible, async (start, end) => {
    const records = await listBetween(start, end);
    const range = { from: start.getTime(), until: end.getTime() };
    for (const one of records) rangesById.set(keyOf(one), [...(rangesById.get(keyOf(one)) ?? []), range]);
    return { kind: 'answered', result: records };
  });
  const proved = new Map(proofs.map(({ recipient, record }) => [keyOf(record), recipient]));
  const unproved = groupUnproved(possible, new Set(proved.values()));
  const others = await listOtherAttempts(app, key, numbers, known);
  return new Map(
    unknownRecords.map((record): [string, UnknownRecord] => {
      const text = proved.get(keyOf(record));
      if (text) return [keyOf(record), { kind: 'uncertain', batchId: text.batch_id }];
      const ranges = rangesById.get(keyOf(record)) ?? [];
      const isPerhapsOurs =
        unproved
          .get(record.recipientNumber)
          ?.some((one) => ranges.some((range) => couldMatch(record, range, one))) ||
        others.get(record.recipientNumber)?.some((one) => couldMatch(record, listedIn, one));
      return [keyOf(record), { kind: isPerhapsOurs ? 'perhaps_ours' : 'only_theirs', batchId: null }];
    }),
  );
}

const keyOf = ({ accountId, messageId }: ListedRecord) => idInAccount(accountId, messageId);

const groupUnproved = (possible: ComparedAttempt[], proved: Set<ComparedAttempt>) =>
  groupBy(
    possible.filter((one) => !proved.has(one)),
    (one) => one.recipient_number,
  );

/** The competing attempts that are not uncertain, by number; most of them are in open requests. */
async function listOtherAttempts(
  app: AppContext,
  key: ProviderKey,
  numbers: string[],
  known: TimedAttempt[],
): Promise<Map<string, TimedAttempt[]>> {
  const idOf = (one: TimedAttempt) => `${one.submission_id} ${one.recipient_number}`;
  const isKnown = new Set(known.map(idOf));
  const others = (await listCompetingAttempts(app.db, key.provider, numbers)).filter(
    (one) => !isKnown.has(idOf(one)),
  );
  return groupBy(others, (one) => one.recipient_number);
}
