import type { Knex } from 'knex';
import type { RejectGroup } from '../batch';

/** All reading of `sms_rejected_recipient`: the rows of a list that are left out, and why. */

/** SQL: the file of the row that `first` repeats, where that is another than its own. */
const ELSEWHERE = `(select name from sms_batch_source as other
  where other.batch_id = first.batch_id and other.ordinal = (first.reason_detail -> 'of' ->> 'source')::int
    and other.ordinal <> first.source)`;

/** Reads the index of the batch's rejected rows. */
/** Those whose cell has these digits in a row, whatever stands between them; empty: all. */
export async function countRejected(db: Knex, batchId: string, digits = ''): Promise<number> {
  const row = await db('sms_rejected_recipient as first')
    .where({ batch_id: batchId })
    .modify(withDigits, db, digits)
    .count('* as n')
    .first();
  return Number(row?.n ?? 0);
}

/** Reasons, most frequent first, each with its first rows: one index range a reason, however long the list. */
export async function listRejectGroups(db: Knex, batchId: string, examples: number): Promise<RejectGroup[]> {
  const { rows } = await db.raw(
    `select grouped.reason as code, grouped.count, example.examples
     from (select reason, count(*)::int as count from sms_rejected_recipient
           where batch_id = :batchId group by reason) as grouped,
     lateral (
       select json_agg(json_build_object('sourceName', source.name, 'line', first.line, 'reason', first.reason_detail,
                  'elsewhere', ${ELSEWHERE})
                order by first.source, first.line) as examples
       from (select batch_id, source, line, reason_detail from sms_rejected_recipient
             where batch_id = :batchId and reason = grouped.reason order by source, line limit :examples) as first
       join sms_batch_source as source on source.batch_id = :batchId and source.ordinal = first.source) as example
     order by grouped.count desc, grouped.reason`,
    { batchId, examples },
  );
  return rows;
}

function withDigits(query: Knex.QueryBuilder, db: Knex, digits: string): void {
  const bare = db.raw(String.raw`regexp_replace(normalize(first.raw, NFKC), '\D', '', 'g')`);
  if (digits !== '') query.whereLike(bare as unknown as string, `%${digits}%`);
}

/** A page of them, in the order in which they were read; `digits` as for `countRejected`. */
export async function listRejected(
  db: Knex,
  batchId: string,
  digits: string,
  range: { offset: number; limit: number },
): Promise<RejectGroup['examples']> {
  return db('sms_rejected_recipient as first')
    .join('sms_batch_source as source', (join) =>
      join.on('source.batch_id', 'first.batch_id').andOn('source.ordinal', 'first.source'),
    )
    .where('first.batch_id', batchId)
    .modify(withDigits, db, digits)
    .orderBy('first.id')
    .offset(range.offset)
    .limit(range.limit)
    .select('source.name as sourceName', 'first.line', 'first.reason_detail as reason')
    .select(db.raw(`${ELSEWHERE} as elsewhere`));
}
