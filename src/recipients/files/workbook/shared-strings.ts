import { decodeEscapes, readXml } from './read-xml';

/** More of a cell is no number and no name. */
export const MAX_CELL_CHARACTERS = 8 * 1024;
const FIRST_BYTES = 64 * 1024;

/** The texts of a workbook, which its cells name by their index. */
export interface SharedStrings {
  /** Empty for an index that there is not. */
  at(index: number): string;
}

export const NO_STRINGS: SharedStrings = { at: () => '' };

/** Reads all shared strings into one buffer: a million JavaScript strings would take several times as much. */
export async function readSharedStrings(pieces: AsyncIterable<Buffer>): Promise<SharedStrings> {
  let bytes = Buffer.alloc(FIRST_BYTES);
  let used = 0;
  let ends = new Uint32Array(1024);
  let count = 0;
  let text = '';
  let isText = false;
  let isPhonetic = false;

  function keep(): void {
    const own = decodeEscapes(text.slice(0, MAX_CELL_CHARACTERS));
    const length = Buffer.byteLength(own);
    while (used + length > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
    used += bytes.write(own, used);
    if (count === ends.length) {
      const more = new Uint32Array(ends.length * 2);
      more.set(ends);
      ends = more;
    }
    ends[count] = used;
    count += 1;
  }

  const parsing = readXml(pieces, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    text(piece) {
      if (isText && text.length < MAX_CELL_CHARACTERS) text += piece;
    },
    close(name) {
      if (name === 'si') keep();
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 't') isText = false;
    },
  });
  for await (const _ of parsing);
  return {
    at(index) {
      if (!(index >= 0 && index < count)) return '';
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index]);
    },
  };
}
