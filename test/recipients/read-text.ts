import { NumberSet } from '../../src/recipients/numbers/number-set';
import { type ReadOptions, readRecipients } from '../../src/recipients/read-recipients';
import type {
  AcceptedRecipient,
  Findings,
  Layout,
  ReadEvent,
  RejectedRow,
} from '../../src/recipients/recipient';

export interface Outcome {
  layout: Layout | null;
  accepted: AcceptedRecipient[];
  rejected: RejectedRow[];
  findings: Findings | null;
  /** The event that ended the reading early. */
  end: ReadEvent | null;
}

/** Options for the first source of a Chinese list, with a test's changes. */
export function options(changes: Partial<ReadOptions> = {}): ReadOptions {
  return {
    source: 0,
    defaultCountry: 'CN',
    choice: {},
    seen: new NumberSet(),
    noConsent: new NumberSet(),
    ...changes,
  };
}

/** Reads a file given as text or bytes, in pieces of `pieceBytes`; again where its rows say so, as an import does. */
export function read(
  file: string | Uint8Array,
  changes: Partial<ReadOptions> = {},
  pieceBytes = 1000,
): Promise<Outcome> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return gather((chosen) => readRecipients(inPieces(bytes, pieceBytes), chosen), options(changes));
}

export async function gather(
  open: (options: ReadOptions) => AsyncIterable<ReadEvent>,
  chosen: ReadOptions,
): Promise<Outcome> {
  const outcome: Outcome = { layout: null, accepted: [], rejected: [], findings: null, end: null };
  for await (const event of open(chosen)) {
    if (event.kind === 'refuted') {
      return gather(open, { ...chosen, seen: new NumberSet(), decided: event.layout });
    }
    if (event.kind === 'layout') outcome.layout = event.layout;
    else if (event.kind === 'rows') {
      outcome.accepted.push(...event.accepted);
      outcome.rejected.push(...event.rejected);
    } else if (event.kind === 'end') {
      outcome.layout = event.layout;
      outcome.findings = event.findings;
    } else outcome.end = event;
  }
  return outcome;
}

export async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** The result of each line: its number or the code of its rejection. */
export function byLine(outcome: Outcome): Record<number, string> {
  const lines: Record<number, string> = {};
  for (const { line, number } of outcome.accepted) lines[line] = number;
  for (const { line, reason } of outcome.rejected) lines[line] = reason.code;
  return lines;
}
