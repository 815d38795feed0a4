import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';

/** The least a webhook server can do: for each request one row, one commit, one answer, over one connection. */
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });

const server = createServer(async (request, response) => {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += chunk;
  await pool.query('insert into bare_webhook (body) values ($1)', [body]);
  response.end('{}');
});

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
