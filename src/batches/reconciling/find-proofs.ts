import type { Knex } from 'knex';
import type { ListedRecord } from '../provider/list-records';
import type { Answer, NotAnswered } from '../provider/provider-client';
import { listKnownMessageIds } from '../store/message-ids';
import { listPossible, matchRecords, mergeRanges, type Proof, timeRangeOf } from './match-records';
import { listCompetingAttempts, type UncertainAttempt } from './uncertain-recipients.sql';

/** Queries the provider's own records of [start, end): all of them, or not answered. */
export type FetchRecords = (start: Date, end: Date) => Promise<Answer<ListedRecord[]>>;

export interface FoundProofs<Text extends UncertainAttempt> {
  proofs: Proof<Text>[];
  /** Who has a record that may be theirs, though nothing proves it. */
  possible: Text[];
  /** Why the provider did not tell all its records; null where it did: then no record proves any of the others. */
  notAnswered: NotAnswered | null;
}

/**
 * Finds which of these uncertain attempts the provider's own records prove, by the rule of match-records.ts.
 * One query for each range: what the account sent in the hours between two uncertain attempts is not needed.
 */
export async function findProofs<Text extends UncertainAttempt>(
  db: Knex,
  provider: string,
  uncertain: Text[],
  fetchRecords: FetchRecords,
): Promise<FoundProofs<Text>> {
  // Up to now, by the database's clock, which wrote these times.
  const now = uncertain.reduce((latest, one) => Math.max(latest, one.finished_at.getTime() + one.age_ms), 0);
  // Arrays of arrays: 200,000 items are too many arguments for one `push`.
  const proofs: Proof<Text>[][] = [];
  const possible: Text[][] = [];
  let notAnswered: NotAnswered | null = null;
  for (const { from, until } of mergeRanges(uncertain.map(timeRangeOf))) {
    const mine = uncertain.filter((one) => timeRangeOf(one).from >= from && timeRangeOf(one).until <= until);
    const answer = await fetchRecords(new Date(from), new Date(Math.min(until, now)));
    if (answer.kind === 'not_answered') notAnswered = answer;
    else {
      const found = await findProofsIn(db, provider, mine, answer.result);
      proofs.push(found.proofs);
      possible.push(found.possible);
    }
  }
  return { proofs: proofs.flat(), possible: possible.flat(), notAnswered };
}

async function findProofsIn<Text extends UncertainAttempt>(
  db: Knex,
  provider: string,
  uncertain: Text[],
  records: ListedRecord[],
): Promise<Omit<FoundProofs<Text>, 'notAnswered'>> {
  const numbers = new Set(uncertain.map((one) => one.recipient_number));
  const ours = records.filter((record) => numbers.has(record.recipientNumber));
  if (ours.length === 0) return { proofs: [], possible: [] };
  // In this order: an open request counts as competing, and once it is recorded its message ids are known.
  const competing = await listCompetingAttempts(db, provider, [...numbers]);
  const ids = ours.map((record) => record.messageId);
  const known = await listKnownMessageIds(db, provider, ids);
  const proofs = matchRecords(uncertain, ours, competing, known);
  const isProved = new Set(proofs.map(({ recipient }) => recipient));
  const unproved = uncertain.filter((one) => !isProved.has(one));
  return { proofs, possible: listPossible(unproved, ours, known) };
}
