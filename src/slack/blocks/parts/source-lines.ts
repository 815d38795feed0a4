import type { Review, ReviewSource, SourceReading } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { type Block, button, context, section } from '../block-kit';
import { clip, inline, plainLine } from '../escape';
import { ACTIONS, sourceValue } from '../ids';
import { columnName } from './column-options';

const COUNTRIES_SHOWN = 3;
const COLUMNS_SHOWN = 3;
/** For all sources together: a message takes about 13,000 characters, and the rest of the review needs half of them. */
const LIMIT = 6_000;
const LIMIT_OF_ONE = 2_000;

/**
 * How each source was read: its column with examples, a button to change it, and what a person should know of it. Empty
 * for a batch that an older version has read.
 */
export function sourceBlocks(words: Words, review: Review): Block[] {
  const limit = Math.min(LIMIT_OF_ONE, Math.floor(LIMIT / review.sources.length));
  return review.sources.flatMap((source) =>
    source.reading ? blocksOf(words, review.batchId, source, source.reading, limit) : [],
  );
}

function blocksOf(
  words: Words,
  batchId: string,
  source: ReviewSource,
  reading: SourceReading,
  limit: number,
): Block[] {
  const change = button(words.list.change, ACTIONS.changeReading, {
    value: sourceValue(batchId, source.source),
    accessibility_label: plainLine(`${words.list.change}: ${source.name ?? words.list.pasted}`, 75),
  });
  const { warnings, notes } = linesOf(words, source, reading);
  const note = clip(notes.join(' · '), Math.floor(limit / 3));
  const first = clip(headline(words, source, reading), Math.floor(limit / 2));
  const lines = [first, ...warnings.map((line) => `:warning: ${line}`)];
  const shown = section(fitLines(words, lines, limit - note.length).join('\n'));
  return [{ ...shown, accessory: change }, ...(note === '' ? [] : [context(note)])];
}

/** As many lines as fit, then one that says where the others are. The first line is always there. */
function fitLines(words: Words, lines: string[], limit: number): string[] {
  const more = `… ${words.list.notAllShown}`;
  const fitting: string[] = [];
  let length = more.length;
  for (const line of lines) {
    length += line.length + 1;
    if (length > limit && fitting.length > 0) return [...fitting, more];
    fitting.push(line);
  }
  return fitting;
}

/** All that can be said of a source, for its own window: as lines. */
export function sourceLines(words: Words, source: ReviewSource, reading: SourceReading): string[] {
  const { warnings, notes } = linesOf(words, source, reading);
  return [headline(words, source, reading), ...warnings, ...notes];
}

function headline(words: Words, { name }: ReviewSource, { layout }: SourceReading): string {
  const source = inline(name ?? words.list.pasted, 60);
  const { phoneColumn, columns, sheet } = layout;
  if (phoneColumn === 'all') return words.list.allColumns(source);
  const own = columns.filter((one) => one.sheet?.index === sheet?.index);
  const column = own.find(({ index }) => index === phoneColumn);
  const shownName = columnName(words, { index: phoneColumn, name: layout.names[phoneColumn] ?? null });
  const samples = (column?.samples ?? []).map((sample) => inline(sample, 30)).join(', ');
  return words.columns.option(words.list.column(source, inline(shownName, 60)), samples);
}

function linesOf(words: Words, { choice }: ReviewSource, { layout, findings }: SourceReading) {
  const { list, format } = words;
  const nameOf = (index: number) =>
    inline(columnName(words, { index, name: layout.names[index] ?? null }), 60);
  const warnings: string[] = [];
  const notes: string[] = [];
  if (layout.sheet) notes.push(list.sheet(inline(layout.sheet.name, 60)));
  if (layout.headings.length > 0) notes.push(list.heading(layout.headings.join(', ')));
  if (layout.countryColumn !== null) notes.push(list.country(nameOf(layout.countryColumn)));
  else if (layout.headingCountry) notes.push(list.countryInHeading(format.country(layout.headingCountry)));
  if (findings.formulas > 0) notes.push(list.formulas(findings.formulas));
  if (findings.noConsent > 0) {
    const columns = layout.consentColumns.slice(0, COLUMNS_SHOWN).map(nameOf).join(', ');
    warnings.push(list.noConsent(findings.noConsent, columns, choice.includeNoConsent === true));
  }
  if (findings.foreign.length > 0) {
    const countries = findings.foreign
      .slice(0, COUNTRIES_SHOWN)
      .map(({ country, count }) =>
        list.inCountry(country ? format.country(country) : words.review.noCountry, count),
      );
    const rest = findings.foreign.length - countries.length;
    if (rest > 0) countries.push(words.review.otherCountries(rest));
    const count = findings.foreign.reduce((sum, one) => sum + one.count, 0);
    warnings.push(list.foreign(count, countries.join(', '), choice.includeForeign === true));
  }
  if (findings.contradicted > 0) warnings.push(list.contradicted(findings.contradicted));
  if (findings.hiddenRows > 0) {
    warnings.push(list.hidden(findings.hiddenRows, choice.includeHidden === true));
  }
  if (findings.unreadableCells > 0) warnings.push(list.unreadable(findings.unreadableCells));
  return { warnings, notes };
}
