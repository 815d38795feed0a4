import type { types } from '@slack/bolt';

/**
 * The types that `generate-schema.ts` turns into `block-kit.schema.json`: Slack's own, closed (only known
 * blocks), and with `data_visualization`, which `@slack/types` 3.2.0 does not have yet.
 * Exported types have a definition of their own in the schema.
 */
export type SlackBlock = types.KnownBlock | DataVisualizationBlock;

/** Live since June 2026, in messages only. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: PieChart | SeriesChart;
}

export interface PieChart {
  type: 'pie';
  segments: { label: string; value: number }[];
}

export interface SeriesChart {
  type: 'bar' | 'area' | 'line';
  series: { name: string; data: { label: string; value: number }[] }[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

/** What the app gives as `view`. */
export type ViewPayload = ModalPayload | HomePayload;

interface BaseViewPayload {
  blocks: SlackBlock[];
  private_metadata?: string;
  callback_id?: string;
  external_id?: string;
}

export interface HomePayload extends BaseViewPayload {
  type: 'home';
}

export interface ModalPayload extends BaseViewPayload {
  type: 'modal';
  title: types.PlainTextElement;
  close?: types.PlainTextElement;
  submit?: types.PlainTextElement;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
}
