import type { Knex } from 'knex';
import type { ListedRecord } from '../provider/list-records';
import { listKnownMessageIds } from '../store/message-ids';
import { matchRecords, mergeRanges, type Proof, timeRangeOf } from './match-records';
import { listCompetingAttempts, type UncertainAttempt } from './uncertain-recipients.sql';

/** Queries the provider's own records of [start, end). */
export type FetchRecords = (start: Date, end: Date) => Promise<ListedRecord[]>;

/**
 * Finds which of these uncertain attempts the provider's own records prove, by the rule of match-records.ts.
 * One query for each range: what the account sent in the hours between two uncertain attempts is not needed.
 */
export async function findProofs<Text extends UncertainAttempt>(
  db: Knex,
  provider: string,
  uncertain: Text[],
  fetchRecords: FetchRecords,
): Promise<Proof<Text>[]> {
  // Up to now, by the database's clock, which wrote these times.
  const now = uncertain.reduce((latest, one) => Math.max(latest, one.finished_at.getTime() + one.age_ms), 0);
  const proofs: Proof<Text>[][] = [];
  for (const { from, until } of mergeRanges(uncertain.map(timeRangeOf))) {
    const mine = uncertain.filter((one) => timeRangeOf(one).from >= from && timeRangeOf(one).until <= until);
    const records = await fetchRecords(new Date(from), new Date(Math.min(until, now)));
    proofs.push(await findProofsIn(db, provider, mine, records));
  }
  return proofs.flat();
}

async function findProofsIn<Text extends UncertainAttempt>(
  db: Knex,
  provider: string,
  uncertain: Text[],
  records: ListedRecord[],
): Promise<Proof<Text>[]> {
  const numbers = new Set(uncertain.map((one) => one.recipient_number));
  const ours = records.filter((record) => numbers.has(record.recipientNumber));
  if (ours.length === 0) return [];
  // In this order: an open request counts as competing, and once it is recorded its message ids are known.
  const competing = await listCompetingAttempts(db, provider, [...numbers]);
  const ids = ours.map((record) => record.messageId);
  const known = await listKnownMessageIds(db, provider, ids);
  return matchRecords(uncertain, ours, competing, new Set(known));
}
