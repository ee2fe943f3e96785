// A large community as its node would tell of it, made up here: the packed dashboard (mvn package
// first) beside answers about as many services and nodes as one likes.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const PACKED = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../target/classes/community/cloudy/agent/dashboard',
);
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
/** Names, with those of 60 characters among them. */
const long = (name, i) => (name + '-of-a-long-name'.repeat(i % 5)).slice(0, 60);

function memberOf(i) {
  return {
    name: long(`node-${i}`, i),
    address: `10.0.${i >> 8}.${i & 255}:7946`,
    status: i % 50 === 0 ? 'failed' : 'alive',
    tags: { cloudy: '1.2.3' },
    protocol: { serf_current: 5 },
    latitude: 41.6 + Math.sin(i) / 20,
    longitude: 2.1 + Math.cos(i * 3) / 20,
    rtt_ms: i / 3,
  };
}

function serviceOf(i, node) {
  return {
    node,
    id: `service-${i}`,
    type: ['website', 'nextcloud', 'proxy3', 'syncthing'][i % 4],
    name: long(`Service ${i}`, i),
    description: 'What it is for, in some words',
    endpoints: [
      {
        url: `http://10.0.0.1:${i + 1}/`,
        scheme: 'http',
        host: '10.0.0.1',
        port: i + 1,
        path: '/',
      },
    ],
    attributes: {},
    health: { state: i % 40 === 0 ? 'failing' : 'ok', evidence: 'HTTP 200 in 3 ms' },
    trust: 'pinned',
    hidden: false,
    elsewhere: false,
    age_seconds: 3,
    rtt_ms: i / 10,
  };
}

function coordinateOf(member, i) {
  const vector = [Math.sin(i), Math.cos(i * 3), Math.sin(i * 7) / 3].map((x) => x / 100);
  return { node: member.name, vector };
}

/** Serves a community of so many members and services, until it is closed. */
export async function largeCommunity(memberCount, serviceCount) {
  const members = Array.from({ length: memberCount }, (_, i) => memberOf(i));
  const services = Array.from({ length: serviceCount }, (_, i) =>
    serviceOf(i, members[i % memberCount].name),
  );
  const answers = {
    '/v1/whoami': () => ({ login: 'admin', display: '', role: 'viewer', means: 'local' }),
    '/v1/agent': () => ({
      name: members[0].name,
      version: '1',
      community: 'large',
      key_fingerprint: 'f'.repeat(64),
      uptime_seconds: 100,
      gossip_address: members[0].address,
      encrypted: true,
      members: {
        alive: members.filter((one) => one.status === 'alive').length,
        leaving: 0,
        left: 0,
        failed: members.filter((one) => one.status === 'failed').length,
      },
    }),
    '/v1/members': () => ({ members }),
    '/v1/services': () => ({ services }),
    '/v1/coordinates': () => ({ coordinates: members.map(coordinateOf) }),
    '/v1/jobs': () => ({ jobs: [] }),
    '/v1/modules': () => ({ modules: [] }),
    '/v1/announcements': () => ({ announcements: [] }),
    '/v1/events': () => ({ events: [] }),
  };
  const community = { members, services, bytes: 0 };
  const streams = new Set();
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (path === '/v1/events' && request.headers.accept === 'text/event-stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(':\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    const file = path === '/' ? '/index.html' : path;
    const answer = path.startsWith('/v1/services/') ? () => services[0] : answers[path];
    const type = answer ? 'application/json' : TYPES[file.split('.').pop()];
    const body = answer ? gzipSync(JSON.stringify(answer())) : readFileSync(`${PACKED}${file}.gz`);
    community.bytes += body.length;
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  community.url = `http://127.0.0.1:${server.address().port}`;
  let count = 0;
  /** Tells all pages of an event. */
  community.tell = (type, data) => {
    const event = { id: `1-${++count}`, time: new Date().toISOString(), type, data };
    for (const stream of streams)
      stream.write(`id: ${event.id}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  community.close = () => {
    for (const stream of streams) stream.end();
    server.close();
  };
  return community;
}
