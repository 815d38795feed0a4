import { crc32, deflateRawSync } from 'node:zlib';

/** A sheet of a test workbook: the XML inside `sheetData`. */
export interface TestSheet {
  name: string;
  rows: string;
  state?: 'hidden' | 'veryHidden';
  kind?: 'chartsheet';
  /** The XML behind `sheetData`. */
  after?: string;
}

export interface TestWorkbookOptions {
  /** The XML inside each `si`. */
  strings?: string[];
  /** The codes of cell formats: the style of the first one is 1. */
  formats?: string[];
  /** Ids of formats that need no code; their styles follow. */
  formatIds?: number[];
  /** Other entries of the zip, or other content of an entry; null takes it out. */
  parts?: Record<string, string | Buffer | null>;
}

/** An .xlsx file with these sheets. */
export function makeWorkbook(sheets: TestSheet[], options: TestWorkbookOptions = {}): Buffer {
  return makeZip(workbookParts(sheets, options));
}

/** The entries of an .xlsx file (ECMA-376, part 1). */
export function workbookParts(
  sheets: TestSheet[],
  { strings = [], formats = [], formatIds = [], parts = {} }: TestWorkbookOptions = {},
): Record<string, string | Buffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`;
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"${state ? ` state="${state}"` : ''}/>`,
  );
  const targets = [
    ...sheets.map(({ kind = 'worksheet' }, index) =>
      relation(`rId${index + 1}`, kind, `worksheets/sheet${index + 1}.xml`),
    ),
    relation('styles', 'styles', 'styles.xml'),
    relation('strings', 'sharedStrings', 'sharedStrings.xml'),
  ];
  const custom = formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`);
  const cellFormats = [0, ...formats.map((_, index) => 200 + index), ...formatIds].map(
    (id) => `<xf numFmtId="${id}"/>`,
  );
  const all: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${targets.join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cellFormats.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows, after = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
    ...parts,
  };
  const kept = Object.entries(all).filter((entry): entry is [string, string | Buffer] => entry[1] !== null);
  return Object.fromEntries(kept);
}

/** A sheet of plain text cells; '' is a cell that is not there. */
export function textRows(rows: string[][]): string {
  return rows
    .map((cells, index) => {
      const each = cells.map((cell, column) =>
        cell === ''
          ? ''
          : `<c r="${columnName(column)}${index + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`,
      );
      return `<row r="${index + 1}">${each.join('')}</row>`;
    })
    .join('');
}

/** `AB` for 27. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

const STORED = 0;
const DEFLATED = 8;

/** A zip of these files (APPNOTE 4.3). `flags`: the general purpose bits of every entry; 1 is encrypted. */
export function makeZip(
  files: Record<string, string | Buffer>,
  { isStored = false, flags = 0 } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = isStored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(isStored ? STORED : DEFLATED, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, more, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
