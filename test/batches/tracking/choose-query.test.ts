import fc from 'fast-check';
import { chooseQuery, type OpenGroup, type Submitted } from '../../../src/batches/tracking/choose-query';

const LIMITS = { idsPerQuestion: 200, recordsPerPage: 50_000, rangeDays: 31, keepsRecordsDays: 90 };
const NOW = Date.parse('2026-11-20T00:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Submissions of 1,000 texts, one a minute since `agoMs` ago, with `openEach` open texts each. */
function sent(submissions: number, openEach: number, agoMs = 2 * DAY_MS) {
  const times = Array.from({ length: submissions }, (_, index) => NOW - agoMs + index * MINUTE_MS);
  const groups = times.map((at): OpenGroup => ({ open: openEach, startedAt: at, finishedAt: at + 1_000 }));
  return { groups, submitted: times.map((at): Submitted => ({ at, texts: 1_000 })) };
}

const choose = ({ groups, submitted }: ReturnType<typeof sent>) =>
  chooseQuery(groups, submitted, LIMITS, NOW);

test('a hundred thousand open texts: 3 pages instead of 500 calls', () => {
  const { groups, submitted } = sent(100, 1_000);
  expect(choose({ groups, submitted })).toEqual({
    kind: 'by_records',
    groups: 100,
    from: (groups[0]?.startedAt ?? 0) - 2 * MINUTE_MS,
    until: (groups[99]?.finishedAt ?? 0) + 2 * MINUTE_MS,
    mostPages: 40,
  });
});

test('a few open texts are queried by id, however long the list is', () => {
  expect(choose(sent(100, 1))).toEqual({ kind: 'by_ids' });
  expect(choose(sent(1, 200))).toEqual({ kind: 'by_ids' });
  expect(choose({ groups: [], submitted: [] })).toEqual({ kind: 'by_ids' });
});

test('what the account sent in other batches at that time counts, since the list holds it', () => {
  const { groups, submitted } = sent(10, 60);
  expect(choose({ groups, submitted })).toMatchObject({ kind: 'by_records', groups: 10, mostPages: 2 });
  const others = groups.map(({ startedAt }) => ({ at: startedAt, texts: 100_000 }));
  expect(choose({ groups, submitted: [...submitted, ...others] })).toEqual({ kind: 'by_ids' });
});

test('only the dense first groups are looked for in the list, not the few texts of the following month', () => {
  const near = sent(10, 1_000, 20 * DAY_MS);
  const far = Array.from({ length: 19 }, (_, day): OpenGroup & Submitted => {
    const at = NOW - (19 - day) * DAY_MS;
    return { open: 1, startedAt: at, finishedAt: at, at, texts: 1_000_000 };
  });
  const query = choose({
    groups: [...near.groups, ...far],
    submitted: [...near.submitted, ...far],
  });
  expect(query).toMatchObject({ kind: 'by_records', groups: 10 });
});

test('no list is read for longer than a month, or for older records than the provider keeps', () => {
  expect(choose(sent(100, 1_000, 90 * DAY_MS))).toEqual({ kind: 'by_ids' });
  const { groups, submitted } = sent(2, 1_000, 40 * DAY_MS);
  const late = { open: 1_000, startedAt: NOW - DAY_MS, finishedAt: NOW - DAY_MS };
  expect(choose({ groups: [...groups, late], submitted })).toMatchObject({ kind: 'by_records', groups: 2 });
});

test('the list is read only where it costs fewer calls, and only as many pages as save calls', () => {
  const group = fc.record({ open: fc.integer({ min: 1, max: 1_000 }), minute: fc.nat({ max: 5_000 }) });
  const other = fc.record({ texts: fc.nat({ max: 100_000 }), minute: fc.nat({ max: 5_000 }) });
  fc.assert(
    fc.property(fc.array(group, { maxLength: 60 }), fc.array(other, { maxLength: 60 }), (mine, others) => {
      const at = (minute: number) => NOW - 5 * DAY_MS + minute * MINUTE_MS;
      const groups = mine.map(({ open, minute }) => ({
        open,
        startedAt: at(minute),
        finishedAt: at(minute),
      }));
      const submitted = [...mine.map((one) => ({ at: at(one.minute), texts: 1_000 }))].concat(
        others.map((one) => ({ at: at(one.minute), texts: one.texts })),
      );
      const query = chooseQuery(groups, submitted, LIMITS, NOW);
      if (query.kind === 'by_ids') return;
      const asked = groups.slice(0, query.groups);
      const calls = Math.ceil(asked.reduce((sum, one) => sum + one.open, 0) / 200);
      const inSpan = submitted.filter((one) => one.at >= query.from && one.at <= query.until);
      const pages = Math.floor(inSpan.reduce((sum, one) => sum + one.texts, 0) / 50_000) + 1;
      expect(pages).toBeLessThan(calls);
      expect(query.mostPages).toBeGreaterThanOrEqual(pages);
      expect(query.mostPages).toBeLessThan(calls);
      for (const one of asked) {
        expect(query.from).toBeLessThan(one.startedAt);
        expect(query.until).toBeGreaterThan(one.finishedAt);
      }
    }),
  );
});
