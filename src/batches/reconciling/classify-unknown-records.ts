import type { AppContext } from '../app-context';
import type { ListedRecord } from '../provider/list-records';
import type { ProviderKey } from '../store/batches';
import { type FetchRecords, findProofs } from './find-proofs';
import { couldMatch, groupBy, type TimeRange } from './match-records';
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

/** Classifies each record, by message id. `listedIn`: the range for which the provider listed them. */
export async function classifyUnknownRecords(
  app: AppContext,
  key: ProviderKey,
  unknownRecords: ListedRecord[],
  listedIn: TimeRange,
  fetchRecords: FetchRecords,
): Promise<Map<string, UnknownRecord>> {
  const byNumber = groupBy(unknownRecords, (one) => one.recipientNumber);
  const numbers = [...byNumber.keys()];
  const known = await listUncertainAttempts(app.db, key, numbers, app.settings.submitTimeoutMs);
  const possible = known.filter((attempt) =>
    byNumber.get(attempt.recipient_number)?.some((record) => couldMatch(record, listedIn, attempt)),
  );
  const rangesByMessageId = new Map<string, TimeRange[]>();
  const proofs = await findProofs(app.db, key.provider, possible, async (start, end) => {
    const records = await fetchRecords(start, end);
    const range = { from: start.getTime(), until: end.getTime() };
    for (const { messageId } of records) {
      rangesByMessageId.set(messageId, [...(rangesByMessageId.get(messageId) ?? []), range]);
    }
    return records;
  });
  const proved = new Map(proofs.map(({ recipient, record }) => [record.messageId, recipient]));
  const unproved = groupUnproved(possible, new Set(proved.values()));
  const others = await listOtherAttempts(app, key, numbers, known);
  return new Map(
    unknownRecords.map((record): [string, UnknownRecord] => {
      const text = proved.get(record.messageId);
      if (text) return [record.messageId, { kind: 'uncertain', batchId: text.batch_id }];
      const ranges = rangesByMessageId.get(record.messageId) ?? [];
      const isPerhapsOurs =
        unproved
          .get(record.recipientNumber)
          ?.some((one) => ranges.some((range) => couldMatch(record, range, one))) ||
        others.get(record.recipientNumber)?.some((one) => couldMatch(record, listedIn, one));
      return [record.messageId, { kind: isPerhapsOurs ? 'perhaps_ours' : 'only_theirs', batchId: null }];
    }),
  );
}

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
