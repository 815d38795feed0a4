/** Keys of tests, as `openssl rand -hex 32` made them: a key that can be guessed is refused. */
export const TEST_KEY = '5af723849c0e7a4bdd0c6e3de683e61d10eb6c562c1d64c65d5d5e6204f8de77';
export const OTHER_TEST_KEY = 'e4243956597a49732e1e0ca7875eb8831e9667684f28c65382b69fe978768921';
