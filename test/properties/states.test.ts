import fc from 'fast-check';
import {
  BATCH_STATUSES,
  batchMay,
  batchStatusesBefore,
  RECIPIENT_STATUSES,
  recipientMay,
  SUBMISSION_OUTCOMES,
  submissionMay,
} from '../../src/batches/states';

/** Walks at random, always where the table allows; answers every state it came through. */
function walk<S extends string>(
  start: S,
  all: readonly S[],
  may: (from: S, to: S) => boolean,
  picks: number[],
) {
  const way = [start];
  for (const pick of picks) {
    const next = all.filter((to) => may(way.at(-1) as S, to));
    if (next.length === 0) break;
    way.push(next[pick % next.length] as S);
  }
  return way;
}

const picks = fc.array(fc.nat(), { maxLength: 60 });

test('an attempt to submit goes out once: it is never in flight again, and a final outcome stays', () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const way = walk('waiting', SUBMISSION_OUTCOMES, submissionMay, chosen);
      expect(way.filter((one) => one === 'in_flight').length).toBeLessThanOrEqual(1);
      const proved = way.findIndex((one) => one === 'accepted' || one === 'rejected' || one === 'reconciled');
      expect(proved === -1 || proved === way.length - 1).toBe(true);
    }),
  );
});

test('who was delivered or called back stays so, and nobody waits again but by a new attempt', () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const way = walk('pending', RECIPIENT_STATUSES, recipientMay, chosen);
      for (const [index, from] of way.slice(0, -1).entries()) {
        expect(['delivered', 'cancelled']).not.toContain(from);
        if (way[index + 1] === 'pending') expect(['failed', 'unknown']).toContain(from);
      }
    }),
  );
});

test('a batch is never sent from before somebody has pressed Send, and can always still end', () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const way = walk('draft', BATCH_STATUSES, batchMay, chosen);
      const sending = way.indexOf('submitting');
      if (sending !== -1) expect(way.slice(0, sending)).toContain('pending');
      const ends = ['completed', 'cancelled', 'failed'];
      expect(ends.some((end) => isReachable(way.at(-1) as string, end))).toBe(true);
    }),
  );
});

test('what may come before a status is exactly what may lead to it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...BATCH_STATUSES), fc.constantFrom(...BATCH_STATUSES), (from, to) => {
      expect(batchStatusesBefore(to).includes(from)).toBe(batchMay(from, to));
    }),
  );
});

function isReachable(from: string, to: string): boolean {
  const seen = new Set<string>([from]);
  for (const one of seen) {
    for (const next of BATCH_STATUSES) if (batchMay(one as never, next)) seen.add(next);
  }
  return seen.has(to);
}
