import { MAX_PART_BYTES, MAX_SHEETS } from '../../bounds';
import type { Sheet } from '../../recipient';
import { UnreadableSourceError } from '../unreadable-source';
import type { Zip } from './open-zip';
import { prefixedAttribute, readWholeXml, refuseDamaged } from './read-xml';
import { type Relation, readRelations } from './relations';

/** Excel's are 31 at most. */
const MAX_NAME_CHARACTERS = 100;
const USUAL_PATH = 'xl/workbook.xml';

export interface SheetPart extends Sheet {
  /** In the zip. */
  path: string;
}

export interface WorkbookParts {
  /** The worksheets that are not hidden, in their order. Charts and macros have no rows. Hidden ones count in the index. */
  sheets: SheetPart[];
  /** Null where the workbook has no such part. */
  strings: string | null;
  styles: string | null;
}

/** Finds the parts of a workbook. Throws `UnreadableSourceError`; `spreadsheet` for a zip of anything else. */
export async function listParts(zip: Zip): Promise<WorkbookParts> {
  const path = await findWorkbook(zip);
  const workbook = await zip.open(path, MAX_PART_BYTES);
  if (!workbook) throw new UnreadableSourceError('spreadsheet');
  const named: { name: string; id: string | null; state: string }[] = [];
  await readWholeXml(workbook, {
    open(tag, attributes) {
      if (tag !== 'sheet') return;
      if (named.length === MAX_SHEETS) throw new UnreadableSourceError('workbook_too_large');
      const { name = '', state = 'visible' } = attributes;
      named.push({ name, state, id: prefixedAttribute(attributes, 'id') });
    },
  });
  const relations = await readRelations(zip, path);
  const pathOf = (kind: string) => relations.find((one) => one.kind === kind)?.path ?? null;
  return {
    sheets: named.flatMap(({ name, id, state }, index) => {
      const part = relations.find((one) => one.id === id) ?? refuseDamaged();
      if (state !== 'visible' || part.kind !== 'worksheet') return [];
      return [{ index, name: name.slice(0, MAX_NAME_CHARACTERS), path: part.path }];
    }),
    strings: pathOf('sharedStrings'),
    styles: pathOf('styles'),
  };
}

/** A package names its document: some programs write `xl/workbook2.xml`. That of a text document is no workbook. */
async function findWorkbook(zip: Zip): Promise<string> {
  const relations = await readRelations(zip, '');
  const isDocument = ({ kind }: Relation) => kind === 'officeDocument';
  const path = relations.find(isDocument)?.path ?? USUAL_PATH;
  if (!/workbook\d*\.xml$/i.test(path)) throw new UnreadableSourceError('spreadsheet');
  return path;
}
