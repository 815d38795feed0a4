import type { BatchSummary, RecipientDetail } from './batch';
import type { Heart } from './heart';
import { listMatches } from './store/match-recipients';

const EXAMPLES = 10;

/** The first few of whom nobody can say whether they were sent the text, in the order of the list. */
export function listUncertainExamples(
  heart: Heart,
  { id: batchId, channel }: Pick<BatchSummary, 'id' | 'channel'>,
): Promise<RecipientDetail[]> {
  return listMatches(heart.db, { channel, batchId }, { status: 'unknown' }, { offset: 0, limit: EXAMPLES });
}
