import type { MessageStatus } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import type { AccountKey } from '../store/batches';
import { type AskForRecords, findProofs } from './find-proofs';
import { couldBelong, groupBy, type Slot } from './match-records';
import { type Attempt, listRivals, listUncertainTo, type UncertainText } from './uncertain-recipients.sql';

/** What a message of the provider, under an id that we do not have, is to us. */
export type UnknownRecord =
  /** Proved to be a text that we hold as unknown, or did when a person put it aside. */
  | { kind: 'uncertain'; batchId: string }
  /** It could be one whose message id we do not know; nothing proves it. */
  | { kind: 'perhaps_ours'; batchId: null }
  | { kind: 'only_theirs'; batchId: null };

/** By message id, for all of them; `listedIn`: the time for which the provider listed them. */
export async function classifyUnknownRecords(
  app: AppContext,
  key: AccountKey,
  unknownRecords: MessageStatus[],
  listedIn: Slot,
  askForRecords: AskForRecords,
): Promise<Map<string, UnknownRecord>> {
  const byNumber = groupBy(unknownRecords, (one) => one.recipientNumber);
  const numbers = [...byNumber.keys()];
  const known = await listUncertainTo(app.db, key, numbers, app.settings.submitTimeoutMs);
  const possible = known.filter((attempt) =>
    byNumber.get(attempt.recipient_number)?.some((record) => couldBelong(record, listedIn, attempt)),
  );
  const slotsOfRecords = new Map<string, Slot[]>();
  const proofs = await findProofs(app.db, key.provider, possible, async (start, end) => {
    const records = await askForRecords(start, end);
    const slot = { from: start.getTime(), until: end.getTime() };
    for (const { messageId } of records) {
      slotsOfRecords.set(messageId, [...(slotsOfRecords.get(messageId) ?? []), slot]);
    }
    return records;
  });
  const proved = new Map(proofs.map(({ recipient, record }) => [record.messageId, recipient]));
  const asked = unprovedByNumber(possible, new Set(proved.values()));
  const elsewhere = await listOthers(app, key, numbers, known);
  return new Map(
    unknownRecords.map((record): [string, UnknownRecord] => {
      const text = proved.get(record.messageId);
      if (text) return [record.messageId, { kind: 'uncertain', batchId: text.batch_id }];
      const slots = slotsOfRecords.get(record.messageId) ?? [];
      const isPerhapsOurs =
        asked
          .get(record.recipientNumber)
          ?.some((one) => slots.some((slot) => couldBelong(record, slot, one))) ||
        elsewhere.get(record.recipientNumber)?.some((one) => couldBelong(record, listedIn, one));
      return [record.messageId, { kind: isPerhapsOurs ? 'perhaps_ours' : 'only_theirs', batchId: null }];
    }),
  );
}

const unprovedByNumber = (possible: UncertainText[], proved: Set<UncertainText>) =>
  groupBy(
    possible.filter((one) => !proved.has(one)),
    (one) => one.recipient_number,
  );

/** Attempts of which the provider may have a record, and which were not asked about: most are under way just now. */
async function listOthers(
  app: AppContext,
  key: AccountKey,
  numbers: string[],
  known: Attempt[],
): Promise<Map<string, Attempt[]>> {
  const nameOf = (one: Attempt) => `${one.submission_id} ${one.recipient_number}`;
  const isKnown = new Set(known.map(nameOf));
  const others = (await listRivals(app.db, key.provider, numbers)).filter((one) => !isKnown.has(nameOf(one)));
  return groupBy(others, (one) => one.recipient_number);
}
