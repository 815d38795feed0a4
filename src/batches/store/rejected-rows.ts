import type { Knex } from 'knex';
import type { RejectedRowDetail, RejectGroup } from '../batch';

/** All reading of `sms_rejected_recipient`: the rejected rows of a list, with their reasons. */

/** SQL: for a duplicate, the file with the first row of its number, where that is another file. Null otherwise. */
const ELSEWHERE = `(select name from sms_batch_source as other
  where other.batch_id = rejected.batch_id and other.ordinal = (rejected.reason_detail -> 'of' ->> 'source')::int
    and other.ordinal <> rejected.source)`;

/** Digits that a cell contains one after the other, with anything between them, and how many of the first rows are looked at. */
export interface CellSearch {
  digits: string;
  among: number;
}

/** Null search: all rows, counted by the index. */
export async function countRejected(
  db: Knex,
  batchId: string,
  search: CellSearch | null = null,
): Promise<number> {
  const row = await matching(db, batchId, search).count('* as n').first();
  return Number(row?.n ?? 0);
}

/** Reasons, most frequent first, each with its first rows. Reads one index range a reason, however long the list. */
export async function listRejectGroups(db: Knex, batchId: string, examples: number): Promise<RejectGroup[]> {
  const { rows } = await db.raw(
    `select grouped.reason as code, grouped.count, example.examples
     from (select reason, count(*)::int as count from sms_rejected_recipient
           where batch_id = :batchId group by reason) as grouped,
     lateral (
       select json_agg(json_build_object('sourceName', source.name, 'line', rejected.line, 'reason', rejected.reason_detail,
                  'elsewhere', ${ELSEWHERE})
                order by rejected.source, rejected.line) as examples
       from (select batch_id, source, line, reason_detail from sms_rejected_recipient
             where batch_id = :batchId and reason = grouped.reason order by source, line limit :examples) as rejected
       join sms_batch_source as source on source.batch_id = :batchId and source.ordinal = rejected.source) as example
     order by grouped.count desc, grouped.reason`,
    { batchId, examples },
  );
  return rows;
}

/** No index knows the digits of a cell: the rows that are looked at are few, and come by the index sms_rejected_recipient_read. */
function matching(db: Knex, batchId: string, search: CellSearch | null): Knex.QueryBuilder {
  if (!search) return db('sms_rejected_recipient as rejected').where('rejected.batch_id', batchId);
  const first = db('sms_rejected_recipient').where({ batch_id: batchId }).orderBy('id').limit(search.among);
  const bare = db.raw(String.raw`regexp_replace(normalize(rejected.raw, NFKC), '\D', '', 'g')`);
  return db(first.as('rejected')).whereLike(bare as unknown as string, `%${search.digits}%`);
}

/** A page of rejected rows, in the order in which they were read. Null search: of all. */
export async function listRejected(
  db: Knex,
  batchId: string,
  search: CellSearch | null,
  range: { offset: number; limit: number },
): Promise<RejectedRowDetail[]> {
  return matching(db, batchId, search)
    .join('sms_batch_source as source', (join) =>
      join.on('source.batch_id', 'rejected.batch_id').andOn('source.ordinal', 'rejected.source'),
    )
    .orderBy('rejected.id')
    .offset(range.offset)
    .limit(range.limit)
    .select('source.name as sourceName', 'rejected.line', 'rejected.reason_detail as reason')
    .select(db.raw(`${ELSEWHERE} as elsewhere`));
}
