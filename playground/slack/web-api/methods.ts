import { auth } from './auth';
import { blocks } from './blocks';
import { chat } from './chat';
import { conversations } from './conversations';
import { files } from './files';
import { history } from './history';
import type { Methods } from './method';
import { users } from './users';
import { views } from './views';

/** Every method that the local Slack knows; any other is an `unknown_method`. */
export const METHODS: Methods = {
  ...auth,
  ...blocks,
  ...chat,
  ...conversations,
  ...files,
  ...history,
  ...users,
  ...views,
};
