// A community of three real agents on loopback, for the dashboard to show.
import { execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CLOUDY = resolve(dirname(fileURLToPath(import.meta.url)), '../../target/cloudy/bin/cloudy');
const START_MILLIS = 90_000;
const run = promisify(execFile);

export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Asks again until it is so; fails with what was seen last. */
export async function until(what, probe, millis = 60_000) {
  const end = Date.now() + millis;
  let last;
  while (Date.now() < end) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`${what}: not within ${millis} ms; ${last ?? ''}`);
}

class Agent {
  constructor(folder, name, gossip, api, join, extra) {
    Object.assign(this, { folder, name, url: `http://127.0.0.1:${api}` });
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      `${folder}/cloudy.yaml`,
      `node: {name: ${name}, data: ${folder}/data, community: attics}
gossip: {bind: 127.0.0.1:${gossip}, join: [${join}], profile: local}
discovery: {mdns: false}
api: {listen: 127.0.0.1:${api}, socket: ${folder}/sock}
${extra}
`,
    );
  }

  async start() {
    const log = openSync(`${this.folder}/log`, 'a');
    this.process = spawn(CLOUDY, ['agent', '--config', `${this.folder}/cloudy.yaml`], {
      stdio: ['ignore', log, log],
    });
    await until(
      `${this.name} answers`,
      () => existsSync(`${this.folder}/sock`) && this.cloudy('members'),
      START_MILLIS,
    );
  }

  async stop(signal = 'SIGTERM') {
    const gone = new Promise((exit) => this.process.once('exit', exit));
    this.process.kill(signal);
    await gone;
  }

  /** Runs the command `cloudy` against it, as root does. */
  async cloudy(...args) {
    const { stdout } = await run(CLOUDY, args, {
      env: { ...process.env, CLOUDY_API: `unix:${this.folder}/sock` },
    });
    return stdout;
  }

  get password() {
    return readFileSync(`${this.folder}/data/auth/first-admin-password`, 'utf8').trim();
  }
}

/** Starts three; the first with what the environment names beside it. */
export async function community() {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  const ports = [];
  for (let i = 0; i < 6; i++) ports.push(await freePort());
  const engine = process.env.CLOUDY_ENGINE ?? '';
  const first = `containers: {engine: "${engine}"}\n${process.env.CLOUDY_SECTIONS ?? ''}`;
  const agents = ['attic', 'roof', 'cellar'].map(
    (name, i) =>
      new Agent(
        join(folder, name),
        name,
        ports[i],
        ports[i + 3],
        i === 0 ? '' : `127.0.0.1:${ports[0]}`,
        i === 0 ? first : 'containers: {engine: }',
      ),
  );
  for (const agent of agents) await agent.start();
  return {
    agents,
    async stop() {
      await Promise.all(agents.map((agent) => agent.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
