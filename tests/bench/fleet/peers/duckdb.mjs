// Runs duckdb.sql on one thread: node duckdb.mjs EVENTS. Says on standard error what the question took without the loading.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const sql = readFileSync(new URL('duckdb.sql', import.meta.url), 'utf8').replaceAll('__EVENTS__', process.argv[2]);
const [load, ask] = sql.split(';').map((text) => text.trim()).filter(Boolean);
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await connection.run(load);
const begin = performance.now();
const answer = await connection.runAndReadAll(ask);
console.log(answer.getRows()[0].map(String).join(' '));
console.error(`asked ${(performance.now() - begin) / 1000}`);
