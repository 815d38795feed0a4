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

/** Moves at random, as the table allows; returns every state on the path. */
function walk<S extends string>(
  start: S,
  all: readonly S[],
  may: (from: S, to: S) => boolean,
  picks: number[],
) {
  const path = [start];
  for (const pick of picks) {
    const next = all.filter((to) => may(path.at(-1) as S, to));
    if (next.length === 0) break;
    path.push(next[pick % next.length] as S);
  }
  return path;
}

const picks = fc.array(fc.nat(), { maxLength: 60 });

test('a submission is sent once: it is never in flight again, and a final outcome stays', () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const path = walk('waiting', SUBMISSION_OUTCOMES, submissionMay, chosen);
      expect(path.filter((one) => one === 'in_flight').length).toBeLessThanOrEqual(1);
      const proved = path.findIndex(
        (one) => one === 'accepted' || one === 'rejected' || one === 'reconciled',
      );
      expect(proved === -1 || proved === path.length - 1).toBe(true);
    }),
  );
});

test('delivered and cancelled recipients stay so, and only a new send attempt makes one pending again', () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const path = walk('pending', RECIPIENT_STATUSES, recipientMay, chosen);
      for (const [index, from] of path.slice(0, -1).entries()) {
        expect(['delivered', 'cancelled']).not.toContain(from);
        if (path[index + 1] === 'pending') expect(['failed', 'unknown']).toContain(from);
      }
    }),
  );
});

test('no batch sends before somebody has pressed Send, and every batch can still end', () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const path = walk('draft', BATCH_STATUSES, batchMay, chosen);
      const sending = path.indexOf('submitting');
      if (sending !== -1) expect(path.slice(0, sending)).toContain('pending');
      const ends = ['completed', 'cancelled', 'failed'];
      expect(ends.some((end) => isReachable(path.at(-1) as string, end))).toBe(true);
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
