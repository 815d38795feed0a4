import type { Encoding } from '../../../src/recipients/recipient';

const SEVERAL_BYTES: Encoding[] = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'];
const tables = new Map<Encoding, ReadonlyMap<string, number[]>>();

/** The bytes of a text in an encoding of one or two bytes a character. Throws where it lacks a character. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  const table = tables.get(encoding) ?? listCharacters(encoding);
  tables.set(encoding, table);
  const bytes = [...text].map((character) => {
    const own = table.get(character);
    if (!own) throw new Error(`${encoding} has no ${character}`);
    return own;
  });
  return Uint8Array.from(bytes.flat());
}

function listCharacters(encoding: Encoding): ReadonlyMap<string, number[]> {
  const all = Array.from({ length: 256 }, (_, byte) => [byte]);
  const pairs = all.slice(0x81, 0xff).flatMap(([first = 0]) => all.map(([second = 0]) => [first, second]));
  const table = new Map<string, number[]>();
  for (const bytes of SEVERAL_BYTES.includes(encoding) ? [...all, ...pairs] : all) {
    const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes), { stream: true });
    if (text.length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  }
  return table;
}
