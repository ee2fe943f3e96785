// A community of real agents on loopback, for the dashboard to show.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CLOUDY = resolve(dirname(fileURLToPath(import.meta.url)), '../../target/cloudy/bin/cloudy');
const START_MILLIS = 90_000;
export const run = promisify(execFile);

/** Returns ports of loopback that nobody has, all different. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise((listening) => server.listen(0, '127.0.0.1', listening))),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
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

/** Runs the command `cloudy`, which says what it prints. */
export async function cloudy(args, env = {}) {
  const { stdout } = await run(CLOUDY, args, { env: { ...process.env, ...env } });
  return stdout;
}

/** One agent. */
export class Agent {
  /** `config` is what stands in its file beside what all have. */
  constructor(folder, name, gossip, api, config) {
    Object.assign(this, { folder, name, gossip, url: `http://127.0.0.1:${api}` });
    mkdirSync(folder, { recursive: true });
    // JSON is YAML.
    const file = {
      discovery: { mdns: false },
      api: { listen: `127.0.0.1:${api}`, socket: `${folder}/sock` },
      ...config,
      node: { name, data: `${folder}/state`, community: 'attics', ...config.node },
      gossip: { bind: `127.0.0.1:${gossip}`, profile: 'local', ...config.gossip },
    };
    writeFileSync(`${folder}/cloudy.yaml`, JSON.stringify(file, null, 1));
  }

  async start() {
    const log = openSync(`${this.folder}/log`, 'a');
    this.process = spawn(CLOUDY, ['agent', '--config', `${this.folder}/cloudy.yaml`], {
      stdio: ['ignore', log, log],
    });
    await until(
      `${this.name} answers`,
      () => existsSync(`${this.folder}/sock`) && this.get('/v1/members'),
      START_MILLIS,
    );
  }

  async stop(signal = 'SIGTERM') {
    if (this.process?.exitCode !== null) return;
    const gone = new Promise((exit) => this.process.once('exit', exit));
    this.process.kill(signal);
    await gone;
  }

  /** Runs the command `cloudy` against it, as root does. */
  cloudy(...args) {
    return cloudy(args, { CLOUDY_API: `unix:${this.folder}/sock` });
  }

  /** Asks its API by its socket, as root does; fails if the answer is a refusal. */
  async call(method, path, body) {
    const text = await this.text(path, method, body);
    return text ? JSON.parse(text) : undefined;
  }

  async text(path, method = 'GET', body = undefined) {
    const sent = body === undefined ? '' : JSON.stringify(body);
    const options = {
      socketPath: `${this.folder}/sock`,
      method,
      path,
      headers: sent
        ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) }
        : {},
    };
    const { status, text } = await new Promise((answered, failed) => {
      const asked = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => (text += part));
        response.on('end', () => answered({ status: response.statusCode, text }));
      });
      asked.on('error', failed);
      asked.end(sent);
    });
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text;
  }

  get(path) {
    return this.call('GET', path);
  }

  /** Announces a page; `more` is what it has beside a type, a name and a port. */
  announce(name, port, more = {}) {
    return this.call('POST', '/v1/announcements', {
      type: 'website',
      name,
      endpoints: [{ scheme: 'http', port, path: '/' }],
      check: { kind: 'none' },
      ...more,
    });
  }

  get password() {
    return readFileSync(`${this.folder}/state/auth/first-admin-password`, 'utf8').trim();
  }

  /** Stops what its modules run, which goes on without it otherwise. */
  async stopModules() {
    const { modules } = await this.get('/v1/modules');
    const running = modules.filter((one) => one.enabled && one.phase !== 'stopped');
    await Promise.all(running.map((one) => this.call('POST', `/v1/modules/${one.id}/stop`, {})));
  }
}
