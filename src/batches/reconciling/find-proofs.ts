import type { Knex } from 'knex';
import type { MessageStatus } from '../../providers/sms-provider';
import { listKnownMessageIds } from '../store/message-ids';
import { joinSlots, matchRecords, type Proof, slotOf } from './match-records';
import { listRivals, type Unproven } from './uncertain-recipients.sql';

/** Asks the provider for its own records of [start, end). */
export type AskForRecords = (start: Date, end: Date) => Promise<MessageStatus[]>;

/**
 * Which of these uncertain attempts the provider's own records prove, by the rule of match-records.ts. Slot after
 * slot: what happened in the hours between two unclear answers is nobody's business.
 */
export async function findProofs<Text extends Unproven>(
  db: Knex,
  provider: string,
  uncertain: Text[],
  askForRecords: AskForRecords,
): Promise<Proof<Text>[]> {
  // Not beyond now, by the clock that wrote these times: the database's.
  const now = uncertain.reduce((latest, one) => Math.max(latest, one.finished_at.getTime() + one.age_ms), 0);
  const proofs: Proof<Text>[][] = [];
  for (const { from, until } of joinSlots(uncertain.map(slotOf))) {
    const mine = uncertain.filter((one) => slotOf(one).from >= from && slotOf(one).until <= until);
    const records = await askForRecords(new Date(from), new Date(Math.min(until, now)));
    proofs.push(await findProofsIn(db, provider, mine, records));
  }
  return proofs.flat();
}

async function findProofsIn<Text extends Unproven>(
  db: Knex,
  provider: string,
  uncertain: Text[],
  records: MessageStatus[],
): Promise<Proof<Text>[]> {
  const numbers = new Set(uncertain.map((one) => one.recipient_number));
  const ours = records.filter((record) => numbers.has(record.recipientNumber));
  if (ours.length === 0) return [];
  // In this order: an open request is a rival first, and once it is recorded its messages are known.
  const rivals = await listRivals(db, provider, [...numbers]);
  const ids = ours.map((record) => record.messageId);
  const known = await listKnownMessageIds(db, provider, ids);
  return matchRecords(uncertain, ours, rivals, new Set(known));
}
