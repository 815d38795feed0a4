import fc from 'fast-check';
import type { Loss } from './breakable-connections';
import { ANSWERS, type AnswerKind } from './controlled-provider';

/** Random scenarios: everything that people, processes and the provider can do, in any order. */

export const VERB_NAMES = [
  'poll',
  'reconcile',
  'pause',
  'resume',
  'cancel',
  'leave_uncertain',
  'retry_failed',
  'resend_uncertain',
] as const;
export type VerbName = (typeof VERB_NAMES)[number];
const RARE: readonly VerbName[] = ['pause', 'resume', 'cancel'];

/** A step in which the process may lose its connection to the database. */
interface Breakable {
  loss: Loss | null;
}

export type Step =
  | ({ do: 'turn'; batch: number; lane: number } & Breakable)
  | { do: 'answer'; request: number; as: AnswerKind }
  /** `take`: the provider accepts the request, and the response is under way. `crash`: the worker dies. */
  | { do: 'take' | 'crash'; request: number }
  /** Twice: by two people at once, or in two processes. */
  | ({ do: VerbName; batch: number; isTwice: boolean } & Breakable)
  | { do: 'pass'; minutes: number }
  /**
   * The provider sends a delivery report of a text: late, again, twice at once, or without its message id.
   */
  | ({ do: 'push'; text: number; hasId: boolean; times: number } & Breakable)
  | ({ do: 'sweep' } & Breakable)
  | { do: 'settle_texts' };

const batch = fc.nat({ max: 1 });
const request = fc.nat({ max: 4 });
const lane = fc.nat({ max: 2 });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
/**
 * A turn has some twenty statements, from its claim to the record of its answer; most other steps have fewer.
 */
const loss: fc.Arbitrary<Loss | null> = fc.oneof(
  often(15, fc.constant(null)),
  often(
    1,
    fc.record({
      statement: fc.integer({ min: 1, max: 24 }),
      isSent: fc.boolean(),
      isKilled: fc.boolean(),
    }),
  ),
);
/** Steps that stop or end a batch are rare, or a scenario would end too soon. */
const answer = fc.oneof(often(1, fc.constant('accepted' as const)), often(2, fc.constantFrom(...ANSWERS)));
const verb = fc.oneof(
  often(1, fc.constant('cancel' as const)),
  often(4, fc.constant('pause' as const)),
  often(20, fc.constant('resume' as const)),
  often(50, fc.constantFrom(...VERB_NAMES.filter((one) => !RARE.includes(one)))),
);
/** Around the limits of what times can tell apart, and far beyond. */
const minutes = fc.constantFrom(1, 5, 13, 60, 60);
const report = { text: fc.nat({ max: 30 }), hasId: fc.boolean(), times: fc.integer({ min: 1, max: 2 }) };
const step: fc.Arbitrary<Step> = fc.oneof(
  often(14, fc.record({ do: fc.constant('turn' as const), batch, lane, loss })),
  often(9, fc.record({ do: fc.constant('answer' as const), request, as: answer })),
  often(4, fc.record({ do: fc.constantFrom('take' as const, 'take' as const, 'crash' as const), request })),
  often(10, fc.record({ do: verb, batch, isTwice: fc.boolean(), loss })),
  often(3, fc.record({ do: fc.constant('push' as const), ...report, loss })),
  often(3, fc.record({ do: fc.constant('pass' as const), minutes })),
  often(2, fc.record({ do: fc.constant('sweep' as const), loss })),
  often(1, fc.record({ do: fc.constant('settle_texts' as const) })),
);

export interface Scenario {
  /** How far the provider's clock is ahead of ours. */
  aheadMs: number;
  /** Steps of one group happen at the same time. */
  groups: Step[][];
}

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  aheadMs: fc.integer({ min: -110_000, max: 110_000 }),
  groups: fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 30, maxLength: 60 }),
});
