/** The shapes that travel between the page and the demo, as the servers declare them. */
export type {
  BukaFault,
  BukaFaultName,
  BukaFaultSetting,
} from '../../buka/buka-faults';
export type { BukaState } from '../../buka/state/describe';
export type { DemoState, SampleEntry as Sample } from '../../demo/demo-routes';
export type { SlackBlock } from '../../slack/blocks/block-kit';
export type { Change } from '../../slack/events';
export type { ActBodies } from '../../slack/page-api/answer-act';
export type { PageState } from '../../slack/page-api/state-for';
export type { ActResult as Seen } from '../../slack/people/act-result';
export type {
  SlackFaultName,
  SlackFaultSetting,
} from '../../slack/slack-faults';
export type { PersonOptions as Person } from '../../slack/slack-options';
export type { TrafficEntry } from '../../slack/traffic';
export type { SlackMessage, SlackView, StateValue } from '../../slack/workspace/shapes';
