import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { BOT } from '../workspace/bot-ids';
import type { SlackView, StateValues } from '../workspace/shapes';

/** The fields of every interaction. `token` is the old verification token, which nobody checks. */
export function envelope(slack: SlackContext, person: PersonOptions) {
  const { id, domain } = slack.workspace.team;
  return {
    token: 'not-used',
    api_app_id: BOT.appId,
    team: { id, domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: id },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A view as the app may see it. The fault `fileStub` leaves only stubs of its files. */
export function sentView(slack: SlackContext, view: SlackView): SlackView {
  const hasFiles = JSON.stringify(view.state.values).includes('"file_input"');
  if (!hasFiles || !slack.faults.strike('fileStub')) return view;
  const values: StateValues = structuredClone(view.state.values);
  for (const value of Object.values(values).flatMap((block) => Object.values(block))) {
    if (value.type === 'file_input') value.files = (value.files as FileLike[]).map(stub);
  }
  return { ...view, state: { values } };
}

interface FileLike {
  id: string;
  created: number;
  timestamp: number;
  user: string;
}

function stub({ id, created, timestamp, user }: FileLike) {
  return { id, created, timestamp, user, file_access: 'check_file_info' };
}
