/** Loaded before the bot: its process dies, without a word, whenever the file of an export is about to be recorded. */
const { Client } = require('pg');

const { query } = Client.prototype;
Client.prototype.query = function queryOrDie(config, ...more) {
  const text = typeof config === 'string' ? config : (config?.text ?? '');
  if (/^insert into "export_file"/.test(text)) process.kill(process.pid, 'SIGKILL');
  return query.call(this, config, ...more);
};
