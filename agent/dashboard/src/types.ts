/** What the node answers; /openapi.json tells all of it. */

export interface Agent {
  name: string;
  version: string;
  community: string;
  key_fingerprint: string;
  uptime_seconds: number;
  gossip_address: string;
  status: string;
  profile: string;
  encrypted: boolean;
  members: Record<'alive' | 'leaving' | 'left' | 'failed', number>;
}

export interface Member {
  name: string;
  address: string;
  status: string;
  tags: Record<string, string>;
  protocol: { serf_current: number };
  rtt_ms?: number;
  latitude?: number;
  longitude?: number;
}

export interface Endpoint {
  url: string;
  scheme: string;
  host: string;
  port: number;
  path: string;
}

export interface Service {
  node: string;
  id: string;
  type: string;
  name: string;
  description: string;
  endpoints: Endpoint[];
  attributes: Record<string, string>;
  health: { state: string; evidence: string };
  key_fingerprint?: string;
  trust: string;
  hidden: boolean;
  elsewhere: boolean;
  age_seconds: number;
  rtt_ms?: number;
  reasons?: string[];
}

export interface Announcement {
  id: string;
  type: string;
  name: string;
  description: string;
  /** None where nothing checks it. */
  health?: { state: string; evidence: string };
}

export interface Check {
  name: string;
  state: string;
  evidence: string;
  remedy: string;
  code: string;
  seen: Record<string, string>;
}

export interface Module {
  id: string;
  title: Record<string, string>;
  summary: Record<string, string>;
  modes: string[];
  enabled: boolean;
  phase: string;
  health: string;
  evidence: string;
  since: string;
  facts: Record<string, string>;
  metrics: Record<string, number>;
}

export interface Container {
  id: string;
  name: string;
  image: string;
  state: string;
  status: string;
  health?: string;
  created: string;
  ports: { address: string; port: number; container_port: number; protocol: string }[];
  labels?: Record<string, string>;
}

/** What a stack is of. */
export interface StackApp {
  catalogue: string;
  id: string;
  version: string;
  newest?: string;
  lacking?: string[];
  edited?: string[];
}

export interface Stack {
  name: string;
  managed: boolean;
  desired: string;
  state: string;
  version: number;
  changed: boolean;
  folder?: string;
  problem?: string;
  app?: StackApp;
  services?: { name: string; state: string; containers: Container[] }[];
}

export interface Usage {
  images: number;
  containers: number;
  build_cache: number;
  volumes: Record<string, number>;
}

export interface Engine {
  state: string;
  reason?: string;
  version?: string;
  not_announced: Record<string, string>;
}
