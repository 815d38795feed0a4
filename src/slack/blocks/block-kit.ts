import type { types } from '@slack/bolt';
import { clip } from './escape';

/** Slack's blocks as this bot uses them. Limits: docs.slack.dev/reference/block-kit. */
export type ModalView = types.ModalView;
export type HomeView = types.HomeView;
export type Button = types.Button;
export type Option = types.PlainTextOption;
export type Block = types.KnownBlock | DataVisualizationBlock;

/** In Slack since June 2026, not yet in Slack's own types. Only for messages. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  /** At most 50 characters. */
  title: string;
  chart: PieChart | LineChart;
}

interface PieChart {
  type: 'pie';
  /** At most 6, labels of at most 20 characters, each value more than 0. */
  segments: { label: string; value: number }[];
}

interface LineChart {
  type: 'line';
  /**
   * At most 6, each with at most 20 points. Names and labels have at most 20 characters; labels must be
   * categories.
   */
  series: { name: string; data: { label: string; value: number }[] }[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

/** A message in Slack: its blocks, and the same as plain text for notifications and screen readers. */
export interface SlackMessage {
  text: string;
  blocks: Block[];
  /** The same without new blocks, for workspaces in which Slack refuses them. */
  plainer?: SlackMessage;
}

const SECTION_LIMIT = 3000;

/** For a message's plain text, which notifications show: as in the blocks, Slack makes no link and no mention of it. */
export const AS_WRITTEN = { parse: 'none', link_names: false } as const;

/** The blocks with the type that the API's client takes: it does not know the chart block. */
export const asApiBlocks = (blocks: Block[]) => blocks as types.KnownBlock[];

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
/**
 * Verbatim: Slack makes no link and no mention of names, addresses and `@here` that a file, a person or the provider has
 * written. Ours are spelt out (`<@U…>`, `<https://…|…>`), which works all the same.
 */
const mrkdwn = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: mrkdwn(clip(text, SECTION_LIMIT)), expand: true };
}

/** A text with one button at its right. */
export function sectionWithButton(text: string, accessory: Button): types.SectionBlock {
  return { ...section(text), accessory };
}

/** Lines of mrkdwn in as few sections as possible. Cuts only a line that is longer than a whole section. */
export function sections(lines: string[]): types.SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= SECTION_LIMIT) {
      texts[texts.length - 1] = `${last}\n${line}`;
    } else texts.push(line);
  }
  return texts.map(section);
}

/** At most ten texts, in two columns. */
export function fields(texts: string[]): types.SectionBlock {
  return { type: 'section', fields: texts.slice(0, 10).map((text) => mrkdwn(clip(text, 2000))) };
}

export function header(text: string): types.HeaderBlock {
  return { type: 'header', text: plain(clip(text, 150)) };
}

export function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [mrkdwn(clip(text, SECTION_LIMIT))] };
}

export function actions(blockId: string, elements: Button[]): types.ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

export const divider: types.DividerBlock = { type: 'divider' };

export function button(
  text: string,
  actionId: string,
  more: Partial<Omit<Button, 'type' | 'text' | 'action_id'>> = {},
): Button {
  return { type: 'button', text: plain(clip(text, 75)), action_id: actionId, ...more };
}

/** A dialog before a click counts. Limits: title 100 characters, text 300, buttons 30. */
export function confirmation(
  words: { title: string; ok: string; cancel: string },
  text: string,
): types.ConfirmationDialog {
  return {
    title: plain(words.title),
    text: mrkdwn(clip(text, 300)),
    confirm: plain(words.ok),
    deny: plain(words.cancel),
  };
}

/** Shows text as it is: Slack interprets nothing in it, so it can ping nobody and has no links. */
export function verbatim(text: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
  };
}
