import fc from 'fast-check';
import type { Loss } from './breakable-connections';
import { ANSWERS, type AnswerKind } from './controlled-provider';

/** Random scenarios: everything that people, processes and the provider can do, in any order. */

export const VERB_NAMES = [
  'poll',
  'reconcile',
  'recheck',
  'pause',
  'resume',
  'cancel',
  'leave_uncertain',
  'retry_failed',
  'resend_uncertain',
  'move',
] as const;
export type VerbName = (typeof VERB_NAMES)[number];
const WEIGHED: readonly VerbName[] = ['pause', 'resume', 'cancel', 'move'];

/** A step in which the process may lose its connection to the database. */
interface Breakable {
  loss: Loss | null;
}

export type Step =
  | ({ do: 'turn'; batch: number; account: number; lane: number } & Breakable)
  /** `isLate`: so long after the last record that the worker records what has come before it goes on. */
  | { do: 'answer'; request: number; as: AnswerKind; isLate: boolean }
  /**
   * `take`: the provider accepts the request, and the response is under way. `crash`: the worker dies. `sigterm`: it is
   * asked to end.
   */
  | { do: 'take' | 'crash' | 'sigterm'; request: number }
  /** Twice: by two people at once, or in two processes. */
  | ({ do: VerbName; batch: number; account: number; isTwice: boolean } & Breakable)
  | { do: 'pass'; minutes: number }
  /**
   * The provider sends a delivery report of a text: late, again, twice at once, or without its message id.
   */
  | ({ do: 'push'; text: number; hasId: boolean; times: number } & Breakable)
  | ({ do: 'sweep' } & Breakable)
  /** All texts get an outcome; or the provider corrects some of theirs. */
  | { do: 'settle_texts' | 'correct_texts' }
  /** The provider answers no question any more, or does again. */
  | { do: 'silence'; isSilent: boolean };

const batch = fc.nat({ max: 1 });
const account = fc.nat({ max: 1 });
const request = fc.nat({ max: 7 });
const lane = fc.nat({ max: 2 });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
/**
 * A turn has some twenty statements, from its claim to the record of its answer, and ten more each time it records in
 * between; most other steps have fewer.
 */
const loss: fc.Arbitrary<Loss | null> = fc.oneof(
  often(15, fc.constant(null)),
  often(
    1,
    fc.record({
      statement: fc.integer({ min: 1, max: 36 }),
      isSent: fc.boolean(),
      isKilled: fc.boolean(),
    }),
  ),
);
/** Steps that stop or end a batch are rare, or a scenario would end too soon. */
const answer = fc.oneof(often(1, fc.constant('accepted' as const)), often(2, fc.constantFrom(...ANSWERS)));
const verb = fc.oneof(
  often(1, fc.constant('cancel' as const)),
  often(8, fc.constant('pause' as const)),
  often(20, fc.constant('resume' as const)),
  often(10, fc.constant('move' as const)),
  often(50, fc.constantFrom(...VERB_NAMES.filter((one) => !WEIGHED.includes(one)))),
);
/** Around the limits of what times can tell apart, and far beyond. */
const minutes = fc.constantFrom(1, 5, 13, 60, 60);
const AT_REQUEST = ['take', 'take', 'take', 'crash', 'sigterm'] as const;
const report = { text: fc.nat({ max: 30 }), hasId: fc.boolean(), times: fc.integer({ min: 1, max: 2 }) };
const step: fc.Arbitrary<Step> = fc.oneof(
  often(14, fc.record({ do: fc.constant('turn' as const), batch, account, lane, loss })),
  often(14, fc.record({ do: fc.constant('answer' as const), request, as: answer, isLate: fc.boolean() })),
  often(5, fc.record({ do: fc.constantFrom(...AT_REQUEST), request })),
  often(10, fc.record({ do: verb, batch, account, isTwice: fc.boolean(), loss })),
  often(3, fc.record({ do: fc.constant('push' as const), ...report, loss })),
  often(3, fc.record({ do: fc.constant('pass' as const), minutes })),
  often(2, fc.record({ do: fc.constant('sweep' as const), loss })),
  often(1, fc.record({ do: fc.constant('settle_texts' as const) })),
  often(2, fc.record({ do: fc.constant('correct_texts' as const) })),
  often(2, fc.record({ do: fc.constant('silence' as const), isSilent: fc.boolean() })),
);

/** While a batch sends, a person pauses it to move recipients: before or after its worker notices. */
const movedOnTheWay: fc.Arbitrary<Step[][]> = fc
  .record({ batch, account, lane, isAtOnce: fc.boolean() })
  .map(({ isAtOnce, lane, ...place }) => {
    const by = { ...place, isTwice: false, loss: null };
    const stop: Step[] = [
      { do: 'pause', ...by },
      { do: 'move', ...by },
    ];
    const turn: Step = { do: 'turn', ...place, lane, loss: null };
    return [
      ...(isAtOnce ? [[turn, ...stop]] : [[turn], ...stop.map((one) => [one])]),
      [{ do: 'resume', ...by }],
    ];
  });

const groups = fc
  .array(
    fc.oneof(
      often(
        20,
        fc.array(step, { minLength: 1, maxLength: 3 }).map((group) => [group]),
      ),
      often(1, movedOnTheWay),
    ),
    { minLength: 30, maxLength: 50 },
  )
  .map((parts) => parts.flat());

/** What holds for a whole scenario. */
export interface Setting {
  /** How far the provider's clock is ahead of ours. */
  aheadMs: number;
  chunkSize: number;
  textsPerRequest: number;
  /** How many requests an account may have open. */
  requestsAtOnce: number;
  /** The provider of the second account: that of the first, or one with a table of its own. */
  second: 'onbuka' | 'tiny';
  /** Whether the second account sends to one of the two countries from the start; else only whom a person moves to it. */
  isRouted: boolean;
}

/** One request a chunk, and one account. */
export const SIMPLE: Setting = {
  aheadMs: 0,
  chunkSize: 2,
  textsPerRequest: 2,
  requestsAtOnce: 16,
  second: 'tiny',
  isRouted: false,
};

export interface Scenario extends Setting {
  /** Steps of one group happen at the same time. */
  groups: Step[][];
}

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  aheadMs: fc.integer({ min: -110_000, max: 110_000 }),
  chunkSize: fc.integer({ min: 2, max: 10 }),
  textsPerRequest: fc.integer({ min: 1, max: 3 }),
  requestsAtOnce: fc.constantFrom(1, 2, 4, 16),
  second: fc.constantFrom('onbuka', 'tiny'),
  isRouted: fc.boolean(),
  groups,
});
