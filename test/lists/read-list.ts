import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPasted } from '../../src/recipients/read-pasted';
import type { ReadOptions } from '../../src/recipients/read-recipients';
import type { CountryCode } from '../../src/recipients/recipient';
import { gather, type Outcome, options, read } from '../recipients/read-text';

/** Lists that went wrong for people, as they were: see `lists.test.ts` for what a careful person expects of each. */
const FILES = join(__dirname, 'files');

const KINDS = ['columns', 'numbers', 'text'];

export function listFile(name: string): Buffer {
  const found = KINDS.map((kind) => join(FILES, kind, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`There is no list ${name}.`);
  return readFileSync(found);
}

export const readListFile = (
  name: string,
  defaultCountry: CountryCode,
  changes: Partial<ReadOptions> = {},
): Promise<Outcome> => read(listFile(name), { defaultCountry, ...changes });

export const readPaste = (
  text: string,
  defaultCountry: CountryCode,
  changes: Partial<ReadOptions> = {},
): Promise<Outcome> => gather((chosen) => readPasted(text, chosen), options({ defaultCountry, ...changes }));

/** What became of each entry, in the order of the list: its number or why it is left out. */
export function entriesOf({ accepted, rejected }: Outcome): [line: number, result: string][] {
  const entries = [
    ...accepted.map(({ line, number }): [number, string] => [line, number]),
    ...rejected.map(({ line, reason }): [number, string] => [line, reason.code]),
  ];
  return entries.sort(([a], [b]) => a - b);
}

/** The name of the column that was read. */
export function columnOf({ layout }: Outcome): string | null {
  return typeof layout?.phoneColumn === 'number' ? (layout.names[layout.phoneColumn] ?? null) : null;
}
