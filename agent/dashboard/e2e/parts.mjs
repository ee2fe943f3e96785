// What stands around the agents: a web server, a device, an old node, somebody else's hands at the engine.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join, normalize } from 'node:path';
import { freePorts, run, until } from './community.mjs';

/** An address of this machine beyond loopback, which a proxy may fetch from; else loopback. */
export const ADDRESS =
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1';

/** Serves a page at /, and the files of a folder. */
export async function webServer(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    try {
      const body = path === '/' ? '<title>A page</title>A page' : readFileSync(join(folder, path));
      const kind = path === '/' ? { 'Content-Type': 'text/html' } : {};
      response.writeHead(200, { ...kind, 'Cache-Control': 'max-age=600' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, listening));
  return { port: server.address().port, stop: () => server.close() };
}

/** Ends a program, and waits until it is gone. */
async function end(program) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const gone = new Promise((exit) => program.once('exit', exit));
  program.kill('SIGKILL');
  await gone;
}

/** A device that answers SNMP: the system's own, of a community in a file. */
export async function device(folder) {
  mkdirSync(folder, { recursive: true });
  const [port] = await freePorts(1);
  const secret = `${folder}/community`;
  writeFileSync(secret, 'lab-word\n');
  writeFileSync(
    `${folder}/snmpd.conf`,
    `agentAddress udp:127.0.0.1:${port}\nrocommunity lab-word 127.0.0.1\n`,
  );
  const program = spawn('/usr/sbin/snmpd', ['-f', '-Lo', '-C', '-c', `${folder}/snmpd.conf`], {
    stdio: 'ignore',
    env: { ...process.env, SNMP_PERSISTENT_DIR: `${folder}/state` },
  });
  return { port, secret, stop: () => end(program) };
}

/** A node with Serf and nothing of ours, which may say whatever it likes. */
export async function oldNode(name, join, tags = {}) {
  const [port, rpc] = await freePorts(2);
  const options = Object.entries(tags).map(([key, value]) => `-tag=${key}=${value}`);
  const program = spawn(
    'serf',
    [
      'agent',
      `-node=${name}`,
      `-bind=127.0.0.1:${port}`,
      `-rpc-addr=127.0.0.1:${rpc}`,
      `-join=127.0.0.1:${join}`,
      '-profile=local',
      ...options,
    ],
    { stdio: 'ignore' },
  );
  const serf = (command, ...rest) => run('serf', [command, `-rpc-addr=127.0.0.1:${rpc}`, ...rest]);
  await until('the old node is there', () => serf('members'));
  return { serf, stop: () => end(program) };
}

/** Returns the tag by which old nodes tell of their services. */
export function oldServices(services) {
  return execFileSync('bzip2', ['-c'], { input: `${JSON.stringify(services)}\n` }).toString(
    'base64',
  );
}

/** Runs the engine's own client, as somebody who does not ask the agent. */
export async function docker(...args) {
  const { stdout } = await run('docker', ['-H', process.env.CLOUDY_ENGINE, ...args]);
  return stdout.trim();
}

/** Puts a small image into the registry, and not into the engine. */
export async function pushed(name, folder) {
  const root = mkdtempSync(join(folder, 'image-'));
  writeFileSync(join(root, 'bytes'), randomBytes(1 << 20));
  await run('tar', ['-C', root, '-cf', `${root}.tar`, '.']);
  await docker('import', `${root}.tar`, name);
  await docker('push', '-q', name);
  await docker('rmi', name);
}
