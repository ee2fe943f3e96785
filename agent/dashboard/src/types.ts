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
  health: { state: string; evidence: string };
}

export interface Check {
  name: string;
  state: string;
  evidence: string;
  remedy: string;
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
