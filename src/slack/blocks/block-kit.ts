import type { types } from '@slack/bolt';
import { clip } from './escape';

/** Slack's blocks as this bot uses them. Limits: docs.slack.dev/reference/block-kit. */
export type ModalView = types.ModalView;
export type HomeView = types.HomeView;
export type Button = types.Button;
export type Option = types.PlainTextOption;
export type Block = types.KnownBlock | DataVisualizationBlock;

/** Live since June 2026 and not yet in Slack's own types. Messages only. */
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
  /** At most 6 of at most 20 points, names and labels of at most 20 characters; labels are among the categories. */
  series: { name: string; data: { label: string; value: number }[] }[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

/** A message: its blocks, and the same in plain words for notifications and screen readers. */
export interface SlackMessage {
  text: string;
  blocks: Block[];
  /** The same without blocks that a workspace may not know, for where Slack refuses them. */
  plainer?: SlackMessage;
}

const SECTION_LIMIT = 3000;

/** Blocks as the API's types want them: the chart block is unknown to them. */
export const asApiBlocks = (blocks: Block[]) => blocks as types.KnownBlock[];

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
export const mrkdwn = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text });

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: mrkdwn(clip(text, SECTION_LIMIT)), expand: true };
}

/** Lines of mrkdwn in as few sections as hold them, none cut but a line that is too long for a section of its own. */
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

/** Asks before a click counts. Title at most 100 characters, text 300, buttons 30. */
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

/** Text shown letter by letter: nothing in it is interpreted, so nothing in it can ping or link. */
export function verbatim(text: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
  };
}
