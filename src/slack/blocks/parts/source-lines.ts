import type { Review, ReviewSource, SourceReading } from '../../../batches/batch';
import type { Words } from '../../../words/en';
import { type Block, button, context, section } from '../block-kit';
import { inline } from '../escape';
import { ACTIONS, sourceValue } from '../ids';
import { columnName } from './column-options';

const COUNTRIES_SHOWN = 3;
const COLUMNS_SHOWN = 3;

/**
 * How each source was read: its column with examples, a button to change it, and what a person should know of it. Empty
 * for a batch that an older version has read.
 */
export function sourceBlocks(words: Words, review: Review): Block[] {
  return review.sources.flatMap((source) =>
    source.reading ? blocksOf(words, review.batchId, source, source.reading) : [],
  );
}

function blocksOf(words: Words, batchId: string, source: ReviewSource, reading: SourceReading): Block[] {
  const change = button(words.list.change, ACTIONS.changeReading, {
    value: sourceValue(batchId, source.source),
    accessibility_label: `${words.list.change}: ${inline(source.name ?? words.list.pasted, 50)}`,
  });
  const { warnings, notes } = linesOf(words, source, reading);
  const shown = section(
    [headline(words, source, reading), ...warnings.map((line) => `:warning: ${line}`)].join('\n'),
  );
  return [{ ...shown, accessory: change }, ...(notes.length > 0 ? [context(notes.join(' · '))] : [])];
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
