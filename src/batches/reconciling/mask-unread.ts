import { maskNumber } from '../../recipients/numbers/mask-number';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { sightsOf } from '../authority/sight';
import { listOwned } from '../store/batches';
import type { Difference } from './compare-records';

/**
 * The differences as whoever asked may read them: a number is whole where they may read its batch. Numbers of no batch of
 * ours are whole for those who may read every batch.
 */
export async function* maskUnread(
  app: AppContext,
  reader: Actor,
  blocks: AsyncIterable<Difference[]>,
): AsyncGenerator<Difference[]> {
  const readsAll = reader.kind === 'system' || (reader.kind === 'person' && reader.role === 'admin');
  const mayRead = new Map<string, boolean>();
  for await (const block of blocks) {
    const ids = block.flatMap(({ batchId }) => (batchId && !mayRead.has(batchId) ? [batchId] : []));
    for (const [id, may] of await decide(app, reader, [...new Set(ids)])) mayRead.set(id, may);
    yield block.map((one) => {
      const isWhole = one.batchId === null ? readsAll : mayRead.get(one.batchId) === true;
      return isWhole || one.number === '' ? one : { ...one, number: maskNumber(one.number) };
    });
  }
}

async function decide(app: AppContext, reader: Actor, batchIds: string[]): Promise<[string, boolean][]> {
  if (batchIds.length === 0) return [];
  const batches = await listOwned(readsOf(app, reader), reader.tenantId, batchIds);
  const sights = await sightsOf(app, batches, reader);
  return batches.map(({ id }, index) => [id, sights[index] === 'all']);
}
