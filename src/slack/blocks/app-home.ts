import type { Words } from '../../words/en';
import type { Reader } from '../../words/words-for';
import {
  actions,
  asApiBlocks,
  type Block,
  button,
  divider,
  type HomeView,
  header,
  section,
} from './block-kit';
import { ACTIONS, BLOCKS } from './ids';
import { batchList } from './parts/batch-list';
import type { SeenShownBatch } from './parts/shown-batch';

interface HomeState {
  command: string;
  maySend: boolean;
  /** The provider's own figure, or why it is not known, in words. Null: the person may not see it. */
  balance: { spendable: string } | { unknown: string } | null;
  batches: SeenShownBatch[];
  workspaceUrl: string;
}

/** The Home tab of the bot: what it does, the button to send, the balance, the last batches. */
export function appHome(reader: Reader, state: HomeState): HomeView {
  const { home, errors } = reader.words;
  const blocks: Block[] = [header(home.title), section(home.about)];
  blocks.push(
    state.maySend
      ? actions(BLOCKS.homeActions, [button(home.send, ACTIONS.openCompose, { style: 'primary' })])
      : section(errors.mayNot.send),
  );
  if (state.balance) blocks.push(section(balanceLine(reader, state.balance)));
  blocks.push(divider);
  if (state.batches.length === 0) {
    blocks.push(section(home.empty(state.command)));
  } else {
    blocks.push(header(home.recent), ...batchList(reader, state.batches, state.workspaceUrl));
  }
  return { type: 'home', blocks: asApiBlocks(blocks) };
}

/** The Home tab of who may see nothing. */
export function homeNotice({ home }: Words, text: string): HomeView {
  return { type: 'home', blocks: asApiBlocks([header(home.title), section(text)]) };
}

function balanceLine({ words }: Reader, balance: NonNullable<HomeState['balance']>): string {
  return words.home.balance(
    'spendable' in balance
      ? words.format.decimal(balance.spendable)
      : words.review.balanceUnknown(balance.unknown),
  );
}
